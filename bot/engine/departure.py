"""Until when a request to a platform may leave: who was paused must not send what somebody else sends by now.

A process may stop for minutes between noting that it sends a post and sending it: its machine slept, or its memory was
swapped out. Meanwhile another process takes the post over. So each request asks the steady clock, just before its bytes
leave, whether it is still its turn; the steady clock goes on while a machine sleeps.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from bot.engine.clock import steady

_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)


class Overdue(TimeoutError):
    """A request did not leave in time, and leaves no more."""


@contextmanager
def leaving_by(moment: float) -> Generator[None]:
    """Let no request of this block leave after a moment of the steady clock."""
    before = _UNTIL.set(moment)
    try:
        yield
    finally:
        _UNTIL.reset(before)


def check() -> None:
    """Let a request leave that may; call it where nothing is between this and the wire.

    Raises:
        Overdue: its time is over.
    """
    until = _UNTIL.get()
    if until is not None and steady() > until:
        raise Overdue("The time for this request is over.")


def moment_after(length: timedelta) -> float:
    """Give the reading that the monotonic clock will have after this time."""
    return steady() + length.total_seconds()
