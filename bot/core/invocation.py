"""One use of the bot, as an adapter hands it over: who, where, and what was asked; nothing is decided yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.ui.text import Text


class Visibility(StrEnum):
    """Who sees an answer."""

    PRIVATE = "private"
    SHARED = "shared"


def nothing_lacks(_: str) -> tuple[Text, ...]:
    """Say that posting is allowed everywhere, as on a platform that never forbids it."""
    return ()


@dataclass(frozen=True, slots=True)
class Place:
    """The community an invocation came from, by the platform's own id and name."""

    platform: str
    community: str
    name: str = ""
    lacks: Callable[[str], tuple[Text, ...]] = field(default=nothing_lacks, repr=False, compare=False)
    """Which permissions the bot still needs to post in a channel, as the platform calls them."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asked, by the platform's own id; `organiser` is what the platform says at this moment."""

    user: str
    name: str
    organiser: bool = False
    language: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as a person typed it, such as `/lead add name:Dana`."""

    line: str


@dataclass(frozen=True, slots=True)
class Called:
    """A command with the raw values a platform collected."""

    command: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, by what it carries."""

    token: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form that was sent, by the token it carried and the raw values in it."""

    token: str
    values: Mapping[str, str]


Request: TypeAlias = Typed | Called | Pressed | Submitted


@dataclass(frozen=True, slots=True)
class Invocation:
    """One use of the bot; `delivery` is the platform's own id for it, the same when it is delivered again."""

    delivery: str
    place: Place
    sender: Sender
    request: Request
