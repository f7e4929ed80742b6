"""`/lead add` through the dispatcher into a durable file, one at a time and many at once, beside a bare insert."""

import asyncio
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bench.bare import insert, open_bare
from bench.circle import Circle, open_circle
from bench.table import Row, at_most, spread, times_floor, times_rate

TOGETHER = 64
ONE_AT_MOST = 1.4
"""Times as long as a bare insert and commit, which one `/lead add` may take."""
MANY_AT_LEAST = 2
"""Times as many as bare inserts, because works that wait share one commit."""
SLOW_AT_LEAST = 25
"""The same on a slow disk, where a commit costs more and sharing it saves more."""
PROCESSOR_AT_MOST = 0.0003
"""Seconds of processor time for a command."""


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure one at a time and 64 at once."""
    rounds, repeats = (5, 20) if quick else (15, 60)
    async with open_bare(folder) as bare, open_circle(folder) as circle:
        await warm_up(circle)
        await insert(bare, repeats)
        floor: list[float] = []
        alone: list[float] = []
        floor_rates: list[float] = []
        rates: list[float] = []
        used: list[float] = []
        for _ in range(rounds):
            took = await insert(bare, repeats)
            floor += took
            floor_rates.append(len(took) / sum(took))
            alone += await one_by_one(circle, repeats)
            times, before = 8 if quick else 16, process_time()
            rates.append(await at_once(circle, times))
            used.append((process_time() - before) / (TOGETHER * times))
    return [
        times_floor("/lead add, one at a time, p50", median(alone), median(floor), ONE_AT_MOST),
        spread("  the same, spread", alone),
        spread("  a bare insert and commit, spread", floor),
        times_rate(f"/lead add, {TOGETHER} at once", median(rates), median(floor_rates), MANY_AT_LEAST),
        at_most("  the same, processor time of each", median(used), PROCESSOR_AT_MOST),
    ]


async def measure_slowed(folder: Path, *, quick: bool) -> list[Row]:
    """Measure 64 at once; it must run with a disk that is slowed (`bench.slow_disk`)."""
    floor_rates: list[float] = []
    rates: list[float] = []
    async with open_bare(folder) as bare, open_circle(folder) as circle:
        await warm_up(circle)
        for _ in range(2 if quick else 5):
            took = await insert(bare, 20)
            floor_rates.append(len(took) / sum(took))
            rates.append(await at_once(circle, 8))
    name = f"/lead add, {TOGETHER} at once, fsync slowed by 10 ms"
    return [times_rate(name, median(rates), median(floor_rates), SLOW_AT_LEAST)]


async def warm_up(circle: Circle) -> None:
    """Let every member add a first lead, whose answer differs from the later ones."""
    for member in range(TOGETHER):
        await circle.add(member)


async def one_by_one(circle: Circle, times: int) -> list[float]:
    """Add leads one after another; gives the seconds of each."""
    took: list[float] = []
    for number in range(times):
        start = perf_counter()
        await circle.add(number % TOGETHER)
        took.append(perf_counter() - start)
    return took


async def at_once(circle: Circle, repeats: int) -> float:
    """Let 64 members add leads at once, each the next when the last was answered; gives leads a second."""

    async def member(number: int) -> None:
        for _ in range(repeats):
            await circle.add(number)

    start = perf_counter()
    await asyncio.gather(*(member(number) for number in range(TOGETHER)))
    return TOGETHER * repeats / (perf_counter() - start)
