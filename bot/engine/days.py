"""Days as people type them in English and French, read into what each may mean; nothing is chosen here."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.engine.date_words import (
    COMING,
    DAYS_OF,
    FILLERS,
    IN_EIGHT,
    LAST,
    LOOSE,
    MONTHS,
    MONTHS_OF,
    NEAR,
    NEXT,
    TURN,
    WEEKDAYS,
)
from bot.engine.meanings import DateRefusal, DayKind, Days, NoMeaning, Today

_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NTH = r"(?:st|nd|rd|th|ieme|eme|er|e)"
_TURNS = "|".join(word for word in TURN if word)
_LE = re.compile(rf"\b(?:le|the|du) (\d{{1,2}})(?=\s|$)(?! ?(?:{_MONTH})\b)")
_WEEK = re.compile(
    rf"(?:\b(?:in|de|dans|of|the|la|this|cette) )*(?:\b({_TURNS}) )?\b(?:week ?end|week|semaine)\b(?: ({_TURNS})\b)?"
)
_OF_MONTH = re.compile(rf"(?:\b(?:in|de|du|of|the|le|this|ce) )*(?:\b({_TURNS}) )?\b(?:month|mois)\b(?: ({_TURNS})\b)?")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(20\d\d)()(\d\d)(\d\d)")
_SLASHED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_NAMED = re.compile(rf"(?:(\d{{1,2}}){_NTH}? ?({_MONTH})|({_MONTH}) ?(\d{{1,2}}){_NTH}?)(?: ?(\d{{4}})| '?(\d{{2}}))?")
_NTH_ONLY = re.compile(rf"(\d{{1,2}})({_NTH}?)")
_AWAY = re.compile(
    r"(?P<ahead>in|dans|d'ici|after) (?P<n1>\d+) (?P<u1>[a-z]+)(?: time)?"
    r"|(?P<n2>\d+) (?P<u2>[a-z]+) (?:(?P<ago>ago)|from (?:now|today)|from_now)"
    r"|(?:il y a|voila|ca fait) (?P<n3>\d+) (?P<u3>[a-z]+)"
)
_LENGTH = re.compile(rf"\d+ (?:{'|'.join(DAYS_OF | MONTHS_OF)})")
_FROM = re.compile(r"(?:in )?(\d) (?:week|semaine)s? (?:from|after|on|apres) (.+)")
_IN_EIGHT = re.compile(rf"(.+) ({'|'.join(IN_EIGHT)})")
_SAID_TWICE = re.compile(rf"^(?:{'|'.join(NEXT | COMING | LAST)}) (?=.*\d)")
_AROUND = {DayKind.YEARLESS: 200, DayKind.MONTHLESS: 45}
"""Days before and after today in which a weekday tells which of several days is meant."""
_A_YEAR = timedelta(days=366)
YEARS = range(-8, 9)
"""The years beside the running one in which a day without a year is looked for; 29 February is in few of them."""


def read_days(words: str, today: Today, *, timed: bool) -> Days:
    """Read which days a text of plain words may mean.

    Raises:
        NoMeaning: it is no day.
        ValueError: the calendar has no such day.
    """
    if _LENGTH.fullmatch(words):
        words = f"{words} ago" if today.past else f"in {words}"
    if (match := _AWAY.fullmatch(words)) is not None:
        return _away(match, today.date)
    if (match := _FROM.fullmatch(words)) is not None:
        return _moved(read_days(match[2], today, timed=False), int(match[1]) * 7)
    for phrase, read in ((_WEEK, _in_week), (_OF_MONTH, _in_month)):
        match = phrase.search(words)
        if match is not None and _later(words) is None:
            other_words = " ".join(FILLERS.sub(" ", f"{words[: match.start()]} {words[match.end() :]}").split())
            return read(other_words, TURN[match[1] or match[2] or ""], today.date)
    words = _LE.sub(r"\1th", words)
    words = words if words in NEAR else " ".join(FILLERS.sub(" ", words).split())
    if not words:
        if timed:
            return Days(((today.date,),))
        raise NoMeaning(DateRefusal.NO_DAY)
    return _plainly(words, today)


def is_no_day(words: str) -> bool:
    """Tell whether a text of plain words names no day at all."""
    return words not in NEAR and not FILLERS.sub(" ", words).strip()


def _later(words: str) -> re.Match[str] | None:
    """Find a day that is moved on by a week or two, such as « mardi en huit » or "tuesday week"."""
    match = _IN_EIGHT.fullmatch(words)
    return match if match is not None and (match[1] in NEAR or match[1] in WEEKDAYS) else None


def _plainly(words: str, today: Today) -> Days:
    """Read a day without "week" or "month" in it, such as tomorrow, next friday or 12 march."""
    if words in NEAR:
        return Days(((today.date + timedelta(days=NEAR[words]),),))
    later = _later(words)
    if later is not None:
        coming = _plainly(later[1], Today(today.date, past=False))
        return _moved(coming, IN_EIGHT[later[2]])
    weekday, other_words = _weekday_in(words)
    if weekday is not None and (not other_words or other_words in NEXT | COMING | LAST):
        return _weekday(weekday, other_words, today)
    # The date behind it says which "next friday" is meant.
    other_words = _SAID_TWICE.sub("", other_words) if weekday is not None else other_words
    for pattern, read in _FORMS:
        match = pattern.fullmatch(other_words)
        if match is not None:
            if pattern is _NTH_ONLY and weekday is None and not match[2]:
                break
            return _on_weekday(read(match, today.date), weekday, today.date)
    raise NoMeaning(DateRefusal.UNKNOWN)


def _weekday_in(words: str) -> tuple[int | None, str]:
    """Take a weekday off the beginning or the end; "mar" is March where a number stands beside it."""
    split = words.split()
    for place in (0, -1):
        word = split[place]
        number_beside = len(split) > 1 and split[1 if place == 0 else -2][:1].isdigit()
        lone_march = (
            word == "mar"
            and number_beside
            and not any(neighbour in MONTHS for neighbour in split if neighbour != "mar")
        )
        if word in WEEKDAYS and not lone_march:
            return WEEKDAYS[word], " ".join(split[1:] if place == 0 else split[:-1])
    return None, words


def _weekday(weekday: int, word: str, today: Today) -> Days:
    """Read a weekday with the word beside it, such as "next", or with none."""
    ahead = (weekday - today.date.weekday()) % 7
    coming = today.date + timedelta(days=ahead)
    before, following = coming - timedelta(days=7), coming + timedelta(days=7)
    if not word:
        if ahead == 0:
            return _days(coming, before if today.past else following)
        return _days(before if today.past else coming)
    if word in COMING:
        return _days(coming) if ahead else _days(coming, following)
    if word in LAST:
        # Some mean the latest one, and some the one of the week before; the two are one on most days.
        return _days(before, before - timedelta(days=7)) if _same_week(before, today.date) else _days(before)
    # People mean the coming one, or the one of next week; the two are one when the coming one is next week.
    if ahead == 0:
        return _days(following)
    return _days(coming, following) if _same_week(coming, today.date) else _days(coming)


def _same_week(first: date, second: date) -> bool:
    return first.isocalendar()[:2] == second.isocalendar()[:2]


def _in_week(other_words: str, turn: int, today: date) -> Days:
    """Read "monday of next week"; a week alone is no day."""
    if other_words not in WEEKDAYS:
        raise NoMeaning(DateRefusal.NO_DAY if not other_words else DateRefusal.UNKNOWN)
    monday = today - timedelta(days=today.weekday())
    return _days(monday + timedelta(days=7 * turn + WEEKDAYS[other_words]))


def _in_month(other_words: str, turn: int, today: date) -> Days:
    """Read "the 3rd of next month"; a month alone is no day."""
    match = _NTH_ONLY.fullmatch(other_words)
    if match is None:
        raise NoMeaning(DateRefusal.NO_DAY if not other_words else DateRefusal.UNKNOWN)
    return _days(_month_away(today, turn).replace(day=int(match[1])))


def _iso(match: re.Match[str], today: date) -> Days:
    year, month, day = (match[1] or match[5], match[3] or match[7], match[4] or match[8])
    return _days(date(int(year), int(month), int(day)))


def _slashed(match: re.Match[str], today: date) -> Days:
    """Read numbers such as 12/3 or 12/3/26 in every order that gives a date; with dots the day comes first."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    if match[2] == ".":
        # Only languages that write the day first put dots in a date.
        return _day_first(first, second, year, today)
    if year is None:
        series = [_every_year(day, month, today) for day, month in dict.fromkeys(((first, second), (second, first)))]
        return _some(series, DayKind.YEARLESS)
    long = int(year) if len(year) == 4 else 2000 + int(year)
    written = [(long, second, first), (long, first, second)]
    if len(year) == 2:
        written.append((2000 + first, second, int(year)))
    return _some([_exists(*numbers) for numbers in dict.fromkeys(written)], DayKind.WRITTEN)


def _day_first(day: int, month: int, year: str | None, today: date) -> Days:
    if year is None:
        return _some([_every_year(day, month, today)], DayKind.YEARLESS)
    return _days(date(int(year) if len(year) == 4 else 2000 + int(year), month, day))


def _named(match: re.Match[str], today: date) -> Days:
    return _day_first(int(match[1] or match[4]), MONTHS[match[2] or match[3]], match[5] or match[6], today)


def _nth(match: re.Match[str], today: date) -> Days:
    day = int(match[1])
    months = (_month_away(today, turn) for turn in range(-2, 3))
    return _some(
        [tuple(dated for month in months for dated in _exists(month.year, month.month, day))], DayKind.MONTHLESS
    )


def _on_weekday(days: Days, weekday: int | None, today: date) -> Days:
    """Keep the days near today that fall on the weekday that was typed with them.

    Raises:
        NoMeaning: none does.
    """
    if weekday is None:
        return days
    near = timedelta(days=_AROUND.get(days.kind, 10**5))
    if days.kind is DayKind.YEARLESS and not any(abs(d - today) <= _A_YEAR for series in days.series for d in series):
        return days
    fit = (tuple(d for d in series if d.weekday() == weekday and abs(d - today) <= near) for series in days.series)
    fitting = tuple(series for series in fit if series)
    if not fitting:
        raise NoMeaning(DateRefusal.DISAGREE)
    return Days(fitting, days.kind)


def beside_leap_day(days: Days, today: Today) -> Days | None:
    """Give the days around 29 February where it was said without a year, and neither this year nor the one meant has it."""
    month_days = {(day.month, day.day) for series in days.series for day in series}
    if days.kind is not DayKind.YEARLESS or month_days != {(2, 29)}:
        return None
    passed = today.date >= date(today.date.year, 3, 1)
    meant_year = today.date.year + (0 if passed is today.past else -1 if today.past else 1)
    if calendar.isleap(meant_year) or calendar.isleap(today.date.year):
        return None
    return _days(date(meant_year, 2, 28), date(meant_year, 3, 1))


def _away(match: re.Match[str], today: date) -> Days:
    """Read a distance from today, such as "in 3 days", "2 weeks ago" or « il y a un mois »."""
    is_past = match["ago"] is not None or match["n3"] is not None
    number, unit = match["n1"] or match["n2"] or match["n3"], match["u1"] or match["u2"] or match["u3"]
    sign = -1 if is_past else 1
    if f"{number} {unit}" in LOOSE:
        return _days(*(today + timedelta(days=sign * days) for days in LOOSE[f"{number} {unit}"]))
    if unit in DAYS_OF:
        return _days(today + timedelta(days=sign * int(number) * DAYS_OF[unit]))
    if unit in MONTHS_OF:
        if int(number) * MONTHS_OF[unit] > 24:
            raise NoMeaning(DateRefusal.TOO_FAR)
        return _days(_month_away(today, sign * int(number) * MONTHS_OF[unit], today.day))
    raise NoMeaning(DateRefusal.UNKNOWN)


def _moved(days: Days, by: int) -> Days:
    return Days(tuple(tuple(day + timedelta(days=by) for day in series) for series in days.series), days.kind)


def _days(*days: date) -> Days:
    return Days(tuple((day,) for day in days))


def _some(series: list[tuple[date, ...]], kind: DayKind) -> Days:
    """Drop the series without a date, and those that are there twice.

    Raises:
        NoMeaning: no series is left, so the day does not exist.
    """
    possible = tuple(dict.fromkeys(days for days in series if days))
    if not possible:
        raise NoMeaning(DateRefusal.NO_SUCH_DAY)
    return Days(possible, kind)


def _every_year(day: int, month: int, today: date) -> tuple[date, ...]:
    return tuple(dated for turn in YEARS for dated in _exists(today.year + turn, month, day))


def _exists(year: int, month: int, day: int) -> tuple[date, ...]:
    """Give the date, or an empty tuple when the calendar has no such day."""
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _month_away(today: date, months: int, day: int = 1) -> date:
    """Add months to a date; a day that the month does not have becomes its last one."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]], ...] = (
    (_ISO, _iso),
    (_SLASHED, _slashed),
    (_NAMED, _named),
    (_NTH_ONLY, _nth),
)
