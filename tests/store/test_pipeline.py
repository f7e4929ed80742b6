"""What is sent to a server together: fewer round trips, with the same faults, order and promises as one by one."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import ConnectionInfo
from psycopg.errors import UniqueViolation

from bot.store.batch import Tx, is_spoilt
from bot.store.database import Database
from bot.store.postgres import worker
from bot.store.postgres.pipeline import QueuedStatement, StatementPipeline
from bot.store.prepared import Prepared
from bot.store.tables import platform_facts as facts
from tests.faults.circle import open_circle
from tests.support import postgres
from tests.support.store import open_store

pytestmark = pytest.mark.server_only
LONG = 60
_put = Prepared(facts.insert(), "name", "value")
_named = Prepared(sa.select(facts.c.value).where(facts.c.name == sa.bindparam("known_as")))
_names = sa.select(facts.c.name).where(sa.func.length(facts.c.name) == 1)


@pytest.fixture(params=["own", "pooled"], autouse=True)
def connected(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let connections be the program's own, or another's who lends them, where the server may keep no statement."""
    if request.param == "pooled":
        monkeypatch.setattr(ConnectionInfo, "backend_pid", 0)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncGenerator[Database]:
    async with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the statements of each message."""
    messages, put_message = list[list[str]](), StatementPipeline._put

    def noted(self: StatementPipeline, line: Any, sent: Sequence[QueuedStatement]) -> Any:
        messages.append([queued.sql for queued in sent])
        return put_message(self, line, sent)

    monkeypatch.setattr(StatementPipeline, "_put", noted)
    return messages


def put(tx: Tx, name: str, words: str = "") -> None:
    _put.send(tx, name=name, value={"words": words})


async def names(db: Database) -> list[str]:
    return await db.read(lambda tx: list(tx.execute(_names.order_by(facts.c.name)).scalars()))


async def test_adding_a_person_takes_seven_round_trips(tmp_path: Path, trips: list[list[str]]):
    async with open_circle(tmp_path) as circle:
        await circle.add("0-1-0")
        trips.clear()
        await circle.add("0-1-1")
    # One of them asks whether the week was posted, because the test is on a Monday.
    assert len(trips) == 7
    assert trips[0][0].startswith("BEGIN")
    assert trips[-1][-1] == "COMMIT"
    assert trips[-1][-2].startswith("INSERT INTO deliveries")


async def test_what_was_sent_comes_before_what_goes_by_another_road(db: Database):
    def work(tx: Tx) -> tuple[list[str], int]:
        put(tx, "a")
        seen = list(tx.execute(_names).scalars())
        put(tx, "b")
        return seen, _put.run_all(tx, [{"name": "c", "value": {}}])

    assert await db.write(work) == (["a"], 1)
    assert await names(db) == ["a", "b", "c"]


async def test_a_statement_that_fails_is_told_where_the_next_one_is_run(db: Database):
    def work(tx: Tx) -> None:
        put(tx, "a")
        put(tx, "a")
        with pytest.raises(UniqueViolation):
            _named.first(tx, known_as="a")
        raise KeyError

    with pytest.raises(KeyError):
        await db.write(work)
    assert await names(db) == []


async def test_a_statement_that_fails_with_the_commit_leaves_nothing(db: Database):
    def work(tx: Tx, *names: str) -> None:
        for name in names:
            put(tx, name)

    with pytest.raises(UniqueViolation):
        await db.write(lambda tx: work(tx, "a", "b", "a"))
    assert await names(db) == []
    await db.write(lambda tx: work(tx, "a", "b"))
    assert await names(db) == ["a", "b"]


async def test_who_catches_a_fault_learns_of_one_that_was_still_to_come(db: Database):
    def work(tx: Tx) -> None:
        put(tx, "a")
        put(tx, "a")
        with pytest.raises(UniqueViolation):
            is_spoilt(tx)
        assert is_spoilt(tx)
        raise KeyError

    with pytest.raises(KeyError):
        await db.write(work)
    assert await db.write(is_spoilt) is False


async def test_an_answer_to_a_question_asked_ahead_is_never_older_than_a_change(db: Database, trips: list[list[str]]):
    def work(tx: Tx) -> list[bool]:
        answers: list[bool] = []
        for change in (lambda: None, lambda: put(tx, "a"), lambda: tx.execute(facts.delete())):
            _named.ask(tx, known_as="a")
            _named.first(tx, known_as="b")
            change()
            answers.append(_named.first(tx, known_as="a") is not None)
        return answers

    await db.write(lambda tx: _named.first(tx, known_as="b"))
    trips.clear()
    assert await db.write(work) == [False, True, False]
    questions = [sum("WHERE" in sql for sql in message) for message in trips]
    assert questions == [2, 2, 1, 2, 1, 0]


async def test_more_than_fits_on_the_wire_goes_both_ways_at_once(db: Database):
    long = "ab" * 500_000

    def work(tx: Tx) -> int:
        put(tx, "0", long)
        for number in range(1, 6):
            _named.ask(tx, known_as="0")
            put(tx, str(number), long)
        return len(_named.all(tx, known_as="5")[0].value["words"])

    async with asyncio.timeout(LONG):
        assert await db.write(work) == len(long)
    assert await names(db) == list("012345")


@pytest.mark.parametrize("fate", ["kept", "lost"])
async def test_a_work_that_goes_with_its_commit_is_done_once_though_the_connection_breaks(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch, fate: str
):
    """The number of the transaction is known before anything goes that ends it."""
    begun, broken, flush = list[int](), list[str](), StatementPipeline.flush

    def breaks(self: StatementPipeline) -> None:
        if broken or not begun or all(later.sql != "COMMIT" for later in self._waiting):
            return flush(self)
        broken.append(fate)
        if fate == "kept":
            flush(self)
        postgres.cut(postgres.database_of(tmp_path))
        if fate == "kept":
            raise psycopg.OperationalError("the connection is lost")
        return flush(self)

    def work(tx: Tx) -> None:
        begun.append(1)
        put(tx, "a")

    monkeypatch.setattr(StatementPipeline, "flush", breaks)
    await db.write(work)
    assert broken
    assert len(begun) == (1 if fate == "kept" else 2)
    assert await names(db) == ["a"]


def put_by_sqlalchemy(tx: Tx, rows: list[dict[str, Any]]) -> None:
    tx.execute(facts.insert(), rows)


@pytest.mark.parametrize("put", [_put.run_all, put_by_sqlalchemy], ids=["prepared", "by SQLAlchemy"])
async def test_a_work_that_stands_still_after_many_rows_is_ended_by_the_server_and_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Tx, list[dict[str, Any]]], object]
):
    monkeypatch.setitem(worker._LIMITS, "idle_in_transaction_session_timeout", "150ms")
    tries: list[float] = []

    def work(tx: Tx) -> None:
        tries.append(0.5 if not tries else 0.0)
        put(tx, [{"name": name, "value": {"words": ""}} for name in "ab"])
        time.sleep(tries[-1])

    async with open_store(tmp_path) as db:
        await db.write(work)
        assert len(tries) > 1
        assert await names(db) == ["a", "b"]
