"""Days and times as people type them; what is doubtful is asked, never guessed."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.dates import Prefer, Sure, Unclear, Unsure, Want, Why, read_moment, write_moment
from bot.core.echo import echo
from bot.core.errors import BadValue
from bot.core.rule import Doubtful, Kind, Rule
from bot.ui.text import Text, t
from bot.ui.values import Day, Moment, UserText

if TYPE_CHECKING:
    from bot.core.call import Call

_TIME = re.compile(r"([01]?\d|2[0-3])\s?(?:[:h.]\s?([0-5]\d)|h)?")
A_DAY = t("Such as: yesterday, tuesday, 12 march")
A_MOMENT = t("Such as: tuesday 15:00")
A_TIME = t("Such as: 12:30")
_ANY_DAY = datetime(2026, 1, 5, tzinfo=UTC)

WHY: dict[Why, Text] = {
    Why.UNKNOWN: t("I do not understand this day: {typed}."),
    Why.NO_SUCH_DAY: t("This day does not exist: {typed}."),
    Why.NO_SUCH_HOUR: t("This hour does not exist on that day: {typed}."),
    Why.DISAGREE: t("The weekday and the date do not agree: {typed}."),
    Why.PAST: t("This is in the past: {typed}."),
    Why.FUTURE: t("This is in the future: {typed}."),
    Why.TOO_FAR: t("This is more than a year away: {typed}."),
    Why.NO_TIME: t("At what time? You wrote: {typed}."),
    Why.NO_DAY: t("On which day? You wrote: {typed}."),
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
            raise _unclear(Why.NO_TIME, raw)
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
            raise _unclear(found.why, raw)
        case Unsure():
            raise Doubtful(
                t("{typed} could mean several days or times.", typed=echo(raw)),
                t("Which one do you mean?"),
                options=tuple((write_moment(o), _written(call, o)) for o in found.options),
            )


def _written(call: "Call", option: date | datetime) -> Text:
    if isinstance(option, datetime):
        return t("{moment}", moment=Moment(option.astimezone(UTC), call.zone_name))
    return t("{day}", day=Day(option))


def _unclear(why: Why, raw: str) -> BadValue:
    example = UserText("2026-03-12 15:00")
    return BadValue(
        replace(WHY[why], values=(("typed", echo(raw)),)),
        t("Please write it like {a}, {b} or {c}.", a=t("tuesday"), b=t("12 march"), c=example),
    )


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Rule[time]):
    """A time of day, such as 12:30."""

    typing: Text | None = A_TIME
    kind = Kind.TIME
    reads = time
    _width = 5

    def read(self, call: "Call", raw: str) -> time:
        """Read 12:30, 12h30, 12h or 12.

        Raises:
            BadValue: it is not a time.
        """
        found = _TIME.fullmatch(raw.strip().lower())
        if found is None:
            raise BadValue(
                t("{typed} is not a time.", typed=echo(raw)),
                t("Please write it like {example}.", example=UserText("12:30")),
            )
        return time(int(found[1]), int(found[2] or 0))

    def recognises(self, words: str) -> bool:
        """Tell a time of day from other words."""
        return _TIME.fullmatch(words.strip().lower()) is not None

    def write(self, value: time) -> str:
        """Write hours and minutes."""
        return value.strftime("%H:%M")
