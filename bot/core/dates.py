"""Days and times typed by people: only forms that a table of tests proves are taken; all else is asked.

dateparser is not used: it reads "mardi 15h" as a Tuesday at midnight, without a word.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from bot.core.date_words import COMING, FILLERS, LAST, MONTHS, NEAR, NEXT, NOON, NUMBERS, UNITS, WEEKDAYS
from bot.domain.names import folded

HORIZON = timedelta(days=366)
LONGEST = 100
"""Characters; nobody writes a day in more."""
NIGHT = range(1, 7)
"""Hours that people write for the afternoon too, so that a bare "3:00" is asked about."""


class Prefer(Enum):
    """Which way a day without a year is meant; the other way is refused."""

    PAST = "past"
    FUTURE = "future"


class Want(Enum):
    """Whether a day is enough, or a time is needed too."""

    DATE = "date"
    MOMENT = "moment"


class Why(StrEnum):
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


Value: TypeAlias = date | datetime
D = TypeVar("D", date, datetime)


@dataclass(frozen=True, slots=True)
class Sure:
    """There is one meaning: a date, or an aware datetime in the member's zone."""

    value: Value


@dataclass(frozen=True, slots=True)
class Unsure:
    """There are a few meanings; the person chooses."""

    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """There is no sure meaning."""

    why: Why


class _NoMeaning(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


_TIME = re.compile(
    r"(?:(?<=\d)t|(?<![\d/-]))(\d{1,2})\s?(?:(?:[:h]\s?(\d{2}))(?::\d{2})?\s?(am|pm)?|h(?![a-z])|(am|pm))(?![\d/-])"
    rf"|\b({'|'.join(NOON)})\b"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_NAMED = re.compile(
    r"(?:([a-z]+)\.? )?(?:(\d{1,2})(?:st|nd|rd|th|er)? ([a-z]+)\.?|([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th|er)?)(?: (\d{4}))?"
)
_AWAY = re.compile(r"(?:(in|dans) (\w+) (\w+)|(\w+) (\w+) ago|il y (\w+) (\w+))")
_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[+-]\d{2}:\d{2}")


def read_moment(text: str, *, zone: ZoneInfo, now: datetime, prefer: Prefer, want: Want) -> Sure | Unsure | Unclear:
    """Understand a day, or a day with a time, in English or French; never guesses."""
    if len(text) > LONGEST:
        return Unclear(Why.UNKNOWN)
    try:
        return _read(text, zone, now.astimezone(zone), prefer, want)
    except _NoMeaning as none:
        return Unclear(none.why)
    except OverflowError:
        return Unclear(Why.TOO_FAR)
    except ValueError:
        return Unclear(Why.NO_SUCH_DAY)


def write_moment(value: Value) -> str:
    """Write a day or a moment so that it is read back as the same; with its offset where an hour comes twice."""
    if not isinstance(value, datetime):
        return value.isoformat()
    twice = value.replace(fold=0).utcoffset() != value.replace(fold=1).utcoffset()
    return value.isoformat("T" if twice else " ", "minutes")[: None if twice else 16]


def _read(text: str, zone: ZoneInfo, now: datetime, prefer: Prefer, want: Want) -> Sure | Unsure | Unclear:
    if _OFFSET.fullmatch(text.strip()):
        exact = datetime.fromisoformat(text.strip()).astimezone(zone)
        return _chosen([exact], now, prefer)
    words = " ".join(_digits(folded(text)).replace("a.m.", "am").replace("p.m.", "pm").replace("’", "'").split())
    found = list(_TIME.finditer(words))
    if len(found) > 1:
        raise _NoMeaning(Why.UNKNOWN)
    if found:
        words = f"{words[: found[0].start()]} {words[found[0].end() :]}"
    days = _days(
        " ".join(FILLERS.sub(" ", words).split()) if words.strip() not in NEAR else words.strip(),
        now.date(),
        prefer,
        timed=bool(found),
    )
    if want is Want.DATE:
        return _chosen(days, now.date(), prefer)
    if not found:
        raise _NoMeaning(Why.NO_TIME)
    return _chosen(
        [moment for day in days for at in _times(found[0]) for moment in _moments(day, at, zone)], now, prefer
    )


def _digits(text: str) -> str:
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, None) is not None else c for c in text
    )


def _times(found: re.Match[str]) -> list[time]:
    hour, minute, half, other_half, noon = found.groups()
    if noon:
        return [time(12)]
    half = half or other_half
    number, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= number <= 12:
            raise _NoMeaning(Why.NO_SUCH_HOUR)
        return [time(number % 12 + (12 if half == "pm" else 0), minutes)]
    if number > 23 or minutes > 59:
        raise _NoMeaning(Why.NO_SUCH_HOUR)
    if number in NIGHT and not hour.startswith("0"):
        return [time(number + 12, minutes), time(number, minutes)]
    return [time(number, minutes)]


def _moments(day: date, at: time, zone: ZoneInfo) -> list[datetime]:
    first = datetime.combine(day, at, zone)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise _NoMeaning(Why.NO_SUCH_HOUR)
    second = first.replace(fold=1)
    return [first] if first.utcoffset() == second.utcoffset() else [first, second]


def _chosen(options: list[D], now: D, prefer: Prefer) -> Sure | Unsure:
    """Keep the options that lie the right way, within a year."""
    right = [o for o in options if (o >= now if prefer is Prefer.FUTURE else o <= now)]
    if not right:
        raise _NoMeaning(Why.PAST if prefer is Prefer.FUTURE else Why.FUTURE)
    near = [o for o in right if abs(o - now) <= HORIZON]
    if not near:
        raise _NoMeaning(Why.TOO_FAR)
    return Sure(near[0]) if len(near) == 1 else Unsure(tuple(near))


def _days(words: str, today: date, prefer: Prefer, *, timed: bool) -> list[date]:
    if not words:
        if timed:
            return [today]
        raise _NoMeaning(Why.NO_DAY)
    if words in NEAR:
        return [today + timedelta(days=NEAR[words])]
    for pattern, read in _FORMS:
        found = pattern.fullmatch(words)
        if found:
            return read(found, today, prefer)
    return _weekday(words.split(), today, prefer)


def _weekday(words: list[str], today: date, prefer: Prefer) -> list[date]:
    words = [word.removesuffix(".") for word in words]
    named = [WEEKDAYS[word] for word in words if word in WEEKDAYS]
    others = [word for word in words if word not in WEEKDAYS]
    if len(named) != 1 or len(others) > 1:
        raise _NoMeaning(Why.UNKNOWN)
    ahead = (named[0] - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    if not others:
        back = coming - timedelta(days=7)
        if ahead == 0:
            return [today, today + timedelta(days=7) if prefer is Prefer.FUTURE else back]
        return [coming if prefer is Prefer.FUTURE else back]
    if others[0] in COMING:
        return [coming] if ahead else [today, coming + timedelta(days=7)]
    if others[0] in LAST:
        return [coming - timedelta(days=7)]
    if others[0] in NEXT:
        # People mean the coming one, or the one of next week; the two are one when the coming one is next week.
        following = coming + timedelta(days=7)
        same_week = coming.isocalendar()[:2] == today.isocalendar()[:2]
        return [coming, following] if same_week and ahead else [following if ahead == 0 else coming]
    raise _NoMeaning(Why.UNKNOWN)


def _iso(found: re.Match[str], today: date, prefer: Prefer) -> list[date]:
    return [date(int(found[1]), int(found[2]), int(found[3]))]


def _slashed(found: re.Match[str], today: date, prefer: Prefer) -> list[date]:
    one, two = int(found[1]), int(found[2])
    year = int(found[3]) if found[3] else None
    pairs = {(one, two), (two, one)}
    days = [_in_year(day, month, year, today, prefer) for day, month in sorted(pairs) if month <= 12]
    if not days:
        raise _NoMeaning(Why.NO_SUCH_DAY)
    return days


def _named(found: re.Match[str], today: date, prefer: Prefer) -> list[date]:
    weekday, day, month = found[1], found[2] or found[5], found[3] or found[4]
    if found[4] == "mar" and weekday is None:
        raise _NoMeaning(Why.UNKNOWN)  # March in English, mardi in French
    if month not in MONTHS or (weekday is not None and weekday not in WEEKDAYS):
        raise _NoMeaning(Why.UNKNOWN)
    made = _in_year(int(day), MONTHS[month], int(found[6]) if found[6] else None, today, prefer)
    if weekday is not None and made.weekday() != WEEKDAYS[weekday]:
        raise _NoMeaning(Why.DISAGREE)
    return [made]


def _away(found: re.Match[str], today: date, prefer: Prefer) -> list[date]:
    ahead = found[1] is not None
    number, unit = (found[2], found[3]) if ahead else (found[4] or found[6], found[5] or found[7])
    number = NUMBERS.get(number, number)
    if not number.isdecimal() or unit not in UNITS:
        raise _NoMeaning(Why.UNKNOWN)
    days = int(number) * UNITS[unit]
    return [today + timedelta(days=days if ahead else -days)]


def _in_year(day: int, month: int, year: int | None, today: date, prefer: Prefer) -> date:
    if year is not None:
        return date(year, month, day)
    for offset in (0, 1, -1):
        try:
            made = date(today.year + offset, month, day)
        except ValueError:
            continue
        if (made >= today) if prefer is Prefer.FUTURE else (made <= today):
            return made
    raise _NoMeaning(Why.NO_SUCH_DAY)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date, Prefer], list[date]]], ...] = (
    (_ISO, _iso),
    (_SLASHED, _slashed),
    (_AWAY, _away),
    (_NAMED, _named),
)
