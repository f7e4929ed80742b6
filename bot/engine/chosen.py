"""Chooses among what words of a day may mean: the side that is wanted, and the nearest; what is doubtful is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.engine.meanings import DateRefusal, DayKind, NoMeaning

HORIZON = timedelta(days=366)
MOST = 5
"""Meanings that can be offered to choose from: Discord shows five buttons in a row."""
LONG_AGO, FAR_AHEAD = timedelta(days=60), timedelta(days=180)
"""A day without a year that is further away is confirmed, and the nearest one on the other side is named with it."""
NEAR = timedelta(days=45)
"""A meaning on the wrong side that is nearer than this is asked about: the person may have typed the wrong month."""


class YearlessDay(Enum):
    """Which way a day without a year is meant; the other way is refused."""

    PAST = "past"
    FUTURE = "future"


class DatePrecision(Enum):
    """Whether a day is enough, or a time is needed too."""

    DATE = "date"
    MOMENT = "moment"


Value: TypeAlias = date | datetime


@dataclass(frozen=True, slots=True)
class OneMeaning:
    """There is one meaning: a date, or an aware datetime in the member's zone."""

    value: Value


@dataclass(frozen=True, slots=True)
class SeveralMeanings:
    """There are a few meanings that can be, or a single one that is far; the person chooses."""

    options: tuple[Value, ...]
    why: DateRefusal | None = None
    """What is wrong with what was typed, if anything."""
    other: Value | None = None
    """The nearest meaning on the side that is not possible; it is named when the only option is confirmed."""


@dataclass(frozen=True, slots=True)
class DateContext:
    """What one text is read against: where and when, which way, and whether an hour is wanted."""

    zone: ZoneInfo
    now: datetime
    prefer: YearlessDay
    want: DatePrecision

    def right(self, value: Value) -> bool:
        """Tell whether a meaning lies on the preferred side of now."""
        return self.gap(value) >= timedelta(0)

    def gap(self, value: Value) -> timedelta:
        """Give the distance to a meaning on the preferred side of now; negative on the other side."""
        delta = value - self.now if isinstance(value, datetime) else value - self.now.date()
        return delta if self.prefer is YearlessDay.FUTURE else -delta


def write_moment(value: Value) -> str:
    """Write a day or a moment so that it is read back as the same; with its offset where an hour comes twice."""
    if not isinstance(value, datetime):
        return value.isoformat()
    twice = value.replace(fold=0).utcoffset() != value.replace(fold=1).utcoffset()
    return value.isoformat("T" if twice else " ", "minutes")[: None if twice else 16]


def options_of(meaning: OneMeaning | SeveralMeanings) -> tuple[Value, ...]:
    """List the values of a meaning, one or several."""
    return meaning.options if isinstance(meaning, SeveralMeanings) else (meaning.value,)


def chosen(
    groups: Sequence[Sequence[Sequence[Value]]], kind: DayKind, asked: DateContext
) -> OneMeaning | SeveralMeanings:
    """Choose the meanings on the preferred side; each group is one day, with a series for each hour it may mean.

    Raises:
        NoMeaning: none is possible, or there are too many to offer.
    """
    values = [value for group in groups for value in _of_group(group, kind, asked)]
    if not any(asked.right(value) for value in values):
        all_values = [value for group in groups for series in group for value in series]
        if not values and any(asked.right(value) for value in all_values):
            raise NoMeaning(DateRefusal.TOO_FAR)
        raise NoMeaning(DateRefusal.PAST if asked.prefer is YearlessDay.FUTURE else DateRefusal.FUTURE)
    if kind is not DayKind.PLAIN:
        values.sort(key=lambda value: abs(asked.gap(value)))
    possible = tuple({write_moment(value): value for value in values if asked.right(value)}.values())
    if len(possible) > MOST:
        raise NoMeaning(DateRefusal.MANY)
    other = next((value for value in values if not asked.right(value)), None) if len(possible) == 1 else None
    return OneMeaning(possible[0]) if len(possible) == 1 and other is None else SeveralMeanings(possible, other=other)


def _of_group(group: Sequence[Sequence[Value]], kind: DayKind, asked: DateContext) -> list[Value]:
    """List what one day may mean; when one hour of it is sure, the doubtful hours are dropped."""
    if kind in {DayKind.PLAIN, DayKind.WRITTEN}:
        return [value for series in group for value in series if timedelta(0) <= asked.gap(value) <= HORIZON]
    sides = [_nearest(series, kind, asked) for series in group]
    sure = [right for right, wrong in sides if right and not wrong]
    return [value for right in sure for value in right] or [value for both in sides for side in both for value in side]


def _nearest(series: Sequence[Value], kind: DayKind, asked: DateContext) -> tuple[list[Value], list[Value]]:
    """Find the nearest date of a series on the preferred side, and on the other side too when the first is doubtful."""
    near = sorted((value for value in series if abs(asked.gap(value)) <= HORIZON), key=asked.gap)
    right = _on_first_day([value for value in near if asked.right(value)])
    wrong = _on_first_day([value for value in reversed(near) if not asked.right(value)])
    if not right:
        return [], wrong
    if not wrong or kind is DayKind.MONTHLESS:
        return right, []
    gap, missed = asked.gap(right[0]), -asked.gap(wrong[0])
    far = FAR_AHEAD if asked.prefer is YearlessDay.FUTURE else LONG_AGO
    return right, wrong if gap > far or missed < NEAR else []


def _on_first_day(values: Sequence[Value]) -> list[Value]:
    """Keep the values that fall on the day of the first one."""
    return [value for value in values if _day_of(value) == _day_of(values[0])]


def _day_of(value: Value) -> date:
    return value.date() if isinstance(value, datetime) else value
