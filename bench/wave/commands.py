"""How long members wait for their answers while a wave of digests goes out: the real rounds, store, pictures and clock."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from bench.blocked import watched
from bench.circle import Circle, open_circle
from bench.table import Row, at_most, milliseconds
from bench.wave.circles import Home, homes, settle
from bench.wave.platform import DISCORD, DISCORD_TAKES, SLACK, SLACK_METHODS, SLACK_TAKES, written
from bot.engine.clock import ManualClock, pause
from bot.engine.invocation import Place
from bot.engine.messenger import Destination, Outcome, Posted, Refused
from bot.engine.tokens import Signer
from bot.features import everything
from bot.scheduling.rounds import Rounds
from bot.ui.reply import Image, Reply
from bot.ui.studio import STUDIO

LIMIT = 1.0
"""Seconds within which 99 of 100 commands are answered."""
EVERY = 0.03
"""Seconds between two commands."""


@dataclass
class Sending:
    """A platform that takes its time; each picture is really drawn, each message written."""

    platform: str
    sent: int = 0

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Draw, write and send one post."""
        for image in (part for part in post.parts if isinstance(part, Image)):
            await STUDIO.draw(image.chart, language)
        written(self.platform, post, language)
        await pause(DISCORD_TAKES if self.platform == DISCORD else SLACK_TAKES * len(SLACK_METHODS))
        self.sent += 1
        return Posted("1/1")

    async def time(self) -> datetime | None:
        """Have no clock."""
        return None

    async def find(self, to: Destination, key: str) -> Outcome:
        """Find nothing: nothing was sent before."""
        return Refused("absent")

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Have nothing to take back."""
        return True


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure commands alone, and while digests go out."""
    places = homes(60 if quick else 400)
    async with open_circle(folder) as circle:
        await settle(circle.db, places)
        alone = await _ask(circle, places, asyncio.create_task(pause(3 if quick else 10)))
        clock = ManualClock(max(home.due for home in places))
        platforms = {name: Sending(name) for name in (DISCORD, SLACK)}
        rounds = Rounds(circle.db, clock, Signer((b"bench",)), everything().schedules, platforms)
        start, before = perf_counter(), time.process_time()
        with watched() as seen:
            during = await _ask(circle, places, asyncio.create_task(rounds.tick()))
        took, used = perf_counter() - start, time.process_time() - before
    if (sent := sum(platform.sent for platform in platforms.values())) != len(places):
        message = f"{sent} of {len(places)} digests were sent"
        raise RuntimeError(message)
    return [
        at_most(f"a command while {sent:,} digests go out, p99", _p99(during), LIMIT),
        Row("  the same while none does, p99", milliseconds(_p99(alone))),
        Row("  the loop's longest block meanwhile", milliseconds(seen.longest)),
        Row("  digests", f"{sent / took:,.0f}/s, {used / sent * 1000:.1f} ms of the bot's own processor time each"),
    ]


async def _ask(circle: Circle, places: Sequence[Home], until: asyncio.Task[None]) -> list[float]:
    """Let members use a command at an even pace until something is done; gives the seconds of each."""
    asked: list[asyncio.Task[float]] = []
    while not until.done():
        home = places[len(asked) % len(places)]
        asked.append(asyncio.create_task(_add(circle, Place(home.platform, home.name, home.name))))
        await pause(EVERY)
    await until
    return await asyncio.gather(*asked)


async def _add(circle: Circle, place: Place) -> float:
    start = perf_counter()
    await circle.add(0, place)
    return perf_counter() - start


def _p99(took: Sequence[float]) -> float:
    return quantiles(took, n=100)[98]
