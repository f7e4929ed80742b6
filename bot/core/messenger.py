"""The port for posting unasked: into a channel, or to one member."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform said no for good, such as for a missing channel; `reason` is a stable word."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer came, so the post may or may not be there."""


Outcome: TypeAlias = Posted | Refused | Unknown


class Messenger(Protocol):
    """Posts on one platform."""

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Post once; `key` is the same at each attempt, for platforms that can refuse a repeat."""
        ...

    async def find(self, to: Destination, key: str) -> Outcome:
        """Look for a post made earlier: Posted, Refused with "absent" when it is surely not there, or Unknown."""
        ...
