"""A database on a server: works that meet, connections that break, and processes that start at once."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from sqlalchemy.exc import DBAPIError

from bot.store.backups.copies import Copies
from bot.store.batch import Tx
from bot.store.database import Database, open_database
from bot.store.errors import NotOurs, NotSaved, StartError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.postgres import worker
from bot.store.postgres.locks import BeginAgain
from bot.store.postgres.pipeline import StatementPipeline
from bot.store.reach import enter, place_of
from bot.store.server import WRITERS
from bot.store.tables import METADATA, agenda, community_keys, platform_facts
from bot.store.turns import on_behalf_of
from bot.store.upsert import insert_or_replace
from tests.support import postgres
from tests.support.store import NOW, RING, open_store, someone, url_of

LONG = 60


pytestmark = pytest.mark.server_only


@pytest.fixture
async def db(tmp_path: Path) -> AsyncGenerator[Database]:
    async with open_store(tmp_path) as opened:
        yield opened


def name_of(folder: Path) -> str:
    return postgres.database_of(folder)


def count_up(tx: Tx, name: str = "n") -> int:
    """Read a number and write the next one: two at once that see the same number would lose one."""
    row = tx.execute(sa.select(platform_facts.c.value).where(platform_facts.c.name == name)).first()
    number = (0 if row is None else row.value["n"]) + 1
    tx.execute(insert_or_replace(platform_facts, "value"), {"name": name, "value": {"n": number}})
    return number


async def test_works_of_one_community_come_out_as_if_one_had_followed_the_other(tmp_path: Path, db: Database):
    async def of(owner: str, store: Database) -> int:
        with on_behalf_of(owner):
            return await store.write(lambda tx: count_up(tx, owner))

    owners = [f"community {n}" for n in range(3)] * 5
    async with open_store(tmp_path) as other:
        numbers = await asyncio.gather(*(of(owner, store) for owner in owners for store in (db, other)))
    assert sorted(numbers) == sorted([*range(1, 11)] * 3)


async def test_a_work_that_may_touch_everything_has_everything_for_itself(tmp_path: Path, db: Database):
    async def of(owner: str) -> int:
        with on_behalf_of(owner):
            return await db.write(lambda tx: count_up(tx, "community"))

    async with open_store(tmp_path) as other:
        everything = [other.write(lambda tx: count_up(tx, "community")) for _ in range(10)]
        numbers = await asyncio.gather(*(of("community") for _ in range(10)), *everything)
    assert sorted(numbers) == list(range(1, 21))


async def test_works_of_two_communities_that_need_each_other_begin_again_and_end(tmp_path: Path, db: Database):
    """Each has its own, and needs the other's: nobody waits in a circle, not even for the second of a deadlock."""
    places = {
        name: await db.write(lambda tx, name=name: someone(tx, platform_id=name).community) for name in ("one", "other")
    }
    both_begun, turns, refusals = threading.Barrier(2), list[str](), set[type[BaseException]]()

    def work(tx: Tx, own: str, needed: str) -> None:
        turns.append(own)
        # The lock of its own is asked for with the first statement, and held when that is answered.
        enter(tx, [places[own]])
        if turns.count(own) == 1:
            both_begun.wait(LONG)
        try:
            enter(tx, [places[needed]])
        except BaseException as refusal:
            refusals.add(type(refusal))
            raise
        count_up(tx, "both")

    async def of(own: str, needed: str, store: Database) -> None:
        with on_behalf_of(place_of("console", own)):
            await store.write(lambda tx: work(tx, own, needed))

    async with open_store(tmp_path) as second:
        await asyncio.gather(of("one", "other", db), of("other", "one", second))
    assert refusals == {BeginAgain}, "the server found a circle"
    assert await db.write(lambda tx: count_up(tx, "both")) == 3
    assert len(turns) > 2


async def test_two_processes_come_out_as_if_one_had_followed_the_other(tmp_path: Path, db: Database):
    async with open_store(tmp_path) as other:
        numbers = await asyncio.gather(*(process.write(count_up) for _ in range(10) for process in (db, other)))
    assert sorted(numbers) == list(range(1, 21))


async def test_a_connection_that_breaks_in_the_middle_of_a_work_is_made_anew_and_the_work_done_once(
    tmp_path: Path, db: Database
):
    begun: list[int] = []

    def work(tx: Tx) -> int:
        begun.append(len(begun))
        number = count_up(tx)
        if len(begun) == 1:
            assert postgres.cut(name_of(tmp_path)) > 0
        tx.execute(sa.select(platform_facts)).all()
        return number

    assert await db.write(work) == 1
    assert await db.write(count_up) == 2
    assert len(begun) == 2


@pytest.mark.parametrize("fate", ["kept", "lost"])
async def test_a_connection_that_breaks_while_a_commit_is_on_its_way_does_nothing_twice(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch, fate: str
):
    """The server is asked what became of it: what was kept is not done again, and what was not kept is."""
    commit, broken = worker._commit, threading.Event()

    def breaks(pipeline: StatementPipeline) -> None:
        if not broken.is_set():
            broken.set()
            if fate == "kept":
                commit(pipeline)
            postgres.cut(name_of(tmp_path))
            raise worker.CommitUnknown(psycopg.OperationalError("the connection is lost"))
        commit(pipeline)

    monkeypatch.setattr(worker, "_commit", breaks)
    assert await db.write(count_up) == 1
    assert broken.is_set()
    assert await db.write(count_up) == 2


async def test_a_read_whose_connection_broke_is_done_again(tmp_path: Path, db: Database):
    facts = sa.select(platform_facts).where(platform_facts.c.name == "n")
    await db.write(count_up)
    await asyncio.gather(*(db.read(lambda tx: tx.execute(facts).all()) for _ in range(4)))
    postgres.cut(name_of(tmp_path))
    counts = await asyncio.gather(*(db.read(lambda tx: len(tx.execute(facts).all())) for _ in range(4)))
    assert counts == [1] * 4


async def test_a_connection_that_is_gone_before_its_library_has_noted_it_is_made_anew(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
):
    whole, times = StatementPipeline.words, iter(range(100))

    def breaks(self: StatementPipeline, words: bytes) -> PGresult:
        # The server had gone while this was sent: libpq makes the answer itself, and says for a moment that all is well.
        if next(times) == 0:
            return self.check(self.raw.pgconn.make_empty_result(ExecStatus.FATAL_ERROR))
        return whole(self, words)

    monkeypatch.setattr(StatementPipeline, "words", breaks)
    assert await db.read(lambda tx: tx.execute(sa.text("SELECT 1")).scalar_one()) == 1
    monkeypatch.setattr(StatementPipeline, "words", whole)
    assert await db.write(count_up) == 1


async def test_a_statement_that_failed_and_was_swallowed_is_never_taken_for_kept(db: Database):
    def careless(tx: Tx) -> None:
        count_up(tx)
        with pytest.raises(DBAPIError):
            tx.execute(sa.text("SELECT 1 / 0"))

    with pytest.raises(NotSaved):
        await db.write(careless)
    assert await db.write(count_up) == 1


async def test_a_read_cannot_write(db: Database):
    with pytest.raises(NotSaved):
        await db.read(count_up)
    assert await db.write(count_up) == 1


async def test_works_of_one_owner_keep_their_order_and_hold_nobody_else_up(db: Database):
    held, order = threading.Event(), list[str]()
    with on_behalf_of("slow"):
        slow = [
            asyncio.ensure_future(db.write(lambda tx, n=n: (held.wait(LONG), order.append(f"slow {n}"))))
            for n in range(WRITERS)
        ]
    with on_behalf_of("quick"):
        await db.write(lambda tx: order.append("quick"))
    held.set()
    await asyncio.gather(*slow)
    assert order == ["quick", *(f"slow {n}" for n in range(WRITERS))]


async def test_whoever_waits_is_served_when_the_store_closes(tmp_path: Path):
    async with open_store(tmp_path) as db:
        waiting = [asyncio.ensure_future(db.write(count_up)) for _ in range(5)]
        await asyncio.wait(waiting, timeout=0)
        await db.close()
        assert sorted(await asyncio.gather(*waiting)) == [1, 2, 3, 4, 5]
        with pytest.raises(NotSaved):
            await db.write(count_up)


async def test_processes_that_start_at_once_on_an_empty_database_make_one_schema(tmp_path: Path):
    url, copies = url_of(tmp_path), Copies(tmp_path / "backups")
    opened = await asyncio.gather(*(open_database(url, KeyRing.parse(RING), copies=copies) for _ in range(3)))
    assert [await db.read(lambda tx: len(tx.execute(sa.select(community_keys)).all())) for db in opened] == [0] * 3
    for db in opened:
        await db.close()


@pytest.mark.usefixtures("db")
def test_the_migrations_make_on_a_server_what_the_tables_say(tmp_path: Path):
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - only here
    from alembic.migration import MigrationContext  # noqa: PLC0415 - only here

    # Looking at a schema takes the types of PostgreSQL's own dialect.
    engine = sa.create_engine(url_of(tmp_path).replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as tx:
        assert compare_metadata(MigrationContext.configure(tx), METADATA) == []
    engine.dispose()


async def test_texts_have_the_order_of_their_bytes_as_in_a_file(db: Database):
    names = ["b", "A", "a", "_", "É", "-", "B"]

    def ordered(tx: Tx) -> list[str]:
        home = someone(tx).community
        row = {"community_id": home, "kind": "x", "next_due_at": NOW}
        tx.execute(agenda.insert(), [{**row, "member_id": name} for name in names])
        return list(
            tx.execute(sa.select(agenda.c.member_id).where(agenda.c.kind == "x").order_by(agenda.c.member_id)).scalars()
        )

    assert await db.write(ordered) == sorted(names)


@pytest.mark.parametrize(
    ("statement", "refused", "words"),
    [
        ("DROP TABLE alembic_version", NotOurs, "Another program's tables"),
        ("CREATE TABLE copying (name text)", StartError, "A copy into this database is not finished"),
    ],
)
async def test_a_database_that_is_not_for_this_program_is_refused(
    tmp_path: Path, statement: str, refused: type[StartError], words: str
):
    async with open_store(tmp_path):
        pass
    with postgres.connected(name_of(tmp_path)) as server:
        server.execute(statement.encode())
    with pytest.raises(refused, match=words):
        await open_database(url_of(tmp_path), KeyRing.parse(RING))


async def test_a_wrong_key_is_refused(tmp_path: Path):
    async with open_store(tmp_path):
        pass
    with pytest.raises(WrongKey):
        await open_database(url_of(tmp_path), KeyRing.parse(KeyRing.new("test")))


@pytest.mark.parametrize("url", ["postgresql://secret:word@127.0.0.1:1/circle", "postgresql://secret:word@127.0.0.1"])
async def test_a_server_that_cannot_be_used_is_told_without_its_password(url: str):
    with pytest.raises(StartError) as told:
        await open_database(url, KeyRing.parse(RING))
    assert "word" not in str(told.value).replace("PASSWORD", "")
    assert "database" in str(told.value).lower()
