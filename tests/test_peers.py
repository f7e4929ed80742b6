"""A process among others ends when it is asked to, at whatever moment."""

import asyncio
from pathlib import Path

from adapters.peers import joined
from tests.support.store import open_store


async def test_a_stop_is_heard_however_soon_it_comes_after_a_hurry(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db, joined(db) as peers:
        for turns in range(6):
            looking = asyncio.create_task(peers.keep_looking())
            await asyncio.wait({looking}, timeout=0)
            peers.hurry()
            for _ in range(turns):
                await asyncio.wait({looking}, timeout=0)
            looking.cancel()
            await asyncio.wait({looking}, timeout=30)
            assert looking.cancelled(), f"a stop is not lost {turns} turns of the loop after a hurry"
