"""Who may use a command."""

from collections.abc import Callable
from enum import StrEnum

from bot.core.errors import NotAllowed
from bot.core.invocation import Sender
from bot.ui.text import t


class Access(StrEnum):
    """Who a command is for."""

    MEMBER = "member"
    ORGANISER = "organiser"


def check(access: Access, sender: Sender, named: Callable[[], bool]) -> None:
    """Let the sender pass, by what the platform says of them at this moment, or because an organiser named them.

    Raises:
        NotAllowed: the command is for organisers and the sender is not one.
    """
    if access is Access.ORGANISER and not sender.organiser and not named():
        raise NotAllowed(
            t("Only an organiser of this community can do that."),
            t("Ask an organiser to do it for you."),
        )
