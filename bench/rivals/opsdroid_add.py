"""Adds leads by Opsdroid's own mocked connector, many at once; prints how many a second, and processor time for each.

It is started as: opsdroid_add.py FILE TOGETHER ROUNDS.
"""

import asyncio
import json
import logging
import os
import sys
from time import perf_counter, process_time

from opsdroid.cli.utils import configure_lang
from opsdroid.core import OpsDroid
from opsdroid.events import Message

TOGETHER, ROUNDS = map(int, sys.argv[2:])
CONFIG = {
    "logging": {"level": "error", "path": False, "console": False},
    "welcome-message": False,
    "connectors": {"mock": {"module": "opsdroid.testing.mockmodules.connectors.mocked"}},
    "skills": {"leads": {"module": "opsdroid_skill"}},
}


class Line(Message):
    """A line that keeps its answer."""

    answer = ""

    async def respond(self, event: str) -> None:
        """Keep the answer."""
        self.answer = event


async def _add(droid: OpsDroid, member: int, times: int) -> None:
    for number in range(times):
        line = Line(f"/lead add Dana {number} {member}", user=f"user{member}", connector=droid.connectors[0])
        await droid.parse(line)
        if "Added: Dana" not in line.answer:
            raise RuntimeError(line.answer)


async def _measure() -> None:
    with OpsDroid(config=CONFIG) as droid:
        await droid.load()
        logging.getLogger().setLevel(logging.ERROR)
        await asyncio.gather(*(_add(droid, member, 1) for member in range(TOGETHER)))
        start, used = perf_counter(), process_time()
        await asyncio.gather(*(_add(droid, member, ROUNDS) for member in range(TOGETHER)))
        leads = TOGETHER * ROUNDS
        sys.stdout.write(json.dumps([leads / (perf_counter() - start), (process_time() - used) / leads]))
        sys.stdout.flush()


if __name__ == "__main__":
    configure_lang({})
    asyncio.new_event_loop().run_until_complete(_measure())
    os._exit(0)  # what it keeps running is of no interest
