"""Two days that begin and end a period; a month, a week or a year gives its first or its last day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.engine.call import Call
from bot.engine.date_words import MONTHS, plain_words
from bot.engine.dates import YearlessDay
from bot.engine.errors import BadValue
from bot.engine.reading import Refusal
from bot.engine.rule import Doubtful
from bot.engine.when import DayOf
from bot.ui.text import Text, t

_MONTH = re.compile(rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?: (?:of |de )?(?P<year>20\d\d))?")
_IN_NUMBERS = re.compile(r"(?P<year>20\d\d)[-/](?P<month>0?[1-9]|1[0-2])|(?P<first>0?[1-9]|1[0-2])[-/](?P<then>20\d\d)")
_YEAR = re.compile(r"20\d\d")
A_PERIOD = t("Such as march, last month, yesterday or 2026-03-06.")
_UNITS = {
    **dict.fromkeys(("week", "semaine"), "week"),
    **dict.fromkeys(("month", "mois"), "month"),
    **dict.fromkeys(("year", "annee", "an"), "year"),
}
_BACK = {
    **dict.fromkeys(("last", "past", "previous", "dernier", "derniere", "passe", "passee"), 1),
    **dict.fromkeys(("this", "current", "ce", "cet", "cette"), 0),
}
_LITTLE = {"the", "la", "le", "l"}


@dataclass(frozen=True, kw_only=True)
class DayOfPeriod(DayOf):
    """The first or the last day of a period that is looked back on; its last day may be still to come."""

    last: bool = False
    """Whether it is the last day of the month, week or year that was named."""
    typing: Text | None = A_PERIOD

    def read(self, call: Call, raw: str) -> date:
        """Understand a day, rather one that is over, or a period that is.

        Raises:
            BadValue: it is not surely a day; Doubtful when it could be several.
        """
        period = period_named(plain_words(raw), call.today)
        if period is not None:
            return period[1] if self.last else period[0]
        try:
            return super().read(call, raw)
        except Doubtful:
            raise
        except BadValue as problem:
            try:
                return DayOf(label=self.label, prefer=YearlessDay.FUTURE).read(call, raw)
            except BadValue:
                raise problem from None


def period_named(words: str, today: date) -> tuple[date, date] | None:
    """Read a month, a week or a year; of months without a year the latest one that has begun. None when it is none."""
    named = _MONTH.fullmatch(words)
    if named is not None:
        month = MONTHS[named["month"]]
        year = int(named["year"] or today.year - (month > today.month))
        return _month(year, month)
    in_numbers = _IN_NUMBERS.fullmatch(words)
    if in_numbers is not None:
        return _month(int(in_numbers["year"] or in_numbers["then"]), int(in_numbers["month"] or in_numbers["first"]))
    if _YEAR.fullmatch(words) is not None:
        return date(int(words), 1, 1), date(int(words), 12, 31)
    of_two = [word for word in re.split(r"[ ']", words) if word not in _LITTLE]
    unit = next((_UNITS[word] for word in of_two if word in _UNITS), None)
    back = next((_BACK[word] for word in of_two if word in _BACK), None)
    return _back(unit, today, back) if len(of_two) == 2 and unit and back is not None else None


def _back(unit: str, today: date, back: int) -> tuple[date, date]:
    """Give the week, month or year of today, or the one before it."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday(), weeks=back)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - back
        return _month(months // 12, months % 12 + 1)
    return date(today.year - back, 1, 1), date(today.year - back, 12, 31)


def _month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def check_days(first: date | None, last: date | None) -> None:
    """Check the days of the values `from` and `to`; either may be missing.

    Raises:
        Refusal: the last day is before the first.
    """
    if first is not None and last is not None and first > last:
        raise Refusal({"to": BadValue(t("The last day is before the first one."), t("Please choose a later day."))})
