"""What is about no one community goes on while a work has the whole server for itself."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.peers import Peers, joined
from bot.engine.clock import ManualClock
from bot.engine.pace import Pace
from bot.engine.spending import Spending
from bot.features import everything
from bot.scheduling import expiry
from bot.scheduling.installations import Installations
from bot.store import agenda, installations, notices, posts
from bot.store.database import Database, Tx
from bot.store.installations import Installation
from bot.store.reach import place_of
from bot.store.turns import on_behalf_of
from tests.support.store import NOW, open_store, someone

pytestmark = pytest.mark.server_only
LEASE = timedelta(minutes=2)
SOON = 60
"""Seconds in which everything here is done that waits for nobody; what waits for the other work waits for ever."""


@asynccontextmanager
async def busy(folder: Path) -> AsyncGenerator[None]:
    """Let one work have everything for itself while the block runs, as when a new version plans everything anew."""
    begun, over = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def long(tx: Tx) -> None:
        # The locks come with the first statement.
        tx.execute(sa.select(1))
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(over.wait(), loop).result()

    async with open_store(folder) as other:
        working = asyncio.create_task(other.write(long))
        await begun.wait()
        try:
            yield
        finally:
            over.set()
            await working


def purges(db: Database, _: Peers) -> Awaitable[object]:
    return db.row_by_row(lambda tx: expiry.purge(tx, NOW))


def looks_at_the_agenda(db: Database, _: Peers) -> Awaitable[object]:
    return db.row_by_row(lambda tx: agenda.hold(tx, NOW, LEASE, 10))


def claims_posts(db: Database, _: Peers) -> Awaitable[object]:
    return db.row_by_row(lambda tx: posts.claim(tx, NOW, "me", LEASE, platforms=("console",), limit=10))


def claims_messages(db: Database, _: Peers) -> Awaitable[object]:
    return db.row_by_row(lambda tx: notices.claim(tx, NOW, "me", LEASE, platforms=("console",), limit=10))


def says_that_it_is_there(_: Database, peers: Peers) -> Awaitable[object]:
    return peers.look()


def takes_a_socket(_: Database, peers: Peers) -> Awaitable[object]:
    return peers.take_one(("slack:socket:1",))


def renews_a_token(db: Database, _: Peers) -> Awaitable[object]:
    return Installations(db, ManualClock(NOW), everything(), "slack").take_renewal("T1")


async def shares_its_pace(db: Database, _: Peers) -> None:
    spending = Spending(db, Pace(), ManualClock(NOW), _told=True)
    await spending.exchange()


@pytest.mark.parametrize(
    "does",
    [
        purges,
        looks_at_the_agenda,
        claims_posts,
        claims_messages,
        says_that_it_is_there,
        takes_a_socket,
        renews_a_token,
        shares_its_pace,
    ],
)
async def test_what_comes_again_and_again_waits_for_no_work_about_everything(
    tmp_path: Path, does: Callable[[Database, Peers], Awaitable[object]]
):
    async with open_store(tmp_path) as db, joined(db) as peers:
        await db.write(lambda tx: installations.put(tx, Installation("T1", {"token": "x"}, None), "T1", NOW))
        async with busy(tmp_path):
            async with asyncio.timeout(SOON):
                await does(db, peers)


async def test_a_member_waits_for_a_work_about_everything(tmp_path: Path):
    async with open_store(tmp_path) as db:
        async with busy(tmp_path):
            with on_behalf_of(place_of("console", "circle")):
                adding = asyncio.create_task(db.write(someone))
            ended, _ = await asyncio.wait({adding}, timeout=0.3)
            assert not ended
        await adding
