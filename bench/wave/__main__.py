"""`python -m bench.wave [--communities N] [--processes 1,4,16]` simulates the Monday wave, and prints what came of it."""

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time

import structlog

from bench.circle import RING
from bench.table import Row, printed
from bench.wave.circles import Home, homes, settle
from bench.wave.simulation import Wave, simulate
from bot.store.database import open_database
from bot.store.keyring import KeyRing
from bot.ui.chart import Chart, GoalBar, TopPlace, WeekTotals
from bot.ui.drawing import draw

PROCESSORS = 2
"""Processors of the machine of each process, for its pictures."""
AT_MOST = 1.2
"""Times as long as Discord's own limit allows, with the digests of a zone; and half a minute to begin."""
BEGIN = 30


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(prog="bench.wave", description=__doc__)
    options.add_argument("--communities", type=int, default=100_000)
    options.add_argument(
        "--processes", type=lambda text: [int(number) for number in text.split(",")], default=[1, 4, 16]
    )
    options.add_argument("--processors", type=int, default=PROCESSORS, help="of each process, for pictures")
    options.add_argument("--folder", type=Path)
    chosen = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(prefix="hello-circle-wave-", dir=chosen.folder) as folder:
        rows = rows_of(Path(folder), chosen.communities, chosen.processes, chosen.processors)
    sys.stdout.write(printed(rows) + "\n")


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Simulate a small wave, as a part of the whole benchmark."""
    return await asyncio.to_thread(rows_of, folder, 500 if quick else 5_000, (1, 4, 16))


def rows_of(folder: Path, many: int, processes: Sequence[int], processors: int = PROCESSORS) -> list[Row]:
    """Simulate the wave of so many communities with each number of processes."""
    ready, all_homes = folder / "ready.db", homes(many)
    asyncio.run(_prepare(ready, all_homes))
    picture = seconds_of_a_picture()
    rows = [Row("one picture, processor time", f"{picture * 1000:.0f} ms")]
    for number in processes:
        file = folder / f"{number}.db"
        shutil.copyfile(ready, file)
        rows += _rows(simulate(file, all_homes, number, processors, picture))
        sys.stderr.write(f"{number} processes: done\n")
        file.unlink()
    return rows


def seconds_of_a_picture() -> float:
    """Measure how long a processor draws one picture."""
    took: list[float] = []
    for number in range(12):
        weeks = tuple(WeekTotals(202601 + week, 9 + week + number, 4, 1) for week in range(8))
        places = tuple(TopPlace(place, f"Amina {place}", 20 - place) for place in range(1, 11))
        before = process_time()
        draw(Chart(weeks, places, GoalBar(41, 60)), "en")
        took.append(process_time() - before)
    return median(took)


async def _prepare(file: Path, all_homes: list[Home]) -> None:
    db = await open_database(f"sqlite+aiosqlite:///{file}", KeyRing.parse(RING))
    await settle(db, all_homes)
    await db.empty_log()
    await db.close()


def _rows(wave: Wave) -> list[Row]:
    """Show a wave."""
    name = f"{wave.communities:,} communities, {wave.processes} processes"
    limit = wave.least * AT_MOST + BEGIN
    once = wave.posted == wave.communities and not wave.twice
    return [
        Row(f"{name}: digests out, each once", f"{wave.posted:,}", aim=f"{wave.communities:,}", reached=once),
        Row(
            f"  the largest zone, {wave.largest:,} of it on Discord: the last digest after",
            f"{wave.took:,.0f} s",
            f"{wave.least:,.0f} s",
            f"{wave.took / max(wave.least, 1):.2f} x",
            f"<= {limit:,.0f} s",
            wave.took <= limit,
        ),
        Row("  the most requests in a second", ", ".join(f"{name} {most}" for name, most in wave.a_second.items())),
        Row("  requests refused by a platform", f"{wave.refused:,}"),
        Row(
            "  statements",
            f"{wave.statements:,} in {wave.works:,} works, {wave.statements / wave.posted:.1f} a digest",
        ),
        Row("  pictures", f"{wave.pictures:,}"),
        Row("  one process's own thread worked at the most", f"{wave.busiest:,.0f} s"),
        Row("  memory of the whole simulation", f"{wave.megabytes:,.0f} MB"),
    ]


if __name__ == "__main__":
    main()
