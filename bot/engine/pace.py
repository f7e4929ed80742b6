"""Rate limits of members and communities, by token buckets: a burst of commands, then some a second.

Whoever is faster is asked at once to wait. Nothing is written to the store, so that a flood costs almost nothing. What
was taken out of buckets that run low is told to other processes, and to the next start, by `bot.engine.spending`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from hashlib import blake2b
from math import ceil, inf
from time import monotonic
from typing import NamedTuple

from bot.engine.answer import Answer
from bot.engine.apology import apologise
from bot.engine.errors import TooFast
from bot.engine.invocation import Invocation
from bot.engine.rule import Suggestion
from bot.engine.typed_back import typed_back
from bot.engine.waiting_line import Service, WaitingLine
from bot.store.reach import place_of
from bot.store.turns import on_behalf_of
from bot.ui.languages import best
from bot.ui.text import t, tn

MOST_KEPT = 20_000
"""Members and communities whose pace is remembered at once, when not more of them are in a hurry."""
LOW = 0.75
"""The part of a bucket that is left when it begins to run low."""
OTHERS_FOR = 5.0
"""Seconds for which a community counts as being there after a command."""
ONE_BY_ONE = Service(1, empty_for=3)
"""How a crowd is served beside others: so it takes a quarter of the time at most."""
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
    community: Allowance = Allowance(2_000, 50)
    """A thousand members who all come within a minute or two and do several things each never meet it."""
    typing: Allowance = Allowance(60, 10)
    """Suggestions are asked for at each key, so there are more of them."""
    typing_together: Allowance = Allowance(4_000, 200)
    """What all who type in a community are offered; past it they type on without suggestions."""
    in_work: int = 4
    """Commands of one community that are answered at the same time; the next ones wait for these."""
    crowd: int = 100
    """A community that did so many at once is a crowd: beside others it is served one by one."""

    def of(self, mark: str) -> Allowance:
        """Give the allowance of a bucket, whose name begins with its kind."""
        return {"m": self.member, "c": self.community, "t": self.typing, "k": self.typing_together}[mark[0]]


UNLIMITED = Rates(*(Allowance(inf, 1) for _ in range(4)), in_work=1_000_000)
"""For scripts and the demo, where time stands still between the lines."""


@dataclass(slots=True)
class Bucket:
    """The token bucket of a member or a community, with the language they were answered in last."""

    rate: Allowance
    left: float
    at: float
    language: str | None = None
    mark: str = ""
    """Its name, which names nobody."""
    line: WaitingLine = field(default_factory=WaitingLine)
    """Where the commands of a community wait for each other."""
    spent: float = 0.0
    """All that was ever taken out of it here."""

    def take(self) -> None:
        """Take one out."""
        self.left -= 1
        self.spent += 1

    def fill(self, now: float) -> None:
        """Add the tokens that came since the last look."""
        self.left = min(self.rate.at_once, self.left + max(0.0, now - self.at) * self.rate.a_second)
        self.at = now

    @property
    def is_full(self) -> bool:
        """Whether every token is back, so that a new bucket would be the same."""
        return self.left >= self.rate.at_once

    @property
    def is_low(self) -> bool:
        """Whether so much was taken out that others should know of it."""
        return self.left < LOW * self.rate.at_once

    @property
    def wait(self) -> int:
        """Seconds until a few may be done again."""
        return max(1, ceil((AGAIN_AFTER - self.left) / self.rate.a_second))


class Spent(NamedTuple):
    """What was taken out of a bucket in one process, and what was left in it when that was told."""

    spent: float
    left: float


class Pace:
    """Remembers in memory how fast everybody goes; `secret` makes names of buckets that name nobody."""

    def __init__(
        self, rates: Rates | None = None, now: Callable[[], float] = monotonic, secret: bytes = b"pace"
    ) -> None:
        self._rates = rates or Rates()
        self._now = now
        self._secret = secret
        self._buckets: dict[str, Bucket] = {}
        self._most = MOST_KEPT
        self._low: set[str] = set()
        self._last: tuple[Sequence[str], float] = ((), -inf)
        self._other = self._last
        self._heard: dict[str, Mapping[str, Spent]] = {}
        self.runs_low = asyncio.Event()
        """Set while a bucket of a member or a community is low."""

    async def let(self, invocation: Invocation, go: Callable[[Invocation], Awaitable[Answer]]) -> Answer:
        """Answer an invocation in its community's turn, or say that it came too fast."""
        place, now = _place(invocation), self._now()
        community = self._bucket("c", now, *place)
        member = self._bucket("m", now, *place, invocation.sender.user)
        slower = next((bucket for bucket in (member, community) if bucket.left < 1), None)
        if slower is not None:
            language = member.language or best(invocation.sender.language)
            error = _too_fast(slower.wait, everybody=slower is community)
            return Answer(apologise(error, typed_back(invocation)), language)
        # Taken before the wait for the line, so that a flood that waits there counts too.
        for bucket in (member, community):
            bucket.take()
            if bucket.is_low:
                self._low.add(bucket.mark)
                self.runs_low.set()
        self._note_place(place, now)
        async with community.line.turn(lambda: self._service(community, place), self._now):
            with in_turn(invocation):
                answer = await go(invocation)
        member.language = answer.language
        return answer

    def _note_place(self, place: Sequence[str], now: float) -> None:
        """Remember the community that was here last, and when another one was."""
        if self._last[0] != place:
            self._other = self._last
        self._last = place, now

    def _service(self, bucket: Bucket, place: Sequence[str]) -> Service:
        """Tell how those of a community are served at this moment."""
        here = self._other if self._last[0] == place else self._last
        beside_others = self._now() - here[1] < OTHERS_FOR
        is_crowd = bucket.left < bucket.rate.at_once - self._rates.crowd
        return ONE_BY_ONE if is_crowd and beside_others else Service(self._rates.in_work)

    async def let_type(
        self, invocation: Invocation, go: Callable[[], Awaitable[tuple[Suggestion, ...]]]
    ) -> tuple[Suggestion, ...]:
        """Offer what fits to somebody who types, in their community's turn; nothing when they type too fast."""
        place, now = _place(invocation), self._now()
        together, own = self._bucket("k", now, *place), self._bucket("t", now, *place, invocation.sender.user)
        if min(together.left, own.left) < 1 or together.line.is_long:
            return ()
        own.take()
        together.take()
        async with together.line.turn(lambda: self._service(together, place), self._now):
            with in_turn(invocation):
                return await go()

    def told(self) -> dict[str, Spent]:
        """List what was taken from the buckets that are nearly empty; other processes need to know of no others."""
        now, told = self._now(), dict[str, Spent]()
        for mark in tuple(self._low):
            bucket = self._buckets.get(mark)
            if bucket is not None:
                bucket.fill(now)
                if bucket.is_low:
                    told[mark] = Spent(bucket.spent, bucket.left)
                    continue
            self._low.discard(mark)
        if not told:
            self.runs_low.clear()
        return told

    def hear(self, others: Mapping[str, tuple[float, Mapping[str, Spent]]]) -> None:
        """Take out of the buckets here what other processes took out of theirs; each tells it with its age in seconds.

        So one flood that reaches many processes is one flood. What passed before they heard of each other is waited for
        later, up to one more burst.
        """
        now = self._now()
        known_marks = set(self._buckets)
        for process, (age, told) in others.items():
            before = self._heard.get(process, {})
            for mark, spent in told.items():
                rate = self._rates.of(mark)
                left = min(rate.at_once, spent.left + max(0.0, age) * rate.a_second)
                if mark in known_marks:
                    self._hear_of(self._buckets[mark], spent, before.get(mark), left, now)
                elif left < rate.at_once:
                    # Whoever comes here first finds what is left elsewhere, also after a restart.
                    bucket = self._buckets.setdefault(mark, self._new(mark, left, now))
                    bucket.left = min(bucket.left, left)
        self._heard = {process: told for process, (_, told) in others.items()}

    @staticmethod
    def _hear_of(bucket: Bucket, told: Spent, before: Spent | None, left: float, now: float) -> None:
        at_once = bucket.rate.at_once
        more = min(told.spent, at_once - left) if before is None else max(0.0, told.spent - before.spent)
        bucket.fill(now)
        bucket.left = max(-at_once, bucket.left - more)

    def _bucket(self, kind: str, now: float, *name: str) -> Bucket:
        mark = kind + blake2b("\x1f".join(name).encode(), key=self._secret, digest_size=12).hexdigest()
        bucket = self._buckets.get(mark)
        if bucket is None:
            self._drop_full(now)
            bucket = self._buckets[mark] = self._new(mark, self._rates.of(mark).at_once, now)
        bucket.fill(now)
        return bucket

    def _new(self, mark: str, left: float, now: float) -> Bucket:
        return Bucket(self._rates.of(mark), left, now, mark=mark)

    def _drop_full(self, now: float) -> None:
        """Drop the full buckets when there are many, so that memory stays bounded."""
        if len(self._buckets) < self._most:
            return
        for bucket in self._buckets.values():
            bucket.fill(now)
        self._buckets = {mark: bucket for mark, bucket in self._buckets.items() if not bucket.is_full}
        # Where very many are in a hurry at once, they are not all looked at again for each one more.
        self._most = max(MOST_KEPT, 2 * len(self._buckets))


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
