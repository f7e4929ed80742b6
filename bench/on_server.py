"""`/lead add` on a PostgreSQL server, 64 at once, beside SQLAlchemy Core with ten plain statements a transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.adding import TOGETHER
from bench.bare_server import open_bare
from bench.circle import PLACE, Circle, open_circle, settle_in
from bench.server import Used, new_database, running, used
from bench.table import Row, times_rate
from bot.engine.invocation import Place

AT_LEAST = 2
"""Times as many as Core, with each member in a community of their own."""
Add = Callable[[int], Awaitable[None]]


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure the floor, 64 communities, and one community of 64, in turn."""
    rounds, repeats = (3, 8) if quick else (7, 20)
    with running():
        url, plain = new_database("circles"), new_database("plain")
        async with open_circle(folder, url=url) as circle, open_bare(plain, TOGETHER) as bare:
            await settled(circle)
            apart = places()
            roads: dict[str, Add] = {
                "plain": bare.add,
                "apart": lambda member: circle.add(0, apart[member]),
                "together": circle.add,
            }
            rates: dict[str, list[float]] = {road: [] for road in roads}
            spent: dict[str, list[Used]] = {road: [] for road in roads}
            for add in roads.values():
                await at_once(add, TOGETHER, 2)
            for _ in range(rounds):
                for road, add in roads.items():
                    before = used()
                    rates[road].append(await at_once(add, TOGETHER, repeats))
                    spent[road].append(used().since(before))
    floor = median(rates["plain"])
    works = TOGETHER * repeats
    name = f"/lead add on PostgreSQL, {TOGETHER} at once"
    return [
        times_rate(f"{name}, each in a community of their own", median(rates["apart"]), floor, AT_LEAST),
        Row("  each of them", typical(spent["apart"]).words(works)),
        times_rate(f"{name}, all in one community", median(rates["together"]), floor, AT_LEAST),
        Row("  each of them", typical(spent["together"]).words(works)),
        Row("  each of the floor", typical(spent["plain"]).words(works)),
    ]


def places() -> list[Place]:
    """Name a community for each member."""
    return [replace(PLACE, community=f"circle{number}") for number in range(TOGETHER)]


async def settled(circle: Circle) -> None:
    """Set up a community for each member."""
    for place in places():
        await circle.db.write(lambda tx, place=place: settle_in(tx, place.community, place.name, 1))


def typical(spent: list[Used]) -> Used:
    """Give the round in the middle by processor time."""
    return sorted(spent, key=lambda cost: cost.here + cost.there)[len(spent) // 2]


async def at_once(add: Add, together: int, repeats: int) -> float:
    """Let so many add at once, each the next when the last was done; gives how many a second."""

    async def member(number: int) -> None:
        for _ in range(repeats):
            await add(number)

    start = perf_counter()
    await asyncio.gather(*(member(number) for number in range(together)))
    return together * repeats / (perf_counter() - start)
