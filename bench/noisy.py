"""A quiet community beside a noisy one: how long its members wait, alone and while the other sends all it can."""

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from statistics import quantiles
from time import perf_counter

from bench.circle import Circle, in_letters, open_circle, settle_in
from bench.table import Row, times_floor
from bot.engine.invocation import CalledCommand, Invocation, Place, Sender
from bot.engine.pace import Rates
from tests.support import postgres

QUIET, NOISY = Place("console", "quiet", "Quiet"), Place("console", "noisy", "Noisy")
PEOPLE = 1_000
EVERY = 0.05
"""Seconds between the commands of the quiet community; each of its members sends one."""
SLICES = 10
"""How often both are measured, one after the other: what the machine does besides then meets both alike."""
MORE_AT_MOST = 1.2


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure alone and beside a thousand commands a second, on a file and on a server."""
    rows = [await _measured("a file", folder / "file", None, quick=quick)]
    postgres.choose_place()
    try:
        postgres.create("noisy")
        rows.append(await _measured("a server", folder / "server", postgres.address("noisy"), quick=quick))
    finally:
        postgres.clear(postgres.place())
    return rows


async def _measured(where: str, folder: Path, url: str | None, *, quick: bool) -> Row:
    alone: list[float] = []
    beside: list[float] = []
    times, members = (20 if quick else 60), itertools.count()
    async with open_circle(folder, rates=Rates(), url=url) as circle:
        for place in (QUIET, NOISY):
            await circle.db.write(lambda tx, place=place: settle_in(tx, place.community, place.name, PEOPLE))
        await _quietly(circle, members, times)
        for _ in range(SLICES):
            alone += await _quietly(circle, members, times)
            noise = asyncio.create_task(_noise(circle))
            beside += await _quietly(circle, members, times)
            noise.cancel()
            await asyncio.gather(noise, return_exceptions=True)
    p95, more = (quantiles(took, n=20)[18] for took in (alone, beside))
    name = f"a quiet community beside 1,000 commands a second of another on {where}, p95"
    return times_floor(name, more, p95, MORE_AT_MOST)


async def _quietly(circle: Circle, members: Iterator[int], times: int) -> list[float]:
    """Use the quiet community at an even pace, each time as another member; gives the seconds of each."""
    took: list[float] = []
    for _ in range(times):
        start = perf_counter()
        await _send(circle, QUIET, next(members) % PEOPLE)
        took.append(perf_counter() - start)
        await _pause(EVERY - took[-1])
    return took


async def _noise(circle: Circle) -> None:
    """Send a thousand commands a second, each from another member, without waiting for answers, until it is cancelled."""
    loop = asyncio.get_running_loop()
    start, number, sent = loop.time(), 0, set[asyncio.Task[None]]()
    try:
        while True:
            while number < (loop.time() - start) * 1_000:
                task = asyncio.create_task(_send(circle, NOISY, number % PEOPLE))
                sent.add(task)
                task.add_done_callback(sent.discard)
                number += 1
            await _pause(0.01)
    finally:
        for task in sent:
            task.cancel()
        await asyncio.gather(*sent, return_exceptions=True)


async def _send(circle: Circle, place: Place, member: int) -> None:
    values = {"name": f"Dana {in_letters(next(circle.numbers))}", "organisation": "Nordik", "why": "the river sensor"}
    sender = Sender(f"user{member}", f"Member {member}")
    await circle.dispatcher.answer(Invocation(token_hex(8), place, sender, CalledCommand("lead add", values)))


async def _pause(seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(max(0.0, seconds)):
            await asyncio.Event().wait()
