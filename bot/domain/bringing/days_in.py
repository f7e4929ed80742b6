"""Days as tables hold them: ISO, with the name of the month, counted, or as numbers whose order the column tells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.letters import folded

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t\s].*)?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COUNTED = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?")
_FIRST_COUNTED = date(1899, 12, 30)
"""From where spreadsheets count the days, in a cell that is not shown as a day; five digits are 1954 to 2118."""
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[,\s].*)?")
_DAY_FIRST = re.compile(
    r"(?:[a-z]{2,9}\.?,? )*(\d{1,2})(?:er|st|nd|rd|th|\.)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})(?:[,\s].*)?"
)
_MONTH_FIRST = re.compile(r"(?:[a-z]{3,9}\.?,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:[,\s].*)?")
_MONTHS = (
    ("january", "janvier"),
    ("february", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "decembre"),
)
_SHORTEST_YEAR = 100
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How the days of a column that are only numbers are read."""

    day_first: bool
    sure: bool
    """Whether a day above 12 tells it; else it is the custom of the reader's language."""


def order_in(cells: Iterable[str], today: date, *, day_first: bool) -> DayOrder:
    """Tell the order in a column of days that are past: by a number above 12, by a day still to come, else by the custom."""
    dates = {cell.strip(): match for cell in cells if (match := _NUMBERS.fullmatch(cell.strip()))}
    firsts = any(int(match[1]) > _MONTHS_A_YEAR for match in dates.values())
    seconds = any(int(match[3]) > _MONTHS_A_YEAR for match in dates.values())
    if firsts != seconds:
        return DayOrder(day_first=firsts, sure=True)
    if any(match[2] == "." for match in dates.values()):
        return DayOrder(day_first=True, sure=True)
    to_come = {first: _any_to_come(dates, today, DayOrder(first, sure=True)) for first in (True, False)}
    if not firsts and to_come[True] != to_come[False]:
        return DayOrder(day_first=to_come[False], sure=True)
    return DayOrder(day_first, sure=not dates)


def _any_to_come(cells: Iterable[str], today: date, order: DayOrder) -> bool:
    return any(day is not None and day > today for day in (day_in(cell, order) for cell in cells))


def day_in(cell: str, order: DayOrder) -> date | None:
    """Read the day in a cell; None when there is none."""
    words = folded(cell)
    if match := _ISO.fullmatch(words) or _TOGETHER.fullmatch(words):
        return _day(match[1], match[2], match[3])
    if match := _COUNTED.fullmatch(words):
        return _FIRST_COUNTED + timedelta(days=int(match[1]))
    if match := _NUMBERS.fullmatch(words):
        day, month = (match[1], match[3]) if order.day_first else (match[3], match[1])
        return _day(match[4], month, day)
    if match := _DAY_FIRST.fullmatch(words):
        return _day(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.fullmatch(words):
        return _day(match[3], _month(match[1]), match[2])
    return None


def _month(word: str) -> str:
    """Give the number of a month by its name or the beginning of one; of "juin" and "juillet" four letters differ."""
    fitting = [str(n) for n, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)]
    return fitting[0] if len(fitting) == 1 or (fitting and word == "jui") else "0"


def _day(year: str, month: str, day: str) -> date | None:
    number = int(year)
    try:
        return date(number + 2000 if number < _SHORTEST_YEAR else number, int(month), int(day))
    except ValueError:
        return None
