"""A file with a million leads beside an empty one: adding a lead, and the board of that one community."""

import asyncio
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.boards import board_time
from bench.circle import PLACE, open_circle
from bench.seed import everyone_joined, fill
from bench.table import Row, at_most, times_floor

MANY = 1_000_000
SIZE = 500
SAME = 1.2
"""The cost must not grow; what is above one is the noise of a shared machine."""
BOARD_LIMIT = 0.005


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Fill one file, then measure both in turn."""
    many, rounds = (100_000, 5) if quick else (MANY, 15)
    for kind in ("empty", "full"):
        async with open_circle(folder / kind, SIZE) as circle:
            community = await circle.db.write(lambda tx: everyone_joined(tx, PLACE.community, SIZE))
    await asyncio.to_thread(fill, folder / "full" / "circle.db", community, many)
    floor: list[float] = []
    figure: list[float] = []
    async with open_circle(folder / "empty") as empty, open_circle(folder / "full") as full:
        for _ in range(rounds):
            for circle, took in ((empty, floor), (full, figure)):
                for member in range(40):
                    start = perf_counter()
                    await circle.add(member)
                    took.append(perf_counter() - start)
        board = await board_time(full, PLACE.community, 20 if quick else 60)
    name = f"/lead add with {many:,} leads in the file, against an empty one, p50"
    # The first round is a warm-up: each member's first lead is answered at more length.
    return [
        times_floor(name, median(figure[40:]), median(floor[40:]), SAME),
        at_most(f"a week's board, community with {many:,} leads", board, BOARD_LIMIT),
    ]
