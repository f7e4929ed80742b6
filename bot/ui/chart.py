"""The digest's chart as data: numbers and names to draw, in any language, where they are shown."""

from dataclasses import dataclass
from datetime import date

from bot.domain.digest import Disclosure


class PictureError(Exception):
    """No picture can be drawn here; the text stands alone."""


@dataclass(frozen=True, slots=True)
class WeekTotals:
    """What a whole community did in one week; `week` is a `Week.key`, such as 202612.

    Where it is told about, each number is the multiple of five below; where nothing is told, there is none.
    """

    week: int
    leads: int
    asks: int
    meetings: int
    told: Disclosure = Disclosure.EXACT


@dataclass(frozen=True, slots=True)
class TopPlace:
    """One row of the leaderboard: equal scores share a place, and the name is as its owner chose it."""

    place: int
    name: str
    score: int


@dataclass(frozen=True, slots=True)
class GoalBar:
    """What all did together in the last week, beside their goal; rounded down where it is told about."""

    steps: int
    goal: int
    told: Disclosure = Disclosure.EXACT


@dataclass(frozen=True, slots=True)
class Chart:
    """The last weeks, oldest first, and the top places, best first; no places or goal where the circle has none."""

    weeks: tuple[WeekTotals, ...]
    places: tuple[TopPlace, ...] = ()
    goal: GoalBar | None = None


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of a figure: its number, rounded down where it is told about, and whether it is of the period told."""

    month: date
    number: int
    told: Disclosure
    now: bool = True


@dataclass(frozen=True, slots=True)
class MonthlyFigure:
    """A figure by month, oldest first; what is not told is below a number."""

    name: str
    below: int
    months: tuple[MonthBar, ...]
