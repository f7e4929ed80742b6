"""Working days: from Monday to Friday, but for public holidays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

SATURDAY = 5
"""As `date.weekday` counts, where Monday is 0."""

DaysOff: TypeAlias = Callable[[date], bool]
"""Tells whether a day is off, as a public holiday is."""


def no_holiday(day: date) -> bool:
    """Take no day off but the weekend, which is off anyway."""
    return False


def works(day: date, off: DaysOff = no_holiday) -> bool:
    """Tell whether people work on a day: from Monday to Friday, unless it is off."""
    return day.weekday() < SATURDAY and not off(day)


def working_day(day: date, off: DaysOff = no_holiday) -> date:
    """Move a day of a weekend, or one that is off, to the next working day."""
    while not works(day, off):
        day += timedelta(days=1)
    return day


def plus_working_days(day: date, days: int, off: DaysOff = no_holiday) -> date:
    """Return the date this many working days later."""
    while days:
        day += timedelta(days=1)
        days -= works(day, off)  # a bool is 0 or 1: a day without work counts nothing
    return day


def next_monday(day: date) -> date:
    """Find the Monday after a day."""
    return day + timedelta(days=7 - day.weekday())
