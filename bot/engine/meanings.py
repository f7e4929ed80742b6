"""What words of a day may mean, before one meaning is chosen, and why words mean none."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto


class DateRefusal(StrEnum):
    """Why a day was not understood."""

    UNKNOWN = "unknown"
    NO_SUCH_DAY = "no-such-day"
    NO_SUCH_HOUR = "no-such-hour"
    DISAGREE = "disagree"
    PAST = "past"
    FUTURE = "future"
    TOO_FAR = "too-far"
    NO_TIME = "no-time"
    NO_DAY = "no-day"
    DAY_OR_HOUR = "day-or-hour"
    MANY = "many"
    SPAN = "span"
    NO_LEAP_DAY = "no-leap-day"


class NoMeaning(Exception):
    """A text that is surely no day, with the reason."""

    def __init__(self, why: DateRefusal) -> None:
        super().__init__(why)
        self.why = why


class DayKind(Enum):
    """How surely a text says which day it means."""

    PLAIN = auto()
    """Each series is one day."""
    WRITTEN = auto()
    """Day and month may stand either way, so that a near day on the other side may be meant too."""
    YEARLESS = auto()
    """Each series is one day of every year."""
    MONTHLESS = auto()
    """The series is one day of every month."""


@dataclass(frozen=True, slots=True)
class Days:
    """What a text may mean: each series is one meaning, with every day on which it comes round."""

    series: tuple[tuple[date, ...], ...]
    kind: DayKind = DayKind.PLAIN


@dataclass(frozen=True, slots=True)
class Today:
    """The day on which something is read, and whether what was typed tells of the past."""

    date: date
    past: bool
