"""Days and times as people type them; what is doubtful is asked, never guessed."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.date_words import plain_words
from bot.core.dates import LONGEST, Prefer, Sure, Unclear, Unsure, Want, read_moment, write_moment
from bot.core.echo import echo
from bot.core.errors import BadValue
from bot.core.hours import NoSuchHour, take_hour
from bot.core.meanings import Why
from bot.core.rule import Doubtful, Kind, Rule
from bot.ui.text import Text, t
from bot.ui.values import Clock24, Day, Moment, UserText

if TYPE_CHECKING:
    from bot.core.call import Call

A_DAY = t("Such as: yesterday, tuesday, 12 march")
A_MOMENT = t("Such as: tuesday 15:00")
A_TIME = t("Such as: 12:30")
_ANY_DAY = datetime(2026, 1, 5, tzinfo=UTC)
EXAMPLE_DAYS = 3
"""How far from today the day is that stands as an example."""

WHY: dict[Why, Text] = {
    Why.UNKNOWN: t("I do not understand this day: {typed}."),
    Why.NO_SUCH_DAY: t("This day does not exist: {typed}."),
    Why.NO_SUCH_HOUR: t("There is no such hour on that day: {typed}."),
    Why.DISAGREE: t("The weekday and the date do not agree: {typed}."),
    Why.PAST: t("This is in the past: {typed}."),
    Why.FUTURE: t("This is in the future: {typed}."),
    Why.TOO_FAR: t("This is more than a year away: {typed}."),
    Why.NO_TIME: t("At what time? You wrote: {typed}."),
    Why.NO_DAY: t("On which day? You wrote: {typed}."),
    Why.TWO_HOURS: t("There are two hours: {typed}. Please choose when it begins."),
    Why.MANY: t("This could mean many days or times: {typed}."),
}


@dataclass(frozen=True, kw_only=True)
class DayOf(Rule[date]):
    """A day in the member's zone."""

    prefer: Prefer = Prefer.PAST
    typing: Text | None = A_DAY
    kind = Kind.DAY
    reads = date
    _width = 10

    def read(self, call: "Call", raw: str) -> date:
        """Understand a day.

        Raises:
            BadValue: it is not surely a day; Doubtful when it could be several.
        """
        found = _understood(call, raw, self.prefer, Want.DATE)
        return found.date() if isinstance(found, datetime) else found

    def recognises(self, words: str) -> bool:
        """Tell a day from other words."""
        return _is_time(words)

    def write(self, value: date) -> str:
        """Write the day as ISO 8601."""
        return value.isoformat()


@dataclass(frozen=True, kw_only=True)
class When(Rule[datetime]):
    """A day with a time, in the member's zone; read as an instant in UTC."""

    prefer: Prefer = Prefer.FUTURE
    typing: Text | None = A_MOMENT
    kind = Kind.MOMENT
    reads = datetime

    def read(self, call: "Call", raw: str) -> datetime:
        """Understand a moment.

        Raises:
            BadValue: it is not surely a moment; Doubtful when it could be several.
        """
        found = _understood(call, raw, self.prefer, Want.MOMENT)
        if not isinstance(found, datetime):
            raise _unclear(call, Why.NO_TIME, raw, self.prefer, Want.MOMENT)
        return found.astimezone(UTC)

    def recognises(self, words: str) -> bool:
        """Tell a moment, or a part of one, from other words."""
        return _is_time(words)

    def write(self, value: datetime) -> str:
        """Write the instant with its offset, so that any zone reads it back."""
        return value.isoformat("T", "minutes")


def _is_time(words: str) -> bool:
    """Tell whether words speak of a day or an hour, whenever it is read."""
    found = read_moment(words, zone=ZoneInfo("UTC"), now=_ANY_DAY, prefer=Prefer.FUTURE, want=Want.MOMENT)
    return not (isinstance(found, Unclear) and found.why is Why.UNKNOWN)


def _understood(call: "Call", raw: str, prefer: Prefer, want: Want) -> date | datetime:
    found = read_moment(raw, zone=call.zone, now=call.now, prefer=prefer, want=want)
    match found:
        case Sure():
            return found.value
        case Unclear():
            raise _unclear(call, found.why, raw, prefer, want)
        case Unsure():
            doubt = WHY[found.why] if found.why else t("{typed} could mean several days or times.")
            raise Doubtful(
                replace(doubt, values=(("typed", echo(raw)),)),
                t("Which one do you mean?"),
                options=tuple((write_moment(o), _written(call, o)) for o in found.options),
            )


def _written(call: "Call", option: date | datetime) -> Text:
    """Write a meaning so that no other looks the same: an hour that the clock shows twice says which one it is."""
    if not isinstance(option, datetime):
        return t("{day}", day=Day(option))
    moment = Moment(option.astimezone(UTC), call.zone_name)
    if option.replace(fold=0).utcoffset() == option.replace(fold=1).utcoffset():
        return t("{moment}", moment=moment)
    return t("{moment} (second time)", moment=moment) if option.fold else t("{moment} (first time)", moment=moment)


def _unclear(call: "Call", why: Why, raw: str, prefer: Prefer, want: Want) -> BadValue:
    """Say what is wrong, with three ways to write it that work on the day of asking."""
    timed = want is Want.MOMENT
    day = call.today + timedelta(days=EXAMPLE_DAYS if prefer is Prefer.FUTURE else -EXAMPLE_DAYS)
    written = UserText(f"{day.isoformat()} 15:00" if timed else day.isoformat())
    ways = (t("tuesday 15:00"), t("tomorrow 15:00")) if timed else (t("tuesday"), t("yesterday"))
    if prefer is Prefer.FUTURE and not timed:
        ways = (t("tuesday"), t("tomorrow"))
    return BadValue(
        replace(WHY[why], values=(("typed", echo(raw)),)),
        t("Please write it like {a}, {b} or {c}.", a=ways[0], b=ways[1], c=written),
    )


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Rule[time]):
    """A time of day, such as 12:30."""

    typing: Text | None = A_TIME
    kind = Kind.TIME
    reads = time
    _width = 5

    def read(self, call: "Call", raw: str) -> time:
        """Read 12:30, 12h30, 12:30 pm, noon or 12.

        Raises:
            BadValue: it is not surely a time; Doubtful when it could be in the morning and in the afternoon.
        """
        times = _hours(raw)
        if not times:
            raise BadValue(
                t("{typed} is not a time.", typed=echo(raw)),
                t("Please write it like {example}.", example=UserText("12:30")),
            )
        if len(times) > 1:
            raise Doubtful(
                t("{typed} could mean two times.", typed=echo(raw)),
                t("Which one do you mean?"),
                options=tuple((self.write(at), t("{time}", time=Clock24(at.hour, at.minute))) for at in times),
            )
        return next(iter(times))

    def recognises(self, words: str) -> bool:
        """Tell a time of day from other words."""
        return bool(_hours(words))

    def write(self, value: time) -> str:
        """Write hours and minutes."""
        return value.strftime("%H:%M")


def _hours(raw: str) -> dict[time, None]:
    """Read every hour of a day that words could mean, in order."""
    try:
        found = take_hour(plain_words(raw[:LONGEST]), lone=True)
    except NoSuchHour:
        return {}
    return {} if found.rest else dict.fromkeys(at for at, _ in found.options)
