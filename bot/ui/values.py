"""Typed placeholders: everything that may stand inside a text, each escaped and written by its type."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator

BY_KIND = Discriminator("kind")
"""Tells pydantic which one of many it reads; else it would try each."""


@dataclass(frozen=True)
class Text:
    """A message of the catalogs with what stands in its `{placeholders}`."""

    message: str
    values: tuple[tuple[str, "Value"], ...] = ()
    plural: str = ""
    number: int = 0
    context: str = ""
    """Tells two meanings of one English message apart, for whoever translates it."""
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class UserText:
    """Words a person typed; never formats, links, mentions or pings."""

    text: str
    kind: Literal["user"] = "user"


@dataclass(frozen=True)
class Count:
    """A whole number, written the reader's way."""

    number: int
    kind: Literal["count"] = "count"


@dataclass(frozen=True)
class Moment:
    """An instant, written with its weekday in the named IANA zone."""

    at: datetime
    zone: str
    kind: Literal["moment"] = "moment"


@dataclass(frozen=True)
class Day:
    """A date, written with its weekday."""

    date: date
    kind: Literal["day"] = "day"


@dataclass(frozen=True)
class WeekOf:
    """A week, written by its Monday."""

    monday: date
    kind: Literal["week"] = "week"


@dataclass(frozen=True)
class MonthName:
    """A month, by its first day."""

    first: date
    with_year: bool = True
    kind: Literal["month"] = "month"


@dataclass(frozen=True)
class Clock24:
    """A time of day in 24 hours, such as 12:30."""

    hour: int
    minute: int
    kind: Literal["time"] = "time"


@dataclass(frozen=True)
class ZoneName:
    """An IANA time zone, written as people say it, such as "Toronto time"."""

    zone: str
    kind: Literal["zone"] = "zone"


@dataclass(frozen=True)
class LanguageName:
    """A language, written in that language."""

    code: str
    kind: Literal["language"] = "language"


@dataclass(frozen=True)
class CommandRef:
    """A command a person can type, such as `/lead add`."""

    name: str
    kind: Literal["command"] = "command"


@dataclass(frozen=True)
class SubCommand:
    """The part of a command's name that stands behind its family, such as `add` of `/lead add`."""

    name: str
    kind: Literal["sub-command"] = "sub-command"


@dataclass(frozen=True)
class ValueRef:
    """A value a person can name when they type a command, such as `name:`, without the colon."""

    name: str
    command: str = ""
    """The command that takes it, because one English word may mean another thing in each."""
    kind: Literal["value"] = "value"


@dataclass(frozen=True)
class Example:
    """A whole line as a person can type it, such as `/lead add name:"Dana"`."""

    line: str
    on: str | None = None
    """The platform where it is typed, when that is not the reader's."""
    kind: Literal["example"] = "example"


@dataclass(frozen=True)
class ChannelRef:
    """A channel of the platform, by the platform's own id."""

    id: str
    kind: Literal["channel"] = "channel"


@dataclass(frozen=True)
class Bar:
    """A part of a whole as ten squares; the words beside it say the same."""

    part: int
    whole: int
    kind: Literal["bar"] = "bar"


@dataclass(frozen=True)
class Together:
    """Several things in one sentence, as "a, b and c", or "a, b or c" when any of them is meant."""

    items: tuple[Annotated[Text | UserText | Day | CommandRef | SubCommand, BY_KIND], ...]
    any_of: bool = False
    kind: Literal["together"] = "together"


@dataclass(frozen=True)
class InLanguage:
    """A text said in a fixed language, whatever the reader's is; for posts in two languages."""

    text: Text
    language: str
    kind: Literal["said"] = "said"


Value: TypeAlias = Annotated[
    Text
    | UserText
    | Count
    | Moment
    | Day
    | WeekOf
    | MonthName
    | Clock24
    | ZoneName
    | LanguageName
    | CommandRef
    | SubCommand
    | ValueRef
    | Example
    | ChannelRef
    | Bar
    | Together
    | InLanguage,
    BY_KIND,
]
