"""What goes wrong on the wire: each kind is put on a route, for its next so many calls."""

import asyncio
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Refused:
    """Discord does not do it, and says why; also a fault of Discord's own, with a status from 500."""

    status: int
    code: int = 0
    message: str = "refused"


@dataclass(frozen=True)
class TooMany:
    """429: nothing may come before `seconds` are over, on this route or, `everywhere`, on any."""

    seconds: float
    everywhere: bool = False


@dataclass(frozen=True)
class Reset:
    """The connection is reset; with `after`, only when Discord has done what was asked."""

    after: bool = True


@dataclass(frozen=True)
class Dropped:
    """Discord does what was asked, and its answer never comes: the connection closes without one."""


@dataclass(frozen=True)
class Held:
    """Discord does what was asked, and answers when it is let go."""

    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Late:
    """The request is held back on its way: Discord does what was asked when it is let go; the answer may be lost, too."""

    answered: bool = True
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)


Fault: TypeAlias = Refused | TooMany | Reset | Dropped | Held | Late


class Faults:
    """The faults that are still to come, by route."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = {}

    def put(self, route: str, fault: Fault, times: int) -> None:
        """Let a route fail from its next call on."""
        self._waiting.setdefault(route, []).extend([fault] * times)

    def take(self, route: str) -> Fault | None:
        """Take the fault of this call, if there is one."""
        waiting = self._waiting.get(route)
        return waiting.pop(0) if waiting else None

    def left(self) -> dict[str, list[Fault]]:
        """Tell the faults nothing ran into."""
        return {route: waiting for route, waiting in self._waiting.items() if waiting}
