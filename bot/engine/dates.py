"""Days and times typed by people: only forms that a table of tests proves are taken; all else is asked.

dateparser is not used: it reads "mardi 15h" as a Tuesday at midnight, without a word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.engine.date_words import MINUTES_OF, plain_words
from bot.engine.days import beside_leap_day, is_no_day, read_days
from bot.engine.hours import NIGHT, At, Hours, NoSuchHour, take_hour
from bot.engine.meanings import DayKind, Days, NoMeaning, Today, Why
from bot.engine.spans import start_of
from bot.ui.languages import spoken
from bot.ui.voice import zone_name

HORIZON = timedelta(days=366)
LONGEST = 100
"""Characters; nobody writes a day in more."""
MOST = 5
"""Meanings that can be offered to choose from: Discord shows five buttons in a row."""
LONG_AGO, FAR_AHEAD = timedelta(days=60), timedelta(days=180)
"""A day without a year that is further away is confirmed, and the nearest one on the other side is named with it."""
NEAR = timedelta(days=45)
"""A meaning on the wrong side that is nearer than this is asked about: the person may have typed the wrong month."""
EARLY = range(1, 8)
"""Hours of a meeting that may be in the morning and in the evening, when nothing tells."""


class Prefer(Enum):
    """Which way a day without a year is meant; the other way is refused."""

    PAST = "past"
    FUTURE = "future"


class Want(Enum):
    """Whether a day is enough, or a time is needed too."""

    DATE = "date"
    MOMENT = "moment"


Value: TypeAlias = date | datetime


@dataclass(frozen=True, slots=True)
class Sure:
    """There is one meaning: a date, or an aware datetime in the member's zone."""

    value: Value


@dataclass(frozen=True, slots=True)
class Unsure:
    """There are a few meanings that can be, or a single one that is far; the person chooses."""

    options: tuple[Value, ...]
    why: Why | None = None
    """What is wrong with what was typed, if anything."""
    other: Value | None = None
    """The nearest meaning on the side that is not possible; it is named when the only option is confirmed."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """There is no sure meaning."""

    why: Why


_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2}|Z)")
_SOON = re.compile(r"(?:in|dans|d'ici) (\d{1,4}) ?([a-z]+)|(?:il y a )?(\d{1,4}) ?([a-z]+)(?: ago)?")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one text is read against: where and when, which way, and whether an hour is wanted."""

    zone: ZoneInfo
    now: datetime
    prefer: Prefer
    want: Want

    def right(self, value: Value) -> bool:
        """Tell whether a meaning lies on the preferred side of now."""
        return self.gap(value) >= timedelta(0)

    def gap(self, value: Value) -> timedelta:
        """Give the distance to a meaning on the preferred side of now; negative on the other side."""
        delta = value - self.now if isinstance(value, datetime) else value - self.now.date()
        return delta if self.prefer is Prefer.FUTURE else -delta


def read_moment(text: str, *, zone: ZoneInfo, now: datetime, prefer: Prefer, want: Want) -> Sure | Unsure | Unclear:
    """Understand a day, or a day with a time, in English or French; never guesses."""
    if len(text) > LONGEST:
        return Unclear(Why.UNKNOWN)
    try:
        return _read(text, _Reading(zone, now.astimezone(zone), prefer, want))
    except NoMeaning as none:
        return Unclear(none.why)
    except NoSuchHour:
        return Unclear(Why.NO_SUCH_HOUR)
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


def _read(text: str, asked: _Reading) -> Sure | Unsure:
    """Read what was typed; where that is no day, the start of a span that it may be is asked about."""
    try:
        return _as_typed(text, asked)
    except (NoMeaning, ValueError, OverflowError):
        start = start_of(text, bare=asked.want is Want.MOMENT)
        if start is None:
            raise
    meaning = _in_words(start.words, asked)
    if start.of_hours and asked.want is Want.DATE:
        # Where only the day counts, it does not matter how long something took.
        return meaning
    return Unsure(_options(meaning), Why.SPAN, meaning.other if isinstance(meaning, Unsure) else None)


def _as_typed(text: str, asked: _Reading) -> Sure | Unsure:
    """Read an ISO instant with its offset, which pickers send, else plain words."""
    if _OFFSET.fullmatch(text.strip()):
        exact = datetime.fromisoformat(text.strip()).astimezone(asked.zone)
        return _chosen([[[exact if asked.want is Want.MOMENT else exact.date()]]], DayKind.PLAIN, asked)
    return _in_words(plain_words(text), asked)


def _in_words(plain: str, asked: _Reading) -> Sure | Unsure:
    words = _without_zone(plain, asked.zone)
    soon = _soon(words, asked)
    if soon is not None:
        return _chosen([[[soon if asked.want is Want.MOMENT else soon.date()]]], DayKind.PLAIN, asked)
    hours = take_hour(words, dots=asked.want is Want.MOMENT, night=EARLY if _is_english_hour(words) else NIGHT)
    if hours.several:
        raise NoMeaning(Why.UNKNOWN)
    today = Today(asked.now.date(), past=asked.prefer is Prefer.PAST)
    days = read_days(hours.words_left, today, timed=bool(hours.options) or hours.part is not None)
    beside = beside_leap_day(days, today)
    meaning = _meaning_of(beside or days, hours, asked)
    return meaning if beside is None else Unsure(_options(meaning), Why.NO_LEAP_DAY)


def _meaning_of(days: Days, hours: Hours, asked: _Reading) -> Sure | Unsure:
    """Choose among days alone, or among days with hours when a moment is wanted."""
    if asked.want is Want.DATE:
        return _chosen([[series] for series in days.series], days.kind, asked)
    return _timed(days, hours, asked)


def _timed(days: Days, hours: Hours, asked: _Reading) -> Sure | Unsure:
    """Find the moment; of two hours, and of one that is over today, the person says which is meant."""
    if not hours.options:
        raise NoMeaning(Why.NO_TIME)
    try:
        return _moments(days, hours, asked)
    except NoMeaning as none:
        if none.why is not Why.PAST or not is_no_day(hours.words_left):
            raise
        tomorrow = Days(((asked.now.date() + timedelta(days=1),),))
        return Unsure(_options(_moments(tomorrow, hours, asked)), none.why)


def _options(meaning: Sure | Unsure) -> tuple[Value, ...]:
    """List the values of a meaning, one or several."""
    return meaning.options if isinstance(meaning, Unsure) else (meaning.value,)


def _without_zone(words: str, zone: ZoneInfo) -> str:
    """Take off the words for the member's own time, as the bot itself writes them; another zone is not understood."""
    names = (plain_words(zone_name(zone.key, language)).removesuffix(" time") for language in spoken())
    cities = "|".join(map(re.escape, {plain_words(zone.key.rsplit("/", 1)[-1].replace("_", " ")), *names}))
    own = rf"heure (?:de |locale ?:? )(?:{cities})|heure locale|(?:{cities}|local|my) time"
    return " ".join(re.sub(rf"(?<!\w)(?:{own})(?!\w)", " ", words).split())


def _is_english_hour(words: str) -> bool:
    """Tell whether the hour is written as only English does it; « 7 h » is the morning in French."""
    return re.search(r"\d ?h", words) is None


def _soon(words: str, asked: _Reading) -> datetime | None:
    """Read "in 2 hours" and « il y a 30 minutes »."""
    match = _SOON.fullmatch(words)
    number, unit = (match[1] or match[3], match[2] or match[4]) if match is not None else ("0", "")
    is_past = match is not None and match[1] is None
    if unit not in MINUTES_OF or (is_past and "ago" not in words and "il y a" not in words):
        return None
    delta = timedelta(minutes=int(number) * MINUTES_OF[unit])
    return (
        (asked.now.astimezone(UTC) + (-delta if is_past else delta))
        .astimezone(asked.zone)
        .replace(second=0, microsecond=0)
    )


def _moments(days: Days, hours: Hours, asked: _Reading) -> Sure | Unsure:
    """Combine days with hours; an hour that the clock skips in spring is asked about, with the hours around it."""
    groups = [
        [[moment for day in series for moment in _at(day, at, asked.zone)] for at in hours.options]
        for series in days.series
    ]
    meaning = _chosen(groups, days.kind, asked)
    around = {
        moment
        for series in days.series
        for day in series
        for at in hours.options
        if _is_skipped(day, at, asked.zone)
        for moment in _at(day, at, asked.zone)
    }
    options = _options(meaning)
    return Unsure(options, Why.NO_SUCH_HOUR) if around.intersection(options) else meaning


def _at(day: date, at: At, zone: ZoneInfo) -> list[datetime]:
    """Give the moment of an hour on a day; two in autumn when the clock shows it twice, or in spring when it skips it."""
    local = datetime.combine(day + timedelta(days=at[1]), at[0], zone)
    if _is_skipped(day, at, zone):
        return [local.replace(fold=fold).astimezone(UTC).astimezone(zone) for fold in (1, 0)]
    later = local.replace(fold=1)
    return [local] if local.utcoffset() == later.utcoffset() else [local, later]


def _is_skipped(day: date, at: At, zone: ZoneInfo) -> bool:
    """Tell whether the clock of a zone skips an hour of a day: such a time does not survive a trip through UTC."""
    local = datetime.combine(day + timedelta(days=at[1]), at[0], zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)


def _chosen(groups: Sequence[Sequence[Sequence[Value]]], kind: DayKind, asked: _Reading) -> Sure | Unsure:
    """Choose the meanings on the preferred side; each group is one day, with a series for each hour it may mean.

    Raises:
        NoMeaning: none is possible, or there are too many to offer.
    """
    values = [value for group in groups for value in _of_group(group, kind, asked)]
    if not any(asked.right(value) for value in values):
        all_values = [value for group in groups for series in group for value in series]
        if not values and any(asked.right(value) for value in all_values):
            raise NoMeaning(Why.TOO_FAR)
        raise NoMeaning(Why.PAST if asked.prefer is Prefer.FUTURE else Why.FUTURE)
    if kind is not DayKind.PLAIN:
        values.sort(key=lambda value: abs(asked.gap(value)))
    possible = tuple({write_moment(value): value for value in values if asked.right(value)}.values())
    if len(possible) > MOST:
        raise NoMeaning(Why.MANY)
    other = next((value for value in values if not asked.right(value)), None) if len(possible) == 1 else None
    return Sure(possible[0]) if len(possible) == 1 and other is None else Unsure(possible, other=other)


def _of_group(group: Sequence[Sequence[Value]], kind: DayKind, asked: _Reading) -> list[Value]:
    """List what one day may mean; when one hour of it is sure, the doubtful hours are dropped."""
    if kind in {DayKind.PLAIN, DayKind.WRITTEN}:
        return [value for series in group for value in series if timedelta(0) <= asked.gap(value) <= HORIZON]
    sides = [_nearest(series, kind, asked) for series in group]
    sure = [right for right, wrong in sides if right and not wrong]
    return [value for right in sure for value in right] or [value for both in sides for side in both for value in side]


def _nearest(series: Sequence[Value], kind: DayKind, asked: _Reading) -> tuple[list[Value], list[Value]]:
    """Find the nearest date of a series on the preferred side, and on the other side too when the first is doubtful."""
    near = sorted((value for value in series if abs(asked.gap(value)) <= HORIZON), key=asked.gap)
    right = _on_first_day([value for value in near if asked.right(value)])
    wrong = _on_first_day([value for value in reversed(near) if not asked.right(value)])
    if not right:
        return [], wrong
    if not wrong or kind is DayKind.MONTHLESS:
        return right, []
    gap, missed = asked.gap(right[0]), -asked.gap(wrong[0])
    far = FAR_AHEAD if asked.prefer is Prefer.FUTURE else LONG_AGO
    return right, wrong if gap > far or missed < NEAR else []


def _on_first_day(values: Sequence[Value]) -> list[Value]:
    """Keep the values that fall on the day of the first one."""
    return [value for value in values if _day_of(value) == _day_of(values[0])]


def _day_of(value: Value) -> date:
    return value.date() if isinstance(value, datetime) else value
