"""Days and times typed by people: only forms that a table of tests proves are taken; all else is asked.

dateparser is not used: it reads "mardi 15h" as a Tuesday at midnight, without a word.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engine.chosen import (
    MOST,
    DateContext,
    DatePrecision,
    OneMeaning,
    SeveralMeanings,
    YearlessDay,
    chosen,
    options_of,
)
from bot.engine.date_words import MINUTES_OF, plain_words
from bot.engine.days import beside_leap_day, is_no_day, read_days
from bot.engine.hours import NIGHT, At, Hours, NoSuchHour, take_hour
from bot.engine.meanings import DateRefusal, DayKind, Days, NoMeaning, Today
from bot.engine.spans import says_from, start_of
from bot.ui.languages import spoken
from bot.ui.voice import zone_name

LONGEST = 100
"""Characters; nobody writes a day in more."""
EARLY = range(1, 8)
"""Hours of a meeting that may be in the morning and in the evening, when nothing tells."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """There is no sure meaning."""

    why: DateRefusal


_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2}|Z)")
_BARE = re.compile(r"(?<![\w/.:-])(?<!\ble )(?<!\bthe )(?<!\bat )(?<!\ba )\d{1,2}(?![\w/.:-])")
_SOON = re.compile(r"(?:in|dans|d'ici) (\d{1,4}) ?([a-z]+)|(?:il y a )?(\d{1,4}) ?([a-z]+)(?: ago)?")


def read_moment(
    text: str, *, zone: ZoneInfo, now: datetime, prefer: YearlessDay, want: DatePrecision
) -> OneMeaning | SeveralMeanings | Unclear:
    """Understand a day, or a day with a time, in English or French; never guesses."""
    if len(text) > LONGEST:
        return Unclear(DateRefusal.UNKNOWN)
    try:
        return _read(text, DateContext(zone, now.astimezone(zone), prefer, want))
    except NoMeaning as none:
        return Unclear(none.why)
    except NoSuchHour:
        return Unclear(DateRefusal.NO_SUCH_HOUR)
    except OverflowError:
        return Unclear(DateRefusal.TOO_FAR)
    except ValueError:
        return Unclear(DateRefusal.NO_SUCH_DAY)


def _read(text: str, asked: DateContext) -> OneMeaning | SeveralMeanings:
    """Read what was typed; where that is no day, the start of a span that it may be is asked about."""
    try:
        return _as_typed(text, asked)
    except (NoMeaning, ValueError, OverflowError):
        bare = _with_bare_hour(text, asked) if asked.want is DatePrecision.MOMENT else None
        if bare is not None:
            return bare
        start = start_of(text, bare=asked.want is DatePrecision.MOMENT)
        if start is None:
            raise
    meaning = _in_words(start.words, asked)
    if start.of_hours and asked.want is DatePrecision.DATE:
        # Where only the day counts, it does not matter how long something took.
        return meaning
    return SeveralMeanings(
        options_of(meaning), DateRefusal.SPAN, meaning.other if isinstance(meaning, SeveralMeanings) else None
    )


def _with_bare_hour(text: str, asked: DateContext) -> OneMeaning | SeveralMeanings | None:
    """Read "tomorrow 15" and ask of "thursday 3", where the number may be the day of the month; None for other words."""
    words = plain_words(text)
    timed = [
        meaning
        for number in _BARE.finditer(words)
        if (meaning := _if_any(f"{words[: number.start()]}at {words[number.start() :]}", asked)) is not None
    ]
    if not timed or words.isdigit():
        return None
    try:
        days = options_of(_in_words(words, replace(asked, want=DatePrecision.DATE)))
    except (NoMeaning, ValueError, OverflowError) as none:
        if isinstance(none, NoMeaning) and none.why is DateRefusal.UNKNOWN and len(timed) == 1:
            # With the number it is no day, so the number can only be the hour.
            return timed[0]
        days = ()
    options = dict.fromkeys((*days, *(option for meaning in timed for option in options_of(meaning))))
    return SeveralMeanings(tuple(options)[:MOST], DateRefusal.DAY_OR_HOUR)


def _if_any(words: str, asked: DateContext) -> OneMeaning | SeveralMeanings | None:
    """Read plain words, if they have a meaning."""
    try:
        return _in_words(words, asked)
    except (NoMeaning, ValueError, OverflowError):
        return None


def _as_typed(text: str, asked: DateContext) -> OneMeaning | SeveralMeanings:
    """Read an ISO instant with its offset, which pickers send, else plain words."""
    if says_from(text):
        raise NoMeaning(DateRefusal.SPAN)
    if _OFFSET.fullmatch(text.strip()):
        exact = datetime.fromisoformat(text.strip()).astimezone(asked.zone)
        return chosen([[[exact if asked.want is DatePrecision.MOMENT else exact.date()]]], DayKind.PLAIN, asked)
    return _in_words(plain_words(text), asked)


def _in_words(plain: str, asked: DateContext) -> OneMeaning | SeveralMeanings:
    words = _without_zone(plain, asked.zone)
    soon = _soon(words, asked)
    if soon is not None:
        return chosen([[[soon if asked.want is DatePrecision.MOMENT else soon.date()]]], DayKind.PLAIN, asked)
    hours = take_hour(words, dots=asked.want is DatePrecision.MOMENT, night=EARLY if _is_english_hour(words) else NIGHT)
    if hours.several:
        raise NoMeaning(DateRefusal.UNKNOWN)
    today = Today(asked.now.date(), past=asked.prefer is YearlessDay.PAST)
    days = read_days(hours.words_left, today, timed=bool(hours.options) or hours.part is not None)
    beside = beside_leap_day(days, today)
    meaning = _meaning_of(beside or days, hours, asked)
    return meaning if beside is None else SeveralMeanings(options_of(meaning), DateRefusal.NO_LEAP_DAY)


def _meaning_of(days: Days, hours: Hours, asked: DateContext) -> OneMeaning | SeveralMeanings:
    """Choose among days alone, or among days with hours when a moment is wanted."""
    if asked.want is DatePrecision.DATE:
        return chosen([[series] for series in days.series], days.kind, asked)
    return _timed(days, hours, asked)


def _timed(days: Days, hours: Hours, asked: DateContext) -> OneMeaning | SeveralMeanings:
    """Find the moment; of two hours, and of one that is over today, the person says which is meant."""
    if not hours.options:
        raise NoMeaning(DateRefusal.NO_TIME)
    try:
        return _moments(days, hours, asked)
    except NoMeaning as none:
        if none.why is not DateRefusal.PAST or not is_no_day(hours.words_left):
            raise
        tomorrow = Days(((asked.now.date() + timedelta(days=1),),))
        return SeveralMeanings(options_of(_moments(tomorrow, hours, asked)), none.why)


def _without_zone(words: str, zone: ZoneInfo) -> str:
    """Take off the words for the member's own time, as the bot itself writes them; another zone is not understood."""
    names = (plain_words(zone_name(zone.key, language)).removesuffix(" time") for language in spoken())
    cities = "|".join(map(re.escape, {plain_words(zone.key.rsplit("/", 1)[-1].replace("_", " ")), *names}))
    own = rf"heure (?:de |locale ?:? )(?:{cities})|heure locale|(?:{cities}|local|my) time"
    return " ".join(re.sub(rf"(?<!\w)(?:{own})(?!\w)", " ", words).split())


def _is_english_hour(words: str) -> bool:
    """Tell whether the hour is written as only English does it; « 7 h » is the morning in French."""
    return re.search(r"\d ?h", words) is None


def _soon(words: str, asked: DateContext) -> datetime | None:
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


def _moments(days: Days, hours: Hours, asked: DateContext) -> OneMeaning | SeveralMeanings:
    """Combine days with hours; an hour that the clock skips in spring is asked about, with the hours around it."""
    groups = [
        [[moment for day in series for moment in _at(day, at, asked.zone)] for at in hours.options]
        for series in days.series
    ]
    meaning = chosen(groups, days.kind, asked)
    around = {
        moment
        for series in days.series
        for day in series
        for at in hours.options
        if _is_skipped(day, at, asked.zone)
        for moment in _at(day, at, asked.zone)
    }
    options = options_of(meaning)
    return SeveralMeanings(options, DateRefusal.NO_SUCH_HOUR) if around.intersection(options) else meaning


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
