"""`/lead add` through Slack's Socket Mode and signed HTTP, beside a bare bolt handler that only acknowledges.

The loopback Slack runs in a process of its own, one for the bot and one for the bare handler; both bots run here.
"""

import asyncio
import json
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from adapters.platform import Circle
from adapters.runtime import open_circle
from adapters.slack.platform import SlackPlatform
from bench.bare_slack import SOCKETS, bare_http, bare_sockets
from bench.circle import RING, settle_in
from bench.table import Row, at_most, spread, times_rate
from bot.config import load_settings
from bot.engine.clock import SystemClock
from bot.engine.pace import UNLIMITED
from tests.support.ports import free_port
from tests.support.slack import APP_TOKEN, BOT_TOKEN, SECRET, TEAM

TOGETHER = 32
AT_LEAST = 0.5
ALONE_AT_MOST, PROCESSOR_AT_MOST = 0.003, 0.0009
"""Seconds of one command alone, and of processor time for each."""
ACK_WITHIN = 1.25
"""The acknowledgement waits a second for the store; the rest is the way there and back."""


@dataclass
class Load:
    """A loopback Slack with people in it, in another process."""

    process: asyncio.subprocess.Process
    api_url: str = ""

    async def does(self, **order: Any) -> dict[str, Any]:
        """Give an order and wait for what came of it.

        Raises:
            RuntimeError: the process ended; why is on stderr.
        """
        sent, answered = self.process.stdin, self.process.stdout
        if sent is None or answered is None:
            raise RuntimeError("the loopback Slack has no pipes")
        if order:
            sent.write(json.dumps(order).encode() + b"\n")
        line = await answered.readline()
        if not line:
            raise RuntimeError("the loopback Slack ended")
        return json.loads(line)

    async def rate(self, repeats: int) -> float:
        """Add leads, so many at once; gives leads a second."""
        return float((await self.does(together=TOGETHER, repeats=repeats))["rate"])


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure both roads, and the acknowledgement while the store cannot write."""
    async with _load() as ours, _load() as bare:
        rows = await _by_sockets(folder / "sockets", ours, bare, quick=quick)
        return rows + await _by_http(folder / "http", ours, bare, quick=quick)


async def _by_sockets(folder: Path, ours: Load, bare: Load, *, quick: bool) -> list[Row]:
    async with bare_sockets(bare.api_url, BOT_TOKEN, APP_TOKEN), _bot(folder, ours) as circle:
        await ours.does(sockets=SOCKETS)
        await bare.does(sockets=SOCKETS)
        rows = await _beside("Socket Mode", ours, bare, quick=quick)
        return [*rows, await _while_blocked(circle, ours)]


async def _by_http(folder: Path, ours: Load, bare: Load, *, quick: bool) -> list[Row]:
    port = free_port()
    async with bare_http(bare.api_url, BOT_TOKEN, SECRET) as address, _bot(folder, ours, slack_http_port=port):
        await ours.does(address=f"http://127.0.0.1:{port}/slack/events")
        await bare.does(address=address)
        return await _beside("signed HTTP", ours, bare, quick=quick)


async def _beside(road: str, ours: Load, bare: Load, *, quick: bool) -> list[Row]:
    """Measure the bot and the bare handler in turn, on the same road."""
    rounds, repeats = (3, 10) if quick else (7, 30)
    for load in (ours, bare):
        await load.rate(2)  # a member's first lead is answered with more
    rates: list[float] = []
    floors: list[float] = []
    used: list[float] = []
    for _ in range(rounds):
        floors.append(await bare.rate(repeats))
        before = process_time()
        rates.append(await ours.rate(repeats))
        used.append((process_time() - before) / (TOGETHER * repeats))
    alone = (await ours.does(together=1, repeats=20 if quick else 60))["took"]
    return [
        times_rate(
            f"/lead add by {road}, {TOGETHER} at once, beside bare bolt", median(rates), median(floors), AT_LEAST
        ),
        at_most("  the same, processor time of each", median(used), PROCESSOR_AT_MOST),
        at_most("  the same, one at a time", median(alone), ALONE_AT_MOST),
        spread("  the same, one at a time, spread", alone),
    ]


async def _while_blocked(circle: Circle, ours: Load) -> Row:
    """Measure the slowest acknowledgement while the store cannot write."""
    released = threading.Event()
    blocked = asyncio.create_task(circle.db.write(lambda _: released.wait()))
    try:
        took = (await ours.does(together=TOGETHER, repeats=1, acks_only=True))["took"]
    finally:
        released.set()
        await blocked
    return at_most(f"  the slowest of {TOGETHER} acknowledgements while the store is blocked", max(took), ACK_WITHIN)


@asynccontextmanager
async def _load() -> AsyncGenerator[Load]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.slack_load", stdin=pipe, stdout=pipe)
    load = Load(process)
    load.api_url = (await load.does())["api_url"]
    try:
        yield load
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


@asynccontextmanager
async def _bot(folder: Path, load: Load, **more: Any) -> AsyncGenerator[Circle]:
    """Run the bot in a circle that is set up."""
    folder.mkdir()
    settings = load_settings(
        _env_file=None,
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_signing_secret=SECRET,
        slack_api_url=load.api_url,
        **more,
    )
    clock = SystemClock()
    platform = SlackPlatform(settings, clock)
    messengers = {platform.name: platform.messenger}
    async with open_circle(f"sqlite+aiosqlite:///{folder / 'circle.db'}", RING, clock, messengers, UNLIMITED) as circle:
        await circle.db.write(lambda tx: settle_in(tx, TEAM, "Newcomers", 1, platform.name))
        up = asyncio.Event()
        running = asyncio.create_task(platform.run(circle, up.set))
        await up.wait()
        try:
            yield circle
        finally:
            await platform.stop()
            await running
