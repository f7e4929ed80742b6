"""Four processes of the bot against one, on one PostgreSQL server, with the same members at once in all."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.adding import TOGETHER
from bench.circle import open_circle
from bench.on_server import settled, typical
from bench.server import Used, new_database, running, used
from bench.table import Row, times_rate

MANY = 4
AT_LEAST = 2.5
"""Times as many commands as one process, where the machine has room."""
NEEDED = 6
"""Processors that it needs: one for each process, and two for the server."""


@dataclass(frozen=True)
class Bot:
    """A process of the bot that waits for what to do."""

    process: subprocess.Popen[str]

    def ask(self, together: int, repeats: int) -> None:
        """Let it add leads."""
        assert self.process.stdin is not None  # noqa: S101 - as it was started
        self.process.stdin.write(f"{together} {repeats}\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        """Wait until it tells something."""
        assert self.process.stdout is not None  # noqa: S101 - as it was started
        return self.process.stdout.readline().strip()


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure one process and four in turn."""
    rounds, repeats = (2, 8) if quick else (5, 20)
    with running():
        url = new_database("circles")
        async with open_circle(folder, url=url) as circle:
            await settled(circle)
        with _bots(url) as bots:
            for many in (1, MANY):
                _round(bots[:many], 2)
            rates: dict[int, list[float]] = {1: [], MANY: []}
            not_kept = 0
            spent: dict[int, list[Used]] = {1: [], MANY: []}
            for _ in range(rounds):
                for many in (1, MANY):
                    rate, cost, lost = _round(bots[:many], repeats)
                    not_kept += lost
                    rates[many].append(rate)
                    spent[many].append(cost)
    works = TOGETHER * repeats
    name = f"/lead add, {TOGETHER} at once: {MANY} processes against one"
    row = times_rate(name, median(rates[MANY]), median(rates[1]), AT_LEAST)
    if (processors := os.cpu_count() or 1) < NEEDED:
        # They cannot be faster than the machine, so there is nothing to reach.
        row = Row(row.name, row.figure, row.floor, row.ratio, f"no room: {processors} processors")
    rows = [Row(f"  each of them, {many} at work", typical(spent[many]).words(works)) for many in spent]
    return [row, *rows, Row("  commands that were not kept", f"{not_kept:,}", aim="none", reached=not not_kept)]


@contextmanager
def _bots(url: str) -> Generator[list[Bot]]:
    """Start the processes, and end them."""
    words = [sys.executable, "-m", "bench.one_process", url]
    pipe = subprocess.PIPE
    started = [
        Bot(subprocess.Popen([*words, str(number * TOGETHER // MANY)], stdin=pipe, stdout=pipe, text=True))
        for number in range(MANY)
    ]
    try:
        for bot in started:
            bot.answer()
        yield started
    finally:
        for bot in started:
            bot.process.communicate()


def _round(bots: Sequence[Bot], repeats: int) -> tuple[float, Used, int]:
    """Let processes share the members; gives commands a second in all, what was used, and how many were not kept."""
    before = used()
    for bot in bots:
        bot.ask(TOGETHER // len(bots), repeats)
    told = [json.loads(bot.answer()) for bot in bots]
    after = used().since(before)
    seconds = max(end for _, end, _, _ in told) - min(start for start, _, _, _ in told)
    here = sum(cost for _, _, cost, _ in told)
    return (
        TOGETHER * repeats / seconds,
        Used(after.statements, after.undone, here, after.there),
        sum(lost for *_, lost in told),
    )
