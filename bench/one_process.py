"""One of several processes of the bot on one server: at each line that comes in, it adds leads, and tells how long it took.

`python -m bench.one_process URL FIRST` is started by `bench.processes`; a line is how many members act at once, and how
often each. It tells when it began and ended, its seconds of processor time, and how many were not kept.
"""

import asyncio
import itertools
import json
import logging
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import structlog

from adapters.cli import collect_seldom
from bench.circle import Circle, open_circle
from bench.on_server import at_once, places


@dataclass
class Lost:
    """How many commands were answered with a fault."""

    many: int = 0


async def serve(url: str, first: int) -> None:
    """Add leads as often as it is asked; its members are numbered from `first`."""
    with TemporaryDirectory() as folder:
        async with open_circle(Path(folder), url=url) as opened:
            # No two processes get the same delivery, nor the same name.
            circle = replace(opened, numbers=itertools.count(first * 1_000_000_000))
            _tell("ready")
            while line := await asyncio.to_thread(sys.stdin.readline):
                together, repeats = map(int, line.split())
                start, used, lost = perf_counter(), process_time(), Lost()
                await at_once(partial(_add, circle, lost, first), together, repeats)
                _tell(json.dumps([start, perf_counter(), process_time() - used, lost.many]))


async def _add(circle: Circle, lost: Lost, first: int, number: int) -> None:
    try:
        await circle.add(first + number, places()[(first + number) % len(places())])
    except RuntimeError:
        lost.many += 1


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    collect_seldom()
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
