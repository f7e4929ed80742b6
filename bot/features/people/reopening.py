"""What members read about closed leads, with the buttons that open one again."""

from bot.domain.lead import Lead, Stage
from bot.engine.call import Call
from bot.engine.errors import NotNow
from bot.features.registry import refer_to
from bot.ui.button import Button, Style
from bot.ui.text import t
from bot.ui.values import CommandRef, UserText

LEAD_ADD = refer_to("lead add")
LEAD_LIST = refer_to("lead list")
LEAD_REOPEN = refer_to("lead reopen")

ALL_CLOSED = t("You closed every person on your list.")
WHAT_THEN = t("Open somebody again, or add a new person.")


def still_open(call: Call, lead: Lead) -> Lead:
    """Return the lead, if it is open.

    Raises:
        NotNow: it is closed.
    """
    if lead.is_open:
        return lead
    raise NotNow(
        t("{name} is closed.", name=UserText(lead.name)),
        t("To go on, open them again with {show}.", show=CommandRef("lead show")),
        (LEAD_REOPEN.button(call.stamp, t("Open again"), lead=lead.id),),
    )


def after_all_closed(call: Call) -> tuple[Button, Button]:
    """Make the buttons for a list on which nobody is open."""
    return (
        LEAD_ADD.button(call.stamp, t("Add a person"), Style.MAIN),
        LEAD_LIST.button(call.stamp, t("Show closed people"), stage=Stage.CLOSED),
    )
