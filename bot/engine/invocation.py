"""One use of the bot, as an adapter hands it over: who, where, and what was asked; nothing is decided yet."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.ui.text import Text


class Visibility(StrEnum):
    """Who sees an answer."""

    PRIVATE = "private"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Lack:
    """What keeps the bot from posting in a channel as it should, and what a person can do about it."""

    why: Text
    mend: Text
    refuses: bool = False
    """Whether the channel cannot be chosen before it is mended."""
    stops: bool = False
    """Whether nothing can be posted there before it is mended."""


OrganiserLook: TypeAlias = Callable[[Collection[str]], Awaitable[Mapping[str, Lack]]]
"""Asks the platform what the bot lacks in some channels; a channel where nothing is known to lack is left out."""


async def nothing_lacks(_: Collection[str]) -> Mapping[str, Lack]:
    """Say that posting is allowed everywhere, as on a platform that never forbids it."""
    return {}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person brought: its name and its bytes."""

    name: str
    data: bytes = field(repr=False)


Fetch: TypeAlias = Callable[[str], Awaitable[Upload]]
"""Gets a file by what the platform calls it; a `BotError` says why it could not be had."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds, as rows of cells."""

    rows: Sequence[Sequence[str]]
    mended: int = 0
    """Cells out of which something was taken that is never kept."""


async def no_file(name: str) -> Upload:
    """Say that no file came with a request."""
    raise FileNotFoundError(name)


def nobody_known(_: str) -> bool:
    """Answer False: the platform told of nobody that they are an organiser."""
    return False


def anybody(_: str) -> bool:
    """Answer True: the platform told of nobody that they are not there."""
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """The community an invocation came from, by the platform's own id and name."""

    platform: str
    community: str
    name: str = ""
    look: OrganiserLook = field(default=nothing_lacks, repr=False, compare=False)
    lacks: Mapping[str, Lack] = field(default_factory=dict[str, Lack], repr=False, compare=False)
    """What the bot lacks in the channels an organiser's command is about, once the platform was asked."""
    fetch: Fetch = field(default=no_file, repr=False, compare=False)
    takes_files: bool = True
    """Whether a form can ask for a file there."""
    tables: Mapping[str, Table] = field(default_factory=dict[str, Table], repr=False, compare=False)
    """The files that came with a request, once they were read, by what the platform calls them."""
    is_channel: Callable[[str], bool] = field(default=bool, repr=False, compare=False)
    """Whether a word is a channel as the platform names them."""
    organises: Callable[[str], bool] = field(default=nobody_known, repr=False, compare=False)
    """Whether the platform itself makes a person an organiser, where it is known at this moment."""
    is_here: Callable[[str], bool] = field(default=anybody, repr=False, compare=False)
    """Whether a person can use the bot there; False only where the platform told that they cannot."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asked, by the platform's own id; `organiser` is what the platform says at this moment.

    It is None where the platform was asked and did not answer.
    """

    user: str
    name: str
    organiser: bool | None = False
    language: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as a person typed it, such as `/lead add name:Dana`."""

    line: str
    words: Callable[[str], str] = field(default=str, repr=False, compare=False)
    """Undoes what the platform did to a value; a person or channel stays as the platform wrote it where one is meant."""


@dataclass(frozen=True, slots=True)
class CalledCommand:
    """A command with the raw values a platform collected."""

    command: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    ask: bool = False
    """Whether its form is shown even when nothing is missing, so that the person can change what stands there."""


@dataclass(frozen=True, slots=True)
class PressedButton:
    """A button, by what it carries."""

    token: str


@dataclass(frozen=True, slots=True)
class SubmittedForm:
    """A form that was sent, by the token it carried and the raw values in it."""

    token: str
    values: Mapping[str, str]


Request: TypeAlias = TypedLine | CalledCommand | PressedButton | SubmittedForm


@dataclass(frozen=True, slots=True)
class Invocation:
    """One use of the bot; `delivery` is the platform's own id for it, the same when it is delivered again."""

    delivery: str
    place: Place
    sender: Sender
    request: Request
