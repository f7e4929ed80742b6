"""Two hundred times one of two bots on one database is killed; every digest comes exactly once."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from bot.scheduling.posting import TAKEN_UP
from tests.faults.two_bots import TwoBots
from tests.support.store import open_store

pytestmark = pytest.mark.server_only
KILLS, COMMUNITIES = 200, TAKEN_UP + 5
"""More communities than one bot takes up at a time, so that both have some."""
PAIRS = 4
"""Pairs of bots at a time, each on a database of its own: most of a kill is to wait for the lease of the dead one."""


async def test_every_digest_comes_once_whichever_bot_is_killed(tmp_path: Path):
    async with asyncio.TaskGroup() as group:
        for number in range(PAIRS):
            group.create_task(_are_killed(tmp_path / str(number)))


async def _are_killed(folder: Path) -> None:
    folder.mkdir()
    async with open_store(folder) as db:
        bots = TwoBots(folder, db, Random())
        try:
            for _ in range(KILLS // PAIRS):
                await bots.cycle(COMMUNITIES)
        finally:
            await bots.end()
