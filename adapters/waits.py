"""Measures how long people wait: from what they did to the first response, and to the whole answer.

An adapter calls `asked`, `heard` and `answered`; a context variable carries the wait from one to the next. What nobody
waits for, such as a suggestion, is not begun.
"""

from contextvars import ContextVar
from time import monotonic

from bot.measures import Measures


class _Wait:
    """One person's wait; the two ends may come in either order, and each is measured once."""

    def __init__(self, measures: Measures, platform: str) -> None:
        self._measures, self._platform, self._since = measures, platform, monotonic()
        self._heard = self._answered = False

    def heard(self) -> None:
        if not self._heard:
            self._heard = True
            self._measures.first_answer(self._platform, monotonic() - self._since)
            if self._answered:
                self._whole()

    def answered(self) -> None:
        if not self._answered:
            self._answered = True
            if self._heard:
                self._whole()

    def _whole(self) -> None:
        """Measure the whole answer: it ends with the later of the two."""
        self._measures.final_answer(self._platform, monotonic() - self._since)


_waiting: ContextVar[_Wait | None] = ContextVar("waiting", default=None)


def asked(measures: Measures, platform: str) -> None:
    """Note that somebody waits from here on for what this task answers."""
    _waiting.set(_Wait(measures, platform))


def heard() -> None:
    """Note that the platform took the first answer."""
    wait = _waiting.get()
    if wait is not None:
        wait.heard()


def answered() -> None:
    """Note that nothing more comes."""
    wait = _waiting.get()
    if wait is not None:
        wait.answered()
