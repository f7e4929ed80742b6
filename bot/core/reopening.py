"""What is said of people who are closed, with the way to take them up again."""

from bot.core.call import Call
from bot.core.errors import NotNow
from bot.core.links import link
from bot.domain.lead import Lead, Stage
from bot.ui.button import Button, Style
from bot.ui.text import t
from bot.ui.values import CommandRef, UserText

ALL_CLOSED = t("You closed every person on your list.")
WHAT_THEN = t("Open somebody again, or add a new person.")


def still_open(call: Call, lead: Lead) -> Lead:
    """Give a person back, if they are open.

    Raises:
        NotNow: they are closed.
    """
    if lead.is_open:
        return lead
    raise NotNow(
        t("{name} is closed.", name=UserText(lead.name)),
        t("To go on, open them again with {show}.", show=CommandRef("lead show")),
        (link(call.stamp, "lead reopen", t("Open again"), lead=lead.id),),
    )


def after_all_closed(call: Call) -> tuple[Button, Button]:
    """Make the buttons for a list on which nobody is open."""
    return (
        link(call.stamp, "lead add", t("Add a person"), Style.MAIN),
        link(call.stamp, "lead list", t("Show closed people"), stage=Stage.CLOSED),
    )
