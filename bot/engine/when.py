"""Days and times as people type them; what is doubtful is asked, never guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.engine.chosen import DatePrecision, OneMeaning, SeveralMeanings, YearlessDay, write_moment
from bot.engine.date_words import FILLERS, plain_words
from bot.engine.dates import LONGEST, Unclear, read_moment
from bot.engine.echo import echo
from bot.engine.errors import BadValue
from bot.engine.hours import At, NoSuchHour, take_hour
from bot.engine.meanings import DateRefusal
from bot.engine.rule import Doubtful, Kind, Rule
from bot.engine.spans import start_of
from bot.ui.text import Text, t
from bot.ui.values import Clock24, Day, Moment, UserText

if TYPE_CHECKING:
    from bot.engine.call import Call

A_DAY = t("Such as: yesterday, tuesday, 12 march")
A_MOMENT = t("Such as: tuesday 15:00")
A_TIME = t("Such as: 12:30")
LAST = time(23, 59)
"""The last time of a day that a clock shows."""
_SHORT = re.compile(r"^(\d{1,2})[ .u]?(\d{2})(?: uhr)?$")
"""An hour as people type it where only an hour can be meant: 1930, 19 30, 19u30."""
_ANY_DAY = datetime(2026, 1, 5, tzinfo=UTC)
EXAMPLE_DAYS = 3
"""How far from today the day is that stands as an example."""

WHY: dict[DateRefusal, Text] = {
    DateRefusal.UNKNOWN: t("I do not understand this day: {typed}."),
    DateRefusal.NO_SUCH_DAY: t("This day does not exist: {typed}."),
    DateRefusal.NO_SUCH_HOUR: t("There is no such hour on that day: {typed}."),
    DateRefusal.DISAGREE: t("The weekday and the date do not agree: {typed}."),
    DateRefusal.PAST: t("This is in the past: {typed}."),
    DateRefusal.FUTURE: t("This is in the future: {typed}."),
    DateRefusal.TOO_FAR: t("This is more than a year away: {typed}."),
    DateRefusal.NO_TIME: t("At what time? You wrote: {typed}."),
    DateRefusal.NO_DAY: t("On which day? You wrote: {typed}."),
    DateRefusal.NO_LEAP_DAY: t("There is no 29 February in {year}."),
    DateRefusal.SPAN: t("I only need the start. You wrote: {typed}."),
    DateRefusal.DAY_OR_HOUR: t("The number could be a day or an hour. You wrote: {typed}."),
    DateRefusal.MANY: t("This could mean many days or times: {typed}."),
}
OTHER: dict[YearlessDay, Text] = {
    YearlessDay.PAST: t("You wrote {typed}. {other} is still to come."),
    YearlessDay.FUTURE: t("You wrote {typed}. {other} is over."),
}


@dataclass(frozen=True, kw_only=True)
class DayOf(Rule[date]):
    """A day in the member's zone."""

    prefer: YearlessDay = YearlessDay.PAST
    typing: Text | None = A_DAY
    kind = Kind.DAY
    reads = date
    _width = 10

    def read(self, call: "Call", raw: str) -> date:
        """Understand a day.

        Raises:
            BadValue: it is not surely a day; Doubtful when it could be several.
        """
        day = _understood(call, raw, self.prefer, DatePrecision.DATE)
        return day.date() if isinstance(day, datetime) else day

    def recognises(self, words: str) -> bool:
        """Tell a day from other words."""
        return _is_time(words)

    def write(self, value: date) -> str:
        """Write the day as ISO 8601."""
        return value.isoformat()


@dataclass(frozen=True, kw_only=True)
class When(Rule[datetime]):
    """A day with a time, in the member's zone; read as an instant in UTC."""

    prefer: YearlessDay = YearlessDay.FUTURE
    typing: Text | None = A_MOMENT
    kind = Kind.MOMENT
    reads = datetime

    def read(self, call: "Call", raw: str) -> datetime:
        """Understand a moment.

        Raises:
            BadValue: it is not surely a moment; Doubtful when it could be several.
        """
        moment = _understood(call, raw, self.prefer, DatePrecision.MOMENT)
        if not isinstance(moment, datetime):
            raise _unclear(call, DateRefusal.NO_TIME, raw, self.prefer, DatePrecision.MOMENT)
        return moment.astimezone(UTC)

    def recognises(self, words: str) -> bool:
        """Tell a moment, or a part of one, from other words."""
        return _is_time(words)

    def write(self, value: datetime) -> str:
        """Write the instant with its offset, so that any zone reads it back."""
        return value.isoformat("T", "minutes")


def _is_time(words: str) -> bool:
    """Tell whether words speak of a day or an hour, whenever it is read."""
    reading = read_moment(
        words, zone=ZoneInfo("UTC"), now=_ANY_DAY, prefer=YearlessDay.FUTURE, want=DatePrecision.MOMENT
    )
    return not (isinstance(reading, Unclear) and reading.why is DateRefusal.UNKNOWN)


def _understood(call: "Call", raw: str, prefer: YearlessDay, want: DatePrecision) -> date | datetime:
    reading = read_moment(raw, zone=call.zone, now=call.now, prefer=prefer, want=want)
    match reading:
        case OneMeaning():
            return reading.value
        case Unclear():
            raise _unclear(call, reading.why, raw, prefer, want)
        case SeveralMeanings():
            raise _doubtful(call, reading, raw, prefer)


def _doubtful(call: "Call", unsure: SeveralMeanings, raw: str, prefer: YearlessDay) -> Doubtful:
    """Ask which meaning it is; a single one that is left is asked about beside the one that cannot be."""
    options = tuple((write_moment(option), _written(call, option)) for option in unsure.options)
    if unsure.other is not None:
        beside = replace(OTHER[prefer], values=(("typed", echo(raw)), ("other", _written(call, unsure.other))))
        return Doubtful(beside, _which(options), options=options)
    doubt = WHY[unsure.why] if unsure.why else t("{typed} could mean several days or times.")
    values = (("typed", echo(raw)), ("year", UserText(str(unsure.options[0].year))))
    return Doubtful(replace(doubt, values=values), _which(options), options=options)


def _which(options: Sequence[tuple[str, Text]]) -> Text:
    return t("Do you mean {day}?", day=options[0][1]) if len(options) == 1 else t("Which one do you mean?")


def _written(call: "Call", option: date | datetime) -> Text:
    """Write a meaning so that no other looks the same: an hour that the clock shows twice says which one it is."""
    if not isinstance(option, datetime):
        return t("{day}", day=Day(option))
    moment = Moment(option.astimezone(UTC), call.zone_name)
    if option.replace(fold=0).utcoffset() == option.replace(fold=1).utcoffset():
        return t("{moment}", moment=moment)
    return t("{moment} (second time)", moment=moment) if option.fold else t("{moment} (first time)", moment=moment)


def _unclear(call: "Call", why: DateRefusal, raw: str, prefer: YearlessDay, want: DatePrecision) -> BadValue:
    """Say what is wrong, with three ways to write it that work on the day of asking."""
    timed = want is DatePrecision.MOMENT
    day = call.today + timedelta(days=EXAMPLE_DAYS if prefer is YearlessDay.FUTURE else -EXAMPLE_DAYS)
    written = UserText(f"{day.isoformat()} 15:00" if timed else day.isoformat())
    ways = (t("tuesday 15:00"), t("tomorrow 15:00")) if timed else (t("tuesday"), t("yesterday"))
    if prefer is YearlessDay.FUTURE and not timed:
        ways = (t("tuesday"), t("tomorrow"))
    return BadValue(
        replace(WHY[why], values=(("typed", _as_shown(call, raw)),)),
        t("Please write it like {a}, {b} or {c}.", a=ways[0], b=ways[1], c=written),
    )


def _as_shown(call: "Call", raw: str) -> UserText | Moment:
    """Show what was typed; an ISO instant from a picker is shown as the bot writes moments."""
    try:
        picked = datetime.fromisoformat(raw)
    except ValueError:
        return echo(raw)
    return echo(raw) if picked.tzinfo is None else Moment(picked.astimezone(UTC), call.zone_name)


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Rule[time]):
    """A time of day, such as 12:30."""

    typing: Text | None = A_TIME
    kind = Kind.TIME
    reads = time
    _width = 5

    def read(self, call: "Call", raw: str) -> time:
        """Read 12:30, 12h30, 12:30 pm, noon, 12 or 1230.

        Raises:
            BadValue: it is not surely a time; Doubtful when it could be in the morning and in the afternoon, or at either end of a day.
        """
        hours, span = _hours(raw) or _hours(_SHORT.sub(r"\1:\2", plain_words(raw[:LONGEST]))), ()
        if not hours:
            start = start_of(raw[:LONGEST], bare=True)
            span = _hours(start.words) if start is not None else ()
        if not hours and not span:
            raise BadValue(
                t("{typed} is not a time.", typed=echo(raw)),
                t("Please write it like {example}.", example=UserText("12:30")),
            )
        times = _meanings(hours or span)
        if span or len(times) > 1:
            doubt = replace(
                WHY[DateRefusal.SPAN] if span else t("{typed} could mean two times."), values=(("typed", echo(raw)),)
            )
            options = tuple((self.write(at), text) for at, text in times.items())
            raise Doubtful(doubt, _which(options), options=options)
        return next(iter(times))

    def recognises(self, words: str) -> bool:
        """Tell a time of day from other words."""
        return bool(_hours(words))

    def write(self, value: time) -> str:
        """Write hours and minutes."""
        return value.strftime("%H:%M")


def _hours(raw: str) -> tuple[At, ...]:
    """Read every hour that words could mean, in order."""
    try:
        hours = take_hour(plain_words(raw[:LONGEST]), lone=True)
    except NoSuchHour:
        return ()
    return () if FILLERS.sub("", hours.words_left).strip() else hours.options


def _meanings(hours: Sequence[At]) -> dict[time, Text]:
    """Say each time of one day that could be meant.

    Between two days nobody can tell which of them is meant, so its beginning and its end are offered.
    """
    if not any(days for _, days in hours):
        return {at: t("{time}", time=Clock24(at.hour, at.minute)) for at, _ in hours}
    early = hours[0][0]
    return {
        early: t("{time}, early that day", time=Clock24(early.hour, early.minute)),
        LAST: t("{time}, as that day ends", time=Clock24(LAST.hour, LAST.minute)),
    }
