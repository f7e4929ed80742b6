"""A quiet community beside a noisy one: how long its members wait, alone and while the other sends all it can."""

import asyncio
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from statistics import quantiles
from time import perf_counter

from bench.circle import Circle, in_letters, open_circle, settle_in
from bench.table import Row, milliseconds
from bot.engine.invocation import Called, Invocation, Place, Sender
from bot.engine.pace import Rates

QUIET, NOISY = Place("console", "quiet", "Quiet"), Place("console", "noisy", "Noisy")
PEOPLE = 1_000
EVERY = 0.05
"""Seconds between the commands of the quiet community; each of its members sends one."""
MORE_AT_MOST = 1.2
BURST_LIMIT = 0.1


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure alone, beside a thousand commands a second, and beside a thousand at once; in turn, several times."""
    alone: list[float] = []
    beside: list[float] = []
    burst: list[float] = []
    times = 60 if quick else 200
    async with open_circle(folder, rates=Rates()) as circle:
        for place in (QUIET, NOISY):
            await circle.db.write(lambda tx, place=place: settle_in(tx, place.community, place.name, PEOPLE))
        for turn in range(3):
            first = turn * times
            alone += await _quietly(circle, first, times)
            noise = asyncio.create_task(_noise(circle))
            beside += await _quietly(circle, first, times)
            noise.cancel()
            await asyncio.gather(noise, return_exceptions=True)
            at_once = [asyncio.create_task(_send(circle, NOISY, number)) for number in range(PEOPLE)]
            burst += await _quietly(circle, first, times // 4)
            await asyncio.gather(*at_once)
    p95, more, most = (quantiles(took, n=20)[18] for took in (alone, beside, burst))
    ratio = more / p95
    written = milliseconds(more), milliseconds(p95), f"{ratio:.2f} x"
    return [
        Row(
            "a quiet community beside 1,000 commands a second of another, p95",
            *written,
            aim=f"<= {MORE_AT_MOST:g} x",
            reached=ratio <= MORE_AT_MOST,
        ),
        Row(
            "  beside 1,000 commands at once, p95",
            milliseconds(most),
            milliseconds(p95),
            f"{most / p95:.2f} x",
            f"<= {BURST_LIMIT * 1000:g} ms",
            most <= BURST_LIMIT,
        ),
    ]


async def _quietly(circle: Circle, first: int, times: int) -> list[float]:
    """Use the quiet community at an even pace, each time as another member; gives the seconds of each."""
    took: list[float] = []
    for number in range(times):
        start = perf_counter()
        await _send(circle, QUIET, (first + number) % PEOPLE)
        took.append(perf_counter() - start)
        await _pause(EVERY - took[-1])
    return took


async def _noise(circle: Circle) -> None:
    """Send a thousand commands a second, each from another member, without waiting for answers."""
    loop = asyncio.get_running_loop()
    start, number, sent = loop.time(), 0, set[asyncio.Task[None]]()
    while True:
        while number < (loop.time() - start) * 1_000:
            task = asyncio.create_task(_send(circle, NOISY, number % PEOPLE))
            sent.add(task)
            task.add_done_callback(sent.discard)
            number += 1
        await _pause(0.01)


async def _send(circle: Circle, place: Place, member: int) -> None:
    values = {"name": f"Dana {in_letters(next(circle.numbers))}", "organisation": "Nordik", "why": "the river sensor"}
    sender = Sender(f"user{member}", f"Member {member}")
    await circle.dispatcher.answer(Invocation(token_hex(8), place, sender, Called("lead add", values)))


async def _pause(seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(max(0.0, seconds)):
            await asyncio.Event().wait()
