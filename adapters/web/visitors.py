"""Who visits: each visitor has one circle, by the name in their cookie, and there is room for so many."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from secrets import token_urlsafe
from time import monotonic
from typing import TypeAlias

from adapters.web.circles import Circles, VisitedCircle
from adapters.web.visit import Visit
from bot.engine.invocation import Upload
from bot.engine.pace import Allowance, Bucket
from bot.engine.uploads import MOST_BYTES

Tell: TypeAlias = Callable[[str], None]
"""Tells a page by one word that it shows the circle no more: "gone", "elsewhere", or "away"."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What visitors may do."""

    visitors: int
    """Circles at the same time."""
    of_one_address: int
    """Circles of people who come from one address, such as a class in one room."""
    minutes: float | None
    """How long a circle lives; None keeps it as long as the program runs."""
    frames: Allowance
    """What one visitor may send."""
    arrivals: Allowance
    """How many circles may begin for one address."""
    file_bytes: int
    """How large a file may be that a visitor brings."""
    unused_seconds: float
    """After so long without its page, a circle makes room for somebody who waits."""


OWN = Limits(
    20, 20, None, frames=Allowance(200, 50), arrivals=Allowance(1000, 100), file_bytes=MOST_BYTES, unused_seconds=0
)
"""For one person on their own machine."""
PUBLIC = Limits(
    200, 40, 30, frames=Allowance(30, 8), arrivals=Allowance(40, 0.5), file_bytes=1_000_000, unused_seconds=120
)
"""For a sandbox that everybody may reach."""
ADDRESSES = 10_000
"""Addresses whose pace is remembered."""


class NoRoom(Exception):
    """There are as many circles as there may be."""


@dataclass(eq=False, slots=True)
class Visitor:
    """One visitor, with their circle and the page that shows it."""

    name: str
    address: str
    bucket: Bucket
    circled: VisitedCircle
    ends: float | None
    """When it is gone, by the clock that never jumps."""
    left: float | None = None
    """Since when no page shows it."""
    page: Tell | None = None
    """The page that shows it; there is one at most."""

    def show(self, page: Tell) -> None:
        """Show the circle in a page, and in no other one."""
        if self.page is not None:
            self.page("elsewhere")
        self.page, self.left = page, None

    def hide(self, page: Tell) -> None:
        """Note that a page is closed."""
        if self.page == page:
            self.page, self.left = None, monotonic()


class Visitors:
    """Everybody who visits at this moment."""

    def __init__(self, circles: Circles, limits: Limits) -> None:
        self._circles, self.limits = circles, limits
        self._by_name: dict[str, Visitor] = {}
        self._arrivals: dict[str, Bucket] = {}
        self._arriving = 0
        self._endings: set[asyncio.Task[None]] = set()

    @staticmethod
    def new_name() -> str:
        """Make a name that nobody can guess."""
        return token_urlsafe(24)

    def find(self, name: str) -> Visitor | None:
        """Find a visitor whose circle is there."""
        return self._by_name.get(name)

    async def arrive(self, name: str, address: str, language: str) -> Visitor:
        """Make a circle for a visitor.

        Raises:
            NoRoom: there is no room for another one.
        """
        if not self._may_arrive(address):
            raise NoRoom
        if self._is_full(address):
            await self._make_room(address)
        if self._is_full(address):
            raise NoRoom
        self._arriving += 1
        try:
            circled = await self._circles.fresh(language)
        finally:
            self._arriving -= 1
        arrived = self._by_name.get(name)
        if arrived is not None:
            # Two pages of one visitor came at once.
            await self._circles.drop(circled)
            return arrived
        lasts = self.limits.minutes
        ends = None if lasts is None else monotonic() + lasts * 60
        bucket = Bucket(self.limits.frames, self.limits.frames.at_once, monotonic())
        visitor = Visitor(name, address, bucket, circled, ends)
        self._by_name[name] = visitor
        if lasts is not None:
            asyncio.get_running_loop().call_later(lasts * 60, self._end, visitor)
        return visitor

    async def again(self, visitor: Visitor, language: str) -> None:
        """Give a visitor a new circle in the place of theirs; it is gone when the first one would have been."""
        old, visitor.circled = visitor.circled, await self._circles.fresh(language)
        await self._circles.drop(old)

    def used(self, visitor: Visitor) -> AbstractAsyncContextManager[Visit]:
        """Let one thing be done in a visitor's circle."""
        return self._circles.used(visitor.circled)

    def is_full(self, visitor: Visitor) -> bool:
        """Tell whether a visitor's circle may not grow any more."""
        return self._circles.is_full(visitor.circled)

    def close(self) -> None:
        """Let every page go, because the program ends."""
        for visitor in self._by_name.values():
            if visitor.page is not None:
                visitor.page("away")

    def bring(self, visitor: Visitor, upload: Upload) -> str:
        """Keep a file that a visitor brings, until it is used; returns the name by which a form names it."""
        return self._circles.uploads.put(visitor.circled.visit.session, upload)

    async def leave(self, visitor: Visitor) -> None:
        """Throw a visitor's circle away."""
        if self._by_name.pop(visitor.name, None) is visitor:
            if visitor.page is not None:
                visitor.page("gone")
            await self._circles.drop(visitor.circled)

    @staticmethod
    def may_send(visitor: Visitor, cost: int) -> bool:
        """Tell whether a visitor may send something more now, and count what it costs."""
        return _took(visitor.bucket, cost)

    def _is_full(self, address: str) -> bool:
        here = sum(visitor.address == address for visitor in self._by_name.values())
        return len(self._by_name) + self._arriving >= self.limits.visitors or here >= self.limits.of_one_address

    def _may_arrive(self, address: str) -> bool:
        now, rate = monotonic(), self.limits.arrivals
        bucket = self._arrivals.pop(address, None) or Bucket(rate, rate.at_once, now)
        self._arrivals[address] = bucket
        if len(self._arrivals) > ADDRESSES:
            del self._arrivals[next(iter(self._arrivals))]
        return _took(bucket, 1)

    async def _make_room(self, address: str) -> None:
        """Throw away the circle that nobody looks at for the longest time, of the same address if that one is full."""
        everybody = list(self._by_name.values())
        full = len(everybody) + self._arriving >= self.limits.visitors
        left = [
            (visitor.left, visitor)
            for visitor in everybody
            if visitor.left is not None and (full or visitor.address == address)
        ]
        since, oldest = min(left, key=lambda pair: pair[0], default=(None, None))
        if since is not None and oldest is not None and monotonic() - since >= self.limits.unused_seconds:
            await self.leave(oldest)

    def _end(self, visitor: Visitor) -> None:
        ending = asyncio.get_running_loop().create_task(self.leave(visitor))
        # The loop holds tasks only weakly.
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)


def _took(bucket: Bucket, cost: int) -> bool:
    bucket.fill(monotonic())
    if bucket.left < cost:
        return False
    bucket.left -= cost
    return True
