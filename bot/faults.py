"""What a record of a fault may hold: its kind; its words too where the operator develops the bot, and never elsewhere."""

import traceback
from contextvars import ContextVar

_told_whole: ContextVar[bool] = ContextVar("told_whole", default=False)


def tell_whole(*, development: bool) -> None:
    """Choose whether records hold a fault's message and traceback, or its kind alone; a message may be a member's words."""
    _told_whole.set(development)


def recorded(fault: BaseException) -> dict[str, str]:
    """Name a fault for a record."""
    record = {"fault": type(fault).__name__}
    if _told_whole.get():
        record["exception"] = "".join(traceback.format_exception(fault)).rstrip()
    return record
