"""Several `hello-circle run` on one database and one loopback Discord, and members who never stop typing."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic

import psycopg

from tests.live.waiting import passes, until
from tests.support import process
from tests.support.discord.interactions import COMMAND, Interaction
from tests.support.discord.person import Person
from tests.support.discord.process import settings_for
from tests.support.discord.server import Loopback
from tests.support.discord.world import Guild
from tests.support.process import Started
from tests.support.store import url_of

SHARDS = 4
BUSY = timedelta(seconds=8)
"""How long Discord waits for an answer here: these processes share two cores with much else."""
CALLBACK = "POST /interactions/{interaction}/{token}/callback"


def tell(what: str) -> None:
    """Say what was measured."""
    sys.stdout.write(f"{what}\n")


@dataclass
class Sharded:
    """The processes by their names, the loopback, and a person in a server of each shard."""

    folder: Path
    discord: Loopback
    stack: AsyncExitStack
    running: dict[str, Started] = field(default_factory=dict[str, Started])
    typists: list[Person] = field(default_factory=list[Person])
    typed: list[Interaction] = field(default_factory=list[Interaction])
    typing: asyncio.Task[None] | None = None

    async def start(self, name: str) -> None:
        """Start one more process."""
        folder = self.folder / name
        folder.mkdir()
        settings = {**settings_for(self.discord), "DATABASE_URL": url_of(self.folder), "LOG_LEVEL": "DEBUG"}
        self.running[name] = await self.stack.enter_async_context(process.started(folder, settings))

    async def kill(self, name: str) -> None:
        """Let a process end without a word."""
        started = self.running.pop(name)
        started.tell(signal.SIGKILL)
        await started.ended()

    async def stop(self, name: str) -> None:
        """Ask a process to stop, and wait until it did."""
        started = self.running.pop(name)
        started.tell(signal.SIGTERM)
        code, output = await started.ended(60)
        assert code == 0, output

    def held(self) -> dict[str, int]:
        """Count the shards that each process answers now, by its id; one that is handed over is still the other's for a moment."""
        question = (
            "SELECT holder, count(*) FROM leases WHERE name LIKE 'discord:part:%' AND heir IS NULL "
            "AND extract(epoch FROM clock_timestamp()) * 1000000 BETWEEN since AND until GROUP BY holder"
        )
        with psycopg.connect(url_of(self.folder)) as server:
            return {str(holder): number for holder, number in server.execute(question) if holder is not None}

    async def shared(self, *shares: int, within: float = 90) -> float:
        """Wait until the shards are shared like this; tells how many seconds that took."""
        begun = monotonic()
        await until(f"the shards are shared {shares}", lambda: sorted(self.held().values()) == sorted(shares), within)
        return monotonic() - begun

    async def answered_everywhere(self, within: float = 90) -> float:
        """Wait until a person in a server of each shard gets an answer; tells how many seconds that took."""
        begun = monotonic()
        waiting = set(range(len(self.typists)))
        while waiting:
            assert monotonic() - begun < within, f"nobody answers shards {waiting}"
            asked = {shard: await self._types(self.typists[shard]) for shard in waiting}
            await passes(1)
            waiting -= {shard for shard, answer in asked.items() if answer.answers}
        return monotonic() - begun

    async def _types(self, person: Person) -> Interaction:
        return await person.sends(COMMAND, person._command("/lead list", {}))

    def begin_typing(self, pause: float = 0.4) -> None:
        """Let everybody type on and on."""
        self.typed.clear()

        async def on_and_on() -> None:
            while True:
                for person in self.typists:
                    self.typed.append(await self._types(person))
                    await passes(pause)

        self.typing = asyncio.create_task(on_and_on())

    async def end_typing(self) -> Counter[str]:
        """Let nobody type any more; counts what became of what was typed."""
        assert self.typing is not None
        self.typing.cancel()
        await asyncio.gather(self.typing, return_exceptions=True)
        await passes(BUSY.total_seconds())
        return Counter(self._fates())

    def _fates(self) -> Iterator[str]:
        tries = Counter(asked.path["interaction"] for asked in self.discord.asked(CALLBACK))
        for interaction in self.typed:
            if not interaction.answers:
                yield "lost"
            elif tries[interaction.id] > 1:
                yield "tried twice"
            else:
                yield "answered once"


@asynccontextmanager
async def sharded(folder: Path, discord: Loopback, *names: str) -> AsyncGenerator[Sharded]:
    """Start processes, and set a community up in a server of each shard."""
    discord.gateway.shards, discord.gateway.strict = SHARDS, True
    discord.interactions.first_answer = BUSY
    guilds = [_on_shard(discord, shard) for shard in range(SHARDS)]
    async with AsyncExitStack() as stack:
        house = Sharded(folder, discord, stack)
        for name in names:
            await house.start(name)
        await until("every shard is heard", lambda: len(discord.gateway.sessions) == SHARDS, 120)
        for guild in guilds:
            organiser = Person(discord, guild, "Olga", organiser=True)
            organiser.patience = BUSY.total_seconds()
            digest = next(reversed(guild.channels))
            answer = await organiser.types(
                "/community setup", channel=digest, zone="America/Toronto", language="en", guide=False
            )
            assert "Monday" in answer, answer
            house.typists.append(Person(discord, guild, "Amina"))
        yield house


def _on_shard(discord: Loopback, shard: int) -> Guild:
    """Put the bot on a server that a shard hears of."""
    return discord.world.add_guild(f"Server {shard}", str(((1_000 + shard) << 22) + 7))
