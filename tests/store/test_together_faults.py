"""Works on a server that share a transaction are each kept once, whatever another bot holds, and whatever breaks."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import DataCorrupted

from bot.store import server
from bot.store.batch import Tx
from bot.store.database import Database
from bot.store.errors import Corrupt, NotSaved, Stopped
from bot.store.postgres import together, worker
from bot.store.postgres.pipeline import StatementPipeline
from bot.store.reach import enter, place_of
from tests.faults.sharing import LONG, check_by_chance, names, number, of, puts, shared
from tests.support import postgres
from tests.support.store import open_store, someone

pytestmark = pytest.mark.server_only


@pytest.fixture(autouse=True)
def one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be one connection that writes, so that what is given while it works shares the next turn."""
    monkeypatch.setattr(server, "WRITERS", 1)
    # On a busy machine the works would be parted; how many share is what is looked at here.
    monkeypatch.setattr(together, "LONGEST", 3600)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncGenerator[Database]:
    async with open_store(tmp_path) as opened:
        yield opened


async def test_a_work_that_needs_what_another_has_begins_again_alone(tmp_path: Path, db: Database):
    """The others do not wait for it with what they have done."""
    place = await db.write(lambda tx: someone(tx, platform_id="there").community)
    begun, held, again, turns = threading.Event(), threading.Event(), threading.Event(), list[int]()

    def hold(tx: Tx) -> None:
        enter(tx, [place])
        begun.set()
        held.wait(LONG)

    def needs(tx: Tx) -> str:
        turns.append(1)
        if len(turns) > 1:
            again.set()
        enter(tx, [place])
        return puts("needs")(tx)

    async with open_store(tmp_path) as other:
        holding = asyncio.ensure_future(of(place_of("console", "there"), other, hold))
        await asyncio.to_thread(begun.wait, LONG)
        works = asyncio.ensure_future(shared(db, ("a", puts("a")), ("b", needs)))
        await asyncio.to_thread(again.wait, LONG)
        assert await names(db) == ["a"]
        held.set()
        await holding
        numbers = await works
    assert len(set(numbers)) == 2
    assert await names(db) == ["a", "needs"]


async def test_a_community_that_another_bot_holds_does_not_hold_up_who_shares_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    begun, held, alone = threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(together, "WAITS", "20ms")
    monkeypatch.setitem(worker._LIMITS, "lock_timeout", "10min")

    def hold(tx: Tx) -> None:
        number(tx)
        begun.set()
        held.wait(LONG)

    def waits(tx: Tx) -> str:
        alone.set()
        return puts("x")(tx)

    async with open_store(tmp_path) as db, open_store(tmp_path) as other:
        holding = asyncio.ensure_future(of("x", other, hold))
        await asyncio.to_thread(begun.wait, LONG)
        works = asyncio.ensure_future(shared(db, ("a", puts("a")), ("x", waits)))
        await asyncio.to_thread(alone.wait, LONG)
        assert await names(db) == ["a"]
        held.set()
        await asyncio.gather(holding, works)
        assert await names(db) == ["a", "x"]


async def test_a_connection_that_breaks_at_any_message_leaves_each_done_once(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
):
    messages, flush = list[int](), StatementPipeline.flush
    last = 4
    """The one with the commit; before it, each work has one."""

    def breaks(self: StatementPipeline) -> None:
        if any(queued.sql.startswith("INSERT") for queued in self._waiting) or messages:
            messages.append(1)
        if len(messages) == after:
            postgres.cut(postgres.database_of(tmp_path))
        flush(self)

    monkeypatch.setattr(StatementPipeline, "flush", breaks)
    for after in range(1, last + 1):
        messages.clear()
        answers = await shared(db, *((name, puts(f"{name}{after}")) for name in "abc"))
        assert [type(answer) for answer in answers] == [str] * 3
        assert len(messages) >= last
    assert await names(db) == [f"{name}{after}" for name in "abc" for after in range(1, last + 1)]


@pytest.mark.parametrize("fate", ["kept", "lost", "unknown"])
async def test_a_commit_whose_fate_is_not_known_is_asked_for_once(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch, fate: str
):
    """All were kept or none; and when nobody can tell, none is done again."""
    commit, commits = worker._commit, list[int]()
    sharing = 2
    """The commit of those that share comes behind that of the work which was waited for."""

    def breaks(pipeline: StatementPipeline) -> None:
        commits.append(1)
        if len(commits) != sharing:
            return commit(pipeline)
        if fate != "lost":
            commit(pipeline)
        postgres.cut(postgres.database_of(tmp_path))
        raise worker.CommitUnknown(psycopg.OperationalError("the connection is lost"))

    monkeypatch.setattr(worker, "_commit", breaks)
    if fate == "unknown":
        # The server is away for longer than anybody waits for it.
        monkeypatch.setattr(together, "PATIENCE", 0)
    answers = await shared(db, *((name, puts(name)) for name in "abc"))
    assert all(isinstance(answer, NotSaved if fate == "unknown" else str) for answer in answers), answers
    assert len(commits) == {"kept": 2, "lost": 5, "unknown": 2}[fate]
    assert await names(db) == ["a", "b", "c"]


async def test_a_database_found_damaged_refuses_who_shared_with_who_found_it(db: Database):
    def finds(tx: Tx) -> None:
        puts("lost")(tx)
        raise DataCorrupted

    answers = await shared(db, ("a", finds), ("a", puts("a")), ("b", puts("b")))
    assert [type(answer) for answer in answers] == [Corrupt, Stopped, Stopped]
    assert await names(db) == []


@pytest.mark.parametrize("seed", range(2))
async def test_works_of_two_bots_that_share_come_out_as_if_one_had_followed_the_other(tmp_path: Path, seed: int):
    """Some are refused, some fail after a change, some need another community, and some lose their connection."""
    await check_by_chance(tmp_path, seed)
