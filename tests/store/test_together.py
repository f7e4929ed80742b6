"""Works on a server that share a transaction: each comes out as if it had been alone, and is kept once, whatever breaks."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from psycopg.errors import DataCorrupted, UniqueViolation

from bot.domain.ids import Who
from bot.store import server, touched
from bot.store.batch import Tx
from bot.store.database import Database
from bot.store.errors import Corrupt, NotSaved, Stopped
from bot.store.postgres import line, together
from bot.store.postgres.straight import Queued, Straight
from bot.store.reach import enter, place_of
from bot.store.tables import platform_facts as facts
from bot.store.turns import on_behalf_of
from tests.faults.sharing import LONG, Work, check_by_chance, named, of, put, shared
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


def number(tx: Tx) -> str:
    return tx.execute(sa.text("SELECT pg_current_xact_id()::text")).scalar_one()


def puts(name: str) -> Work:
    """Write a name, without waiting for an answer, and give the number of the transaction."""

    def work(tx: Tx) -> str:
        put.send(tx, name=name, value={})
        return number(tx)

    return work


async def names(db: Database) -> list[str]:
    own = sa.select(facts.c.name).where(facts.c.name.not_like("schema:%")).order_by(facts.c.name)
    return await db.read(lambda tx: list(tx.execute(own).scalars()))


async def test_works_that_wait_share_a_transaction_in_turn(db: Database):
    order = list[str]()

    def notes(name: str) -> Work:
        return lambda tx: (order.append(name), puts(name)(tx))[1]

    numbers = await shared(db, *((name[0], notes(name)) for name in ("a1", "a2", "a3", "b1", "c1")))
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
    works = [(name[0], lambda _, name=name: order.append(name)) for name in ("a1", "a2", "a3", "b1")]
    await shared(db, *works)
    assert [name for name in order if name != "b1"] == ["a1", "a2", "a3"]
    assert order.index("b1") <= 1


async def test_a_work_shares_with_none_when_there_is_a_line_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "WRITERS", 6)
    async with open_store(tmp_path) as db:
        numbers = await asyncio.gather(*(of(str(n), db, puts(str(n))) for n in range(6)))
    assert len(set(numbers)) == 6


async def test_what_touches_everything_or_goes_row_by_row_shares_with_none(db: Database):
    async def by_rows() -> str:
        with on_behalf_of("rows"):
            return await db.row_by_row(puts("rows"))

    rows = asyncio.create_task(by_rows())
    numbers = await shared(db, ("a", puts("a")), ("", puts("everything")), ("b", puts("b")))
    assert numbers[0] == numbers[2]
    assert len({*numbers, await rows}) == 3


def fails(tx: Tx) -> None:
    puts("lost")(tx)
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
    [(fails, KeyError), (fails_late, UniqueViolation), (careless, NotSaved), (stops, RuntimeError)],
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


async def test_what_one_work_noted_or_asked_is_not_the_next_ones(db: Database, monkeypatch: pytest.MonkeyPatch):
    home = await db.write(someone)
    sent = list[str]()
    later = Straight._later

    def noted(self: Straight, sql: str, values: Sequence[Any]) -> Queued:
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

    monkeypatch.setattr(Straight, "_later", noted)
    assert await shared(db, ("a", notes), ("b", looks)) == [None, (0, 0, 1)]


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
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
):
    begun, held, alone = threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(together, "WAITS", "20ms")

    def hold(tx: Tx) -> None:
        number(tx)
        begun.set()
        held.wait(LONG)

    def waits(tx: Tx) -> str:
        alone.set()
        return puts("x")(tx)

    async with open_store(tmp_path) as other:
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
    messages, flush = list[int](), Straight.flush
    last = 4
    """The one with the commit; before it, each work has one."""

    def breaks(self: Straight) -> None:
        if any(queued.sql.startswith("INSERT") for queued in self._waiting) or messages:
            messages.append(1)
        if len(messages) == after:
            postgres.cut(postgres.database_of(tmp_path))
        flush(self)

    monkeypatch.setattr(Straight, "flush", breaks)
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
    commit, commits = line._commit, list[int]()
    sharing = 2
    """The commit of those that share comes behind that of the work which was waited for."""

    def breaks(straight: Straight) -> None:
        commits.append(1)
        if len(commits) != sharing:
            return commit(straight)
        if fate != "lost":
            commit(straight)
        postgres.cut(postgres.database_of(tmp_path))
        raise line.CommitUnknown(psycopg.OperationalError("the connection is lost"))

    monkeypatch.setattr(line, "_commit", breaks)
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
