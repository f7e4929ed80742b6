"""One digest on its way to the channel, through any number of deaths; and what became of it."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from bot.domain.community import Community
from bot.domain.week import Week, next_weekly
from bot.engine.clock import ManualClock
from bot.features.digest.schedule import Digest
from bot.store import agenda, posts
from bot.store.database import Database, Tx
from bot.store.posts import PostState
from tests.faults.circle import settle
from tests.faults.crashing import Died, Nature, Platform, Steps, rounds
from tests.support.leases import LATER, run_out
from tests.support.store import NOW

MOST_ROUNDS = 12
REACHED = """
    select count(*) from notices
    where community_id = :community and key like 'digest-uncertain:%' and state in ('sent', 'inbox')
"""


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
        with contextlib.suppress(Died):
            await rounds(self.db, self.clock, self.platform).tick()
        self.clock.move(self.clock.now() + LATER)
        await run_out()

    async def settle(self) -> PostState:
        """Run rounds until nothing is on its way."""
        for _ in range(MOST_ROUNDS):
            await self.start(None)
            post = await self.db.read(lambda tx: posts.find(tx, self.community.id, "digest", self.period))
            assert post is not None
            if post.state not in (PostState.DUE, PostState.CLAIMED, PostState.SENDING):
                await self.start(None)  # what the organiser is told goes out
                return post.state
        raise AssertionError(f"the digest is still {post.state} after {MOST_ROUNDS} rounds")

    async def questions(self) -> int:
        """Count the questions that reached the organiser, on the platform or in the inbox."""

        def reached(tx: Tx) -> int:
            return tx.execute(sa.text(REACHED), {"community": self.community.id}).scalar_one()

        return await self.db.read(reached)

    async def organiser_answers(self) -> PostState:
        """Let the organiser look into the channel and press the right button."""
        there = self.in_channel > 0
        await self.db.write(lambda tx: posts.resolve(tx, self.community.id, "digest", self.period, there=there))
        return await self.settle()

    def on(self, db: Database, platform: Platform) -> "Case":
        """Go on with the same digest on the same file, opened again."""
        return replace(self, db=db, platform=platform)

    @property
    def in_channel(self) -> int:
        return self.platform.in_channel(self.community.platform_id)


async def due_digest(db: Database, name: str, nature: Nature) -> Case:
    """Make a community whose digest is due now."""

    def made(tx: Tx) -> Community:
        community = settle(tx, name)
        agenda.put(tx, community.id, "", Digest.kind, Digest().due(community, Week.at(NOW, community.tz)))
        return community

    community = await db.write(made)
    _, due = next_weekly(NOW, community.rhythm.digest_day, community.rhythm.digest_at, community.tz)
    return Case(db, community, ManualClock(due), Platform(nature), Week.at(due, community.tz).iso)


async def survive(case: Case, deaths: Sequence[int]) -> None:
    """Die at each of these steps in turn, then go on; one digest is in the channel, or nobody can tell and it is asked."""
    asked = 0
    for last in deaths:
        await case.start(last)
    state = await case.settle()
    while state is PostState.UNCERTAIN:
        assert not case.platform.nature.knows
        assert case.in_channel <= 1
        asked += 1
        assert await case.questions() == asked
        state = await case.organiser_answers()
    assert (state, case.in_channel) == (PostState.POSTED, 1)
