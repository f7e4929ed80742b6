"""The port for posting unasked: into a channel, or to one member."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.engine.invocation import Lack
from bot.ui.reply import Reply


@dataclass(frozen=True, slots=True)
class ToChannel:
    """A channel of a community, by the platform's own ids."""

    community: str
    channel: str


@dataclass(frozen=True, slots=True)
class ToMember:
    """One member, privately, by the platform's own ids."""

    community: str
    user: str


Destination: TypeAlias = ToChannel | ToMember


@dataclass(frozen=True, slots=True)
class Posted:
    """The platform took the post; `reference` finds it again."""

    reference: str
    lack: Lack | None = None
    """What kept the post from coming whole, such as a permission for its picture."""
    again: tuple[str, ...] = ()
    """Where a look found the same post once more; `reference` is the first one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform said no for good, such as for a missing channel; `reason` is a stable word."""

    reason: str
    lack: Lack | None = None
    """What a person can do about it, where the platform says that much."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Nothing was done: no post was made, and no history was read; try again `after` a while."""

    after: timedelta
    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It was tried, and nobody can tell whether the post is there; `tried` says what was asked of the platform."""

    tried: str


Outcome: TypeAlias = Posted | Refused | PutOff | Unknown

AGAIN = timedelta(minutes=1)
"""When a platform is tried again that could not be reached."""


class Messenger(Protocol):
    """Posts on one platform."""

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Post once; `key` is the same at each attempt, for platforms that can refuse a repeat."""
        ...

    async def time(self) -> datetime | None:
        """Ask the platform what time it is; None when it has no clock of its own, any error when it does not answer."""
        ...

    async def find(self, to: Destination, key: str) -> Outcome:
        """Look for a post made earlier: Posted, Refused with "absent" when it is surely not there, Unknown, or PutOff."""
        ...

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Delete a post of our own; returns whether it is surely not there any more."""
        ...
