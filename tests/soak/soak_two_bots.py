"""Two hundred times one of two bots on one database is killed; every digest comes exactly once."""

from pathlib import Path
from random import Random

import pytest

from bot.scheduling.posting import TAKEN_UP
from tests.faults.two_bots import TwoBots
from tests.support.store import open_store

pytestmark = pytest.mark.server_only
KILLS, COMMUNITIES = 200, TAKEN_UP + 5
"""More communities than one bot takes up at a time, so that both have some."""


async def test_every_digest_comes_once_whichever_bot_is_killed(tmp_path: Path):
    async with open_store(tmp_path) as db:
        bots = TwoBots(tmp_path, db, Random())
        try:
            for _ in range(KILLS):
                await bots.cycle(COMMUNITIES)
        finally:
            await bots.end()
