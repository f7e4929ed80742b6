"""Two bots on one database: whichever is killed, every digest comes exactly once."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.two_bots import TwoBots
from tests.support.store import open_store

pytestmark = pytest.mark.server_only


async def test_every_digest_comes_once_whichever_bot_is_killed(tmp_path: Path):
    async with open_store(tmp_path) as db:
        bots = TwoBots(tmp_path, db, Random(7))
        try:
            for _ in range(2):
                await bots.cycle(30)
        finally:
            await bots.end()
