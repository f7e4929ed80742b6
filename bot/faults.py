"""Faults: those that are explained to whoever runs the bot, and what a record of any of them may hold.

A record has its kind; its words too where the operator develops the bot, and never elsewhere.
"""

import traceback
from contextvars import ContextVar

_told_whole: ContextVar[bool] = ContextVar("told_whole", default=False)


class Explained(Exception):
    """A fault with words for whoever runs the bot: a text of the catalogs, whose values stand in it in {braces}.

    A value may be explained itself. Written as a string it is English, as a log wants it.
    """

    def __init__(self, message: str = "", /, **values: object) -> None:
        super().__init__(message)
        self.message, self.values = message, values

    def __str__(self) -> str:
        return self.message.format_map(self.values) if self.values else self.message


def tell_whole(*, development: bool) -> None:
    """Choose whether records hold a fault's message and traceback, or its kind alone; a message may be a member's words."""
    _told_whole.set(development)


def recorded(fault: BaseException) -> dict[str, str]:
    """Name a fault for a record."""
    record = {"fault": type(fault).__name__}
    if _told_whole.get():
        record["exception"] = "".join(traceback.format_exception(fault)).rstrip()
    return record
