"""One digest on its way to the channel, through any number of deaths; and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core import agenda
from bot.core.clock import ManualClock
from bot.domain.community import Community
from bot.domain.week import Week, next_weekly
from bot.scheduling.posting import LEASE
from bot.store import members, notices, posts
from bot.store.database import Database, Tx
from bot.store.posts import State
from bot.domain.ids import Who
from tests.faults.circle import settle
from tests.faults.crashing import Died, Nature, Platform, Steps, rounds
from tests.support.store import NOW

MOST_ROUNDS = 12
LATER = LEASE + timedelta(seconds=1)


@dataclass(frozen=True)
class Case:
    """A community whose digest is due."""

    db: Database
    community: Community
    clock: ManualClock
    platform: Platform
    period: str

    async def start(self, last: int | None) -> None:
        """Start a process that runs one round and dies at a step, or after the round; then the lease runs out."""
        self.platform.steps = Steps(last)
        try:
            await rounds(self.db, self.clock, self.platform).tick()
        except Died:
            pass
        self.clock.move(self.clock.now() + LATER)

    async def settle(self) -> State:
        """Run rounds until nothing is on its way."""
        for _ in range(MOST_ROUNDS):
            await self.start(None)
            found = await self.db.read(lambda tx: posts.find(tx, self.community.id, self.period))
            assert found is not None
            if found.state not in (State.DUE, State.CLAIMED, State.SENDING):
                await self.start(None)  # what the organiser is told goes out
                return found.state
        raise AssertionError(f"the digest is still {found.state} after {MOST_ROUNDS} rounds")

    async def organiser_was_asked(self) -> bool:
        """Tell whether a question reached the organiser, on the platform or in the inbox."""

        def waiting(tx: Tx) -> int:
            organiser = members.find(tx, self.community.id, "user0")
            assert organiser is not None
            return notices.count_inbox(tx, Who(self.community.id, organiser.id))

        return self.posted_to_organiser > 0 or await self.db.read(waiting) > 0

    async def organiser_answers(self) -> State:
        """Let the organiser look into the channel and press the right button."""
        there = self.in_channel > 0
        await self.db.write(lambda tx: posts.resolve(tx, self.community.id, self.period, there=there))
        return await self.settle()

    @property
    def in_channel(self) -> int:
        return self.platform.in_channel(self.community.platform_id)

    @property
    def posted_to_organiser(self) -> int:
        return self.platform.to_organiser(self.community.platform_id)


async def due_digest(db: Database, name: str, nature: Nature) -> Case:
    """Make a community whose digest is due now."""

    def made(tx: Tx) -> Community:
        community = settle(tx, name)
        agenda.plan_digest(tx, community, NOW)
        return community

    community = await db.write(made)
    _, due = next_weekly(NOW, community.rhythm.digest_day, community.rhythm.digest_at, community.tz)
    return Case(db, community, ManualClock(due), Platform(nature), Week.at(due, community.tz).iso)


async def survive(case: Case, deaths: Sequence[int]) -> None:
    """Die at each of these steps in turn, then go on; one digest is in the channel, or nobody can tell and it is asked."""
    for last in deaths:
        await case.start(last)
    state = await case.settle()
    if state is State.UNCERTAIN:
        assert not case.platform.nature.knows
        assert case.in_channel <= 1
        assert await case.organiser_was_asked()
        state = await case.organiser_answers()
    assert (state, case.in_channel) == (State.POSTED, 1)
