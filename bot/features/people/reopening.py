"""What is said of a person who is closed, with the way to take them up again."""

from bot.domain.lead import Lead
from bot.engine.call import Call
from bot.engine.errors import NotNow
from bot.features.registry import refer_to
from bot.ui.text import t
from bot.ui.values import CommandRef, UserText

LEAD_REOPEN = refer_to("lead reopen")


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
        (LEAD_REOPEN.button(call.stamp, t("Open again"), lead=lead.id),),
    )
