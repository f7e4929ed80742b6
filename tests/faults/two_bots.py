"""Bots that share one database on a server, each a process of its own; one of them is killed again and again."""

import asyncio
import multiprocessing
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from time import monotonic

import sqlalchemy as sa

from bot.engine.clock import ManualClock, pause
from bot.engine.departure import check
from bot.engine.messenger import Destination, Outcome, Posted, Refused, ToChannel
from bot.features import everything
from bot.features.digest.schedule import Digest
from bot.scheduling.rounds import Rounds
from bot.scheduling.tempo import Tempo
from bot.store import agenda
from bot.store.database import Database, Tx
from bot.store.posts import PostState
from bot.store.tables import agenda as agenda_table, posts
from bot.ui.reply import Reply
from tests.faults.circle import PLACE, SIGNER, settle
from tests.live.waiting import until
from tests.support.leases import run_out
from tests.support.store import NOW, open_store

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "tests.faults.two_bots"])
LOOK = 0.02
BETWEEN_ROUNDS = 0.1
"""Seconds; bots that look without end for what is due keep a busy machine from sending it."""
PATIENCE = 180.0
"""Seconds until a bot that does nothing is given up."""
TEMPO = Tempo(lease=timedelta(seconds=2))
"""Longer than a busy machine lets a bot wait between its steps."""
SCHEDULES = everything().schedules
"""Loaded before a bot is forked, so that it starts at once."""
_ON_THEIR_WAY = (PostState.DUE, PostState.CLAIMED, PostState.SENDING)


@dataclass(frozen=True)
class Channel:
    """A platform whose channels are a file that all bots share; it takes whatever it is given, also twice."""

    file: Path

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Take a post."""
        await pause(0.001)
        check()
        if isinstance(to, ToChannel):
            with self.file.open("a") as out:
                out.write(f"{to.community} {key}\n")
        return Posted(key)

    async def find(self, to: Destination, key: str) -> Outcome:
        """Tell whether a post is there."""
        return Posted(key) if any(line.endswith(f" {key}") for line in self.taken()) else Refused("absent")

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Take nothing back: what came twice is to be seen."""
        return False

    async def time(self) -> datetime | None:
        """Tell no time."""
        return None

    def taken(self) -> list[str]:
        """List every post that was taken."""
        return self.file.read_text().splitlines() if self.file.exists() else []


def _run(folder: Path, owner: str) -> None:
    asyncio.run(_rounds(folder, owner))


async def _rounds(folder: Path, owner: str) -> None:
    clock = ManualClock(_now(folder))
    async with open_store(folder) as db:
        platform = Channel(folder / "channel")
        platforms = {PLACE.platform: platform}
        rounds = Rounds(db, clock, SIGNER, SCHEDULES, platforms, owner, tempo=TEMPO)
        (folder / f"ready {owner}").touch()
        while True:
            clock.move(_now(folder))
            await rounds.tick()
            await pause(BETWEEN_ROUNDS)


def _now(folder: Path) -> datetime:
    return datetime.fromisoformat((folder / "now").read_text())


@dataclass
class TwoBots:
    """A folder whose database two bots share; their clock is a file."""

    folder: Path
    db: Database
    dice: Random
    now: datetime = NOW
    started: int = 0
    alive: dict[str, BaseProcess] = field(default_factory=dict[str, BaseProcess])

    async def cycle(self, communities: int) -> None:
        """Let many digests fall due, kill one bot in the middle and start another; each digest comes once."""
        before = Counter(Channel(self.folder / "channel").taken())
        await self._fall_due(communities)
        while len(self.alive) < 2:
            self._start()
        taken = len(before) + self.dice.randrange(1, communities // 2)
        await self._taken(taken)
        dead = self._kill(self.dice.choice(sorted(self.alive)))
        self._start()
        await self._until_others_are_done(dead)
        await run_out(TEMPO)  # of the dead one
        await self._until_others_are_done("")
        came = Counter(Channel(self.folder / "channel").taken()) - before
        assert len(came) == communities
        assert set(came.values()) == {1}

    async def end(self) -> None:
        """Kill whoever is left."""
        for owner in list(self.alive):
            self._kill(owner)

    async def _fall_due(self, count: int) -> None:
        def made(tx: Tx) -> None:
            for number in range(count):
                community = settle(tx, f"cycle {self.started} {number}")
                agenda.put(tx, community.id, "", Digest.kind, self.now)

        await self.db.write(made)
        self._set(self.now + timedelta(minutes=1))

    def _set(self, now: datetime) -> None:
        self.now = now
        fresh = self.folder / "now.new"
        fresh.write_text(now.isoformat())
        fresh.replace(self.folder / "now")

    def _start(self) -> None:
        self.started += 1
        owner = f"bot{self.started}"
        process = PROCESSES.Process(target=_run, args=(self.folder, owner), daemon=True)
        process.start()
        self.alive[owner] = process

    def _kill(self, owner: str) -> str:
        process = self.alive.pop(owner)
        assert process.exitcode is None, "a bot ended by itself"
        process.kill()
        process.join()
        process.close()
        return owner

    async def _until_others_are_done(self, dead: str) -> None:
        mine = sa.and_(posts.c.state.in_(_ON_THEIR_WAY), sa.or_(posts.c.owner.is_(None), posts.c.owner != dead))
        waiting = sa.select(sa.func.count()).select_from(posts).where(mine)
        entered = sa.select(sa.func.count()).select_from(agenda_table).where(agenda_table.c.next_due_at <= self.now)

        async def none() -> bool:
            return not await self.db.read(
                lambda tx: tx.execute(waiting).scalar_one() + tx.execute(entered).scalar_one()
            )

        await until("the bots are done", none, within=PATIENCE)

    async def _taken(self, many: int) -> None:
        """Wait until so many posts were taken; looked at often, so that the kill comes in the middle of others."""
        end = monotonic() + PATIENCE
        while len(Channel(self.folder / "channel").taken()) < many:
            assert monotonic() < end, "the bots do nothing"
            await pause(LOOK)
