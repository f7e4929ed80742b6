"""Rate limits of members and communities, by token buckets: a burst of commands, then some a second.

Whoever is faster is asked at once to wait. Nothing is written to the store, so that a flood costs almost nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from math import ceil, inf
from time import monotonic

from bot.engine.answer import Answer
from bot.engine.apology import apologise
from bot.engine.errors import TooFast
from bot.engine.invocation import Invocation
from bot.engine.rule import Suggestion
from bot.engine.typed_back import typed_back
from bot.store.reach import place_of
from bot.store.turns import on_behalf_of
from bot.ui.languages import best
from bot.ui.text import t, tn

MOST_KEPT = 20_000
"""Members and communities whose pace is remembered at once."""
AGAIN_AFTER = 5
"""Commands that are possible again after the wait that a person is told."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """The size of a burst, and how many may follow each second."""

    at_once: float
    a_second: float


@dataclass(frozen=True, slots=True)
class Rates:
    """What one member, their whole community, and one member who types a name may do."""

    member: Allowance = Allowance(20, 1)
    community: Allowance = Allowance(100, 20)
    typing: Allowance = Allowance(60, 10)
    """Suggestions are asked for at each key, so there are more of them."""
    in_work: int = 4
    """Commands of one community that are answered at the same time; the next ones wait for these."""


UNLIMITED = Rates(Allowance(inf, 1), Allowance(inf, 1), Allowance(inf, 1), in_work=1_000_000)
"""For scripts and the demo, where time stands still between the lines."""


@dataclass(slots=True)
class Bucket:
    """The token bucket of a member or a community, with the language they were answered in last."""

    rate: Allowance
    left: float
    at: float
    language: str | None = None
    line: asyncio.Semaphore = field(default_factory=asyncio.Semaphore)
    """Limits how many commands of a community are answered at the same time."""

    def fill(self, now: float) -> None:
        """Add the tokens that came since the last look."""
        self.left = min(self.rate.at_once, self.left + max(0.0, now - self.at) * self.rate.a_second)
        self.at = now

    @property
    def is_full(self) -> bool:
        """Whether every token is back, so that a new bucket would be the same."""
        return self.left >= self.rate.at_once

    @property
    def wait(self) -> int:
        """Seconds until a few may be done again."""
        return max(1, ceil((AGAIN_AFTER - self.left) / self.rate.a_second))


class Pace:
    """Remembers in memory how fast everybody goes."""

    def __init__(self, rates: Rates | None = None, now: Callable[[], float] = monotonic) -> None:
        self._rates = rates or Rates()
        self._now = now
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    async def let(self, invocation: Invocation, go: Callable[[Invocation], Awaitable[Answer]]) -> Answer:
        """Answer an invocation in its community's turn, or say that it came too fast."""
        place, now = _place(invocation), self._now()
        community = self._bucket(self._rates.community, now, *place)
        member = self._bucket(self._rates.member, now, *place, invocation.sender.user)
        slower = next((bucket for bucket in (member, community) if bucket.left < 1), None)
        if slower is not None:
            language = member.language or best(invocation.sender.language)
            error = _too_fast(slower.wait, everybody=slower is community)
            return Answer(apologise(error, typed_back(invocation)), language)
        # Taken before the wait for the line, so that a flood that waits there counts too.
        member.left -= 1
        community.left -= 1
        async with community.line:
            with in_turn(invocation):
                answer = await go(invocation)
        member.language = answer.language
        return answer

    async def let_type(
        self, invocation: Invocation, go: Callable[[], Awaitable[tuple[Suggestion, ...]]]
    ) -> tuple[Suggestion, ...]:
        """Offer what fits to somebody who types, in their community's turn; nothing when they type too fast."""
        bucket = self._bucket(self._rates.typing, self._now(), *_place(invocation), invocation.sender.user, "typing")
        if bucket.left < 1:
            return ()
        bucket.left -= 1
        with in_turn(invocation):
            return await go()

    def _bucket(self, rate: Allowance, now: float, *name: str) -> Bucket:
        bucket = self._buckets.get(name)
        if bucket is None:
            self._drop_full(now)
            line = asyncio.Semaphore(self._rates.in_work)
            bucket = self._buckets[name] = Bucket(rate, rate.at_once, now, line=line)
        bucket.fill(now)
        return bucket

    def _drop_full(self, now: float) -> None:
        """Drop the full buckets when there are many, so that memory stays bounded."""
        if len(self._buckets) < MOST_KEPT:
            return
        for bucket in self._buckets.values():
            bucket.fill(now)
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if not bucket.is_full}


def in_turn(invocation: Invocation) -> AbstractContextManager[None]:
    """Let what is done inside for an invocation wait in the turn of its community, and under its lock."""
    return on_behalf_of(place_of(*_place(invocation)))


def _place(invocation: Invocation) -> tuple[str, str]:
    return invocation.place.platform, invocation.place.community


def _too_fast(seconds: int, *, everybody: bool) -> TooFast:
    advice = tn("Please wait {n} second. Then send it again.", "Please wait {n} seconds. Then send it again.", seconds)
    if everybody:
        return TooFast(t("Many people here use me at this moment. I did not do this yet."), advice)
    return TooFast(t("You sent many commands at once. I did not do this one yet."), advice)
