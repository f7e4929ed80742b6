"""Works on a server that share a transaction: each comes out as if it had been alone, and is kept once, whatever breaks."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any

import pytest
from psycopg.errors import UniqueViolation

from bot.domain.ids import Who
from bot.store import server, touched
from bot.store.batch import Tx
from bot.store.database import Database
from bot.store.errors import NotSaved
from bot.store.postgres import together
from bot.store.postgres.pipeline import QueuedStatement, StatementPipeline
from bot.store.tables import platform_facts as facts
from tests.faults.sharing import LONG, Work, named, names, noting, of, put, puts, shared
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


async def test_works_that_wait_share_a_transaction_in_turn(db: Database):
    order = list[str]()
    numbers = await shared(db, *((name[0], noting(order, name)) for name in ("a1", "a2", "a3", "b1", "c1")))
    assert len(set(numbers)) == 1
    assert order == ["a1", "b1", "c1", "a2", "a3"]
    assert await names(db) == sorted(order)


async def test_no_more_share_a_transaction_than_may(db: Database):
    numbers = await shared(db, *((str(n), puts(str(n))) for n in range(2 * server.MOST_TOGETHER)))
    assert [numbers.count(transaction) for transaction in sorted(set(numbers))] == [server.MOST_TOGETHER] * 2


async def test_what_would_come_after_too_long_comes_in_the_next_transaction(
    db: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(together, "LONGEST", 0)
    order = list[str]()
    works = [(name[0], noting(order, name)) for name in ("a1", "a2", "a3", "b1")]
    assert len(set(await shared(db, *works))) == len(works)
    assert [name for name in order if name != "b1"] == ["a1", "a2", "a3"]
    assert order.index("b1") <= 1


@pytest.mark.parametrize(("waiting", "transactions"), [(3, 2), (4, 3)])
async def test_works_share_only_when_more_wait_than_there_are_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waiting: int, transactions: int
):
    monkeypatch.setattr(server, "WRITERS", 2)
    begun, held, order = threading.Event(), threading.Event(), list[str]()

    def hold(_: Tx) -> None:
        begun.set()
        held.wait(LONG)
        order.append("x1")

    async with open_store(tmp_path) as db:
        holding = asyncio.ensure_future(of("x", db, hold))
        await asyncio.to_thread(begun.wait, LONG)
        behind = asyncio.ensure_future(of("x", db, noting(order, "x2")))
        numbers = await shared(db, *((str(n), puts(str(n))) for n in range(waiting - 1)))
        held.set()
        await holding
        numbers.append(await behind)
    assert len(set(numbers)) == transactions
    assert order == ["x1", "x2"]


async def test_what_touches_everything_or_goes_row_by_row_shares_with_none(db: Database):
    first, *others, last = await shared(
        db, ("a", puts("a")), ("rows", puts("rows")), ("", puts("everything")), ("b", puts("b"))
    )
    assert first == last
    assert len({first, *others}) == 3


def fails(tx: Tx) -> None:
    puts("lost")(tx)
    raise KeyError


def fails_after_another_road(tx: Tx) -> None:
    tx.execute(facts.insert(), {"name": "lost", "value": {}})
    raise KeyError


def fails_late(tx: Tx) -> None:
    put.send(tx, name="first", value={})


def careless(tx: Tx) -> None:
    with pytest.raises(UniqueViolation):
        put.run(tx, name="first", value={})


def stops(_: Tx) -> None:
    raise StopIteration


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (fails, KeyError),
        (fails_after_another_road, KeyError),
        (fails_late, UniqueViolation),
        (careless, NotSaved),
        (stops, RuntimeError),
    ],
)
async def test_a_work_that_goes_wrong_is_told_and_takes_none_with_it(db: Database, wrong: Work, told: type[Exception]):
    await of("first", db, puts("first"))
    for place in range(3):
        works = [("a", puts(f"a{place}")), ("b", puts(f"b{place}"))]
        works.insert(place, ("a", wrong))
        answers = await shared(db, *works)
        assert isinstance(answers.pop(place), told)
        assert [type(answer) for answer in answers] == [str, str]
    assert await names(db) == ["a0", "a1", "a2", "b0", "b1", "b2", "first"]


async def test_who_is_refused_before_anything_was_changed_leaves_the_others_together(db: Database):
    def refused(tx: Tx) -> None:
        assert named.first(tx, known_as="a") is not None
        raise KeyError

    first, error, last = await shared(db, ("a", puts("a")), ("b", refused), ("c", puts("c")))
    assert isinstance(error, KeyError)
    assert first == last
    assert await names(db) == ["a", "c"]


async def test_nothing_is_begun_behind_a_fault_that_takes_all_with_it(db: Database):
    begun = list[str]()
    await of("first", db, puts("first"))
    answers = await shared(
        db, ("a", fails_late), ("b", lambda tx: named.first(tx, known_as="b")), ("c", noting(begun, "c"))
    )
    assert [type(answer) for answer in answers] == [UniqueViolation, type(None), str]
    assert begun == ["c"]


async def test_what_one_work_noted_or_asked_is_not_the_next_ones(db: Database, monkeypatch: pytest.MonkeyPatch):
    home = await db.write(someone)
    sent = list[str]()
    later = StatementPipeline._later

    def noted(self: StatementPipeline, sql: str, values: Sequence[Any]) -> QueuedStatement:
        sent.append(sql)
        return later(self, sql, values)

    def notes(tx: Tx) -> None:
        touched.touch(tx, Who(home.community, home.member))
        touched.touch_community(tx, home.community)
        named.ask(tx, known_as="a")

    def looks(tx: Tx) -> tuple[int, int, int]:
        before = len(sent)
        named.first(tx, known_as="a")
        return len(touched.take(tx)), len(touched.take_communities(tx)), len(sent) - before

    monkeypatch.setattr(StatementPipeline, "_later", noted)
    assert await shared(db, ("a", notes), ("b", looks)) == [None, (0, 0, 1)]
