"""Who may use a command."""

from collections.abc import Callable
from enum import StrEnum

from bot.engine.errors import NotAllowed, NotNow
from bot.engine.invocation import Sender
from bot.ui.text import t
from bot.ui.values import UserText


class Access(StrEnum):
    """Who a command is for."""

    MEMBER = "member"
    ORGANISER = "organiser"


def check(access: Access, sender: Sender, platform: str, named: Callable[[], bool]) -> None:
    """Let the sender pass, by what the platform says of them at this moment, or because an organiser named them.

    Raises:
        NotAllowed: the command is for organisers and the sender is not one.
        NotNow: nobody could say whether the sender is one.
    """
    if access is Access.ORGANISER and not sender.organiser and not named():
        if sender.organiser is None:
            raise NotNow(
                t("I could not check if you are an organiser: {platform} did not answer.", platform=UserText(platform)),
                t("Please try again in a minute."),
            )
        raise not_allowed()


def not_allowed() -> NotAllowed:
    """Say that only an organiser may do this."""
    return NotAllowed(
        t("Only an organiser of this community can do that."),
        t("Ask an organiser to do it for you."),
    )
