"""A weekly round that can die at any of its steps, on a platform that remembers every post it was given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from bot.engine.clock import Clock
from bot.engine.messenger import Destination, Outcome, Posted, Refused, ToChannel, Unknown
from bot.features import everything
from bot.measures import Measures
from bot.scheduling.rounds import Rounds
from bot.store.database import Database, Tx
from bot.ui.reply import Reply
from tests.faults.circle import PLACE, SIGNER
from tests.support.leases import QUICK

T = TypeVar("T")


class Died(BaseException):
    """The process ended here; nothing may catch it and go on."""


def die() -> None:
    raise Died


@dataclass
class Steps:
    """Counts the steps that were reached, and dies at one of them."""

    last: int | None = None
    end: Callable[[], None] = die
    reached: list[str] = field(default_factory=list[str])

    def at(self, step: str) -> None:
        self.reached.append(step)
        if self.last == len(self.reached) - 1:
            self.end()


@dataclass(frozen=True)
class DyingDatabase:
    """The database, with a step before each transaction, before its commit, and after it."""

    db: Database
    steps: Steps

    @property
    def damaged(self) -> bool:
        return self.db.damaged

    @property
    def shared(self) -> bool:
        return self.db.shared

    @property
    def measures(self) -> Measures:
        return self.db.measures

    async def write(self, work: Callable[[Tx], T]) -> T:
        return await self._in_steps(self.db.write, work)

    async def row_by_row(self, work: Callable[[Tx], T]) -> T:
        return await self._in_steps(self.db.row_by_row, work)

    async def _in_steps(self, do: Callable[[Callable[[Tx], T]], Awaitable[T]], work: Callable[[Tx], T]) -> T:
        self.steps.at("before a transaction")

        def whole(tx: Tx) -> T:
            result = work(tx)
            self.steps.at("before the commit")
            return result

        result = await do(whole)
        self.steps.at("after the commit")
        return result

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await self.db.read(work)


@dataclass(frozen=True)
class Nature:
    """What a platform can do, and what goes wrong on it."""

    knows: bool = True
    """Whether it can tell if a post is there."""
    refuses_repeats: bool = False
    """Whether it takes a key once only, as Discord does."""
    loses: str = ""
    """The first post is lost on its way ("post"), or its answer on the way back ("answer")."""


@dataclass
class Platform:
    """Remembers every post it took, by destination and key."""

    nature: Nature
    steps: Steps = field(default_factory=Steps)
    taken: list[tuple[Destination, str]] = field(default_factory=list[tuple[Destination, str]])
    lost: bool = False

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        self.steps.at("before the post")
        self._lose("post")
        if not (self.nature.refuses_repeats and (to, key) in self.taken):
            self.taken.append((to, key))
        self.steps.at("after the post")
        self._lose("answer")
        return Posted(key)

    async def time(self) -> datetime | None:
        return None

    async def find(self, to: Destination, key: str) -> Outcome:
        self.steps.at("before the look-up")
        if not self.nature.knows:
            return Unknown("post")
        return Posted(key) if (to, key) in self.taken else Refused("absent")

    async def take_back(self, to: Destination, reference: str) -> bool:
        return False

    def in_channel(self, community: str) -> int:
        return sum(isinstance(to, ToChannel) and to.community == community for to, _ in self.taken)

    def _lose(self, what: str) -> None:
        if self.nature.loses == what and not self.lost:
            self.lost = True
            raise TimeoutError


def rounds(db: Database, clock: Clock, platform: Platform) -> Rounds:
    """Make the weekly round of a process that has just started."""
    dying = cast("Database", DyingDatabase(db, platform.steps))
    return Rounds(dying, clock, SIGNER, everything().schedules, {PLACE.platform: platform}, tempo=QUICK)
