"""Works that share transactions, many times: what comes of them is what comes of one after the other."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.store import server
from bot.store.database import Database, Tx
from tests.faults.kinds_that_meet import KINDS
from tests.faults.meeting import Bots, Kind, Outcome, differences, in_order, two_bots
from tests.faults.sharing import LONG, check_by_chance, of
from tests.live.waiting import passes

pytestmark = pytest.mark.server_only
SEEDS, TIMES = 150, 10
GIVEN = 0.05
"""Seconds after which works of the program have mostly been given to the store."""


@pytest.fixture(autouse=True)
def one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each bot have one connection that writes, so that what is given while it works shares the next turn."""
    monkeypatch.setattr(server, "WRITERS", 1)


@asynccontextmanager
async def held_up(db: Database) -> AsyncGenerator[None]:
    """Let what is given to a store wait while the block runs."""
    begun, held = threading.Event(), threading.Event()

    def hold(_: Tx) -> None:
        begun.set()
        held.wait(LONG)

    holding = asyncio.ensure_future(of("first", db, hold))
    await asyncio.to_thread(begun.wait, LONG)
    try:
        yield
    finally:
        held.set()
        await holding


async def at_once(bots: Bots, kind: Kind) -> Outcome:
    """Do works by one of the bots, all that wait together in one transaction."""
    await bots.begin()
    works = await kind(bots)
    async with held_up(bots.stores[0]):
        asked = [asyncio.ensure_future(work(bots)) for work in works]
        await passes(GIVEN)
    return list(await asyncio.gather(*asked)), await bots.state()


@pytest.mark.parametrize("kind", KINDS)
async def test_what_comes_of_works_that_meet_is_what_comes_of_one_after_the_other(tmp_path: Path, kind: Kind):
    async with two_bots(tmp_path) as bots:
        bots.stores = (bots.stores[0], bots.stores[0])
        allowed = await in_order(bots, kind)
        for _ in range(TIMES):
            outcome = await at_once(bots, kind)
            assert outcome in allowed, differences(outcome, allowed)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_each_is_kept_once_and_in_its_order(tmp_path: Path, seed: int):
    await check_by_chance(tmp_path, seed)
