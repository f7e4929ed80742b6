"""Runs the wave: real rounds of some processes over one store, on simulated time; and tells what came of it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import process_time

from bench import memory
from bench.wave.circles import Home
from bench.wave.events import EventClock, EventLoop
from bench.wave.platform import DISCORD, DISCORD_A_SECOND, SLACK, Messenger, Platforms
from bench.wave.process import Process, Store
from bot.engine.clock import pause
from bot.engine.tokens import Signer
from bot.features import everything
from bot.scheduling.rounds import Rounds
from bot.scheduling.tempo import Tempo

PATIENCE = timedelta(hours=3)
"""How long after the last hour digests may still come."""


@dataclass(frozen=True, slots=True)
class Wave:
    """What came of a wave with some processes; times in seconds."""

    processes: int
    communities: int
    posted: int
    twice: int
    largest: int
    """Communities on Discord in the zone that took longest."""
    took: float
    """Until the last digest of that zone was out."""
    least: float
    """What Discord's limit alone would take for them."""
    a_second: dict[str, int]
    """The most requests in one second, by platform."""
    refused: int
    statements: int
    works: int
    pictures: int
    busiest: float
    """The most seconds of processor time that one process's own thread worked."""
    real: float
    """Seconds of processor time of the whole simulation."""
    megabytes: float


def simulate(file: Path, homes: Sequence[Home], processes: int, processors: int, picture: float) -> Wave:
    """Let a Monday pass for a database whose communities wait for their digest."""
    with asyncio.Runner(loop_factory=EventLoop) as runner:
        return runner.run(_monday(file, homes, processes, processors, picture))


async def _monday(file: Path, homes: Sequence[Home], many: int, processors: int, picture: float) -> Wave:
    began, before = min(home.due for home in homes) - timedelta(minutes=1), process_time()
    ends = (max(home.due for home in homes) - began + PATIENCE).total_seconds()
    clock, platforms, store = EventClock(began), Platforms(), Store(file)
    team = [Process(store, processors, picture) for _ in range(many)]
    async with asyncio.TaskGroup() as group:
        for number, process in enumerate(team):
            messengers = {
                name: Messenger(process, platforms, name, clock, DISCORD_A_SECOND / many) for name in (DISCORD, SLACK)
            }
            rounds = Rounds(process, clock, Signer((b"bench",)), everything().schedules, messengers, f"bot{number}")
            first = Tempo().round_every * number / many
            group.create_task(_live(rounds, first, ends, lambda: len(platforms.posted) == len(homes)))
    store.close()
    took, least, largest = _slowest_zone(homes, platforms, began.timestamp())
    return Wave(
        processes=many,
        communities=len(homes),
        posted=len(platforms.posted),
        twice=platforms.twice,
        largest=largest,
        took=took,
        least=least,
        a_second={name: max(asked.values(), default=0) for name, asked in platforms.asked.items()},
        refused=sum(platforms.refused.values()),
        statements=store.statements,
        works=store.works,
        pictures=sum(process.drawn for process in team),
        busiest=max(process.spent for process in team),
        real=process_time() - before,
        megabytes=memory.peak(),
    )


async def _live(rounds: Rounds, first: float, ends: float, is_over: Callable[[], bool]) -> None:
    """Do rounds as the ticker does, until all is done."""
    loop = asyncio.get_running_loop()
    await pause(first)
    while loop.time() < ends and not is_over():
        await rounds.tick()
        await pause(Tempo().round_every)


def _slowest_zone(homes: Sequence[Home], platforms: Platforms, began: float) -> tuple[float, float, int]:
    """Find the zone that was furthest behind Discord's own limit: what it took, the least it can take, how many on Discord."""
    took: defaultdict[str, float] = defaultdict(float)
    many: defaultdict[str, int] = defaultdict(int)
    for home in homes:
        many[home.zone] += home.platform == DISCORD
        if home.name in platforms.posted:
            late = platforms.posted[home.name] - (home.due.timestamp() - began)
            took[home.zone] = max(took[home.zone], late)
    zone = max(took, key=lambda zone_name: took[zone_name])
    return took[zone], many[zone] / DISCORD_A_SECOND, many[zone]
