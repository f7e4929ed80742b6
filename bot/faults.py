"""What a record of a fault may hold: its kind; its words too where the operator develops the bot, and never elsewhere."""

import traceback
from contextvars import ContextVar

_told_whole: ContextVar[bool] = ContextVar("told_whole", default=False)


def tell_whole(*, development: bool) -> None:
    """Let the records of everything that begins from here on hold what faults say, or not: it may be members' words."""
    _told_whole.set(development)


def recorded(fault: BaseException) -> dict[str, str]:
    """Name a fault for a record."""
    told = {"fault": type(fault).__name__}
    if _told_whole.get():
        told["exception"] = "".join(traceback.format_exception(fault)).rstrip()
    return told
