import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.store import batch
from bot.store.batch import Tx, driver
from bot.store.database import Database
from bot.store.errors import Busy, Closed, NotSaved
from bot.store.tables import agenda, communities, tombstones as notes
from tests.support.store import NOW, RING, begin_from_template, open_store, path_in

pytestmark = pytest.mark.file_only("works that share a commit in a file")


def note(name: str):
    def work(tx: Tx) -> str:
        tx.execute(notes.insert(), {"community_id": "c", "kind": name, "key": b"", "at": NOW})
        return name

    return work


def names(tx: Tx) -> set[str]:
    return set(tx.execute(sa.select(notes.c.kind)).scalars())


async def test_each_caller_gets_the_answer_of_their_own_work(db: Database):
    answers = await asyncio.gather(*(db.write(note(f"n{i}")) for i in range(64)))
    assert answers == [f"n{i}" for i in range(64)]
    assert await db.read(names) == set(answers)


async def test_works_that_wait_together_share_one_commit(db: Database, monkeypatch: pytest.MonkeyPatch):
    # On a busy machine they would be committed in parts; how many go together is what is counted here.
    monkeypatch.setattr(batch, "LONGEST", 3600)
    statements: list[str] = []
    await db.write(lambda tx: driver(tx).set_trace_callback(statements.append))
    await asyncio.gather(*(db.write(note(f"n{i}")) for i in range(64)))
    assert statements.count("COMMIT") <= 2  # the one that set the trace, and that of the 64
    await db.write(lambda tx: driver(tx).set_trace_callback(None))


async def test_a_work_that_fails_rolls_back_alone(db: Database):
    def fails(tx: Tx) -> None:
        note("lost")(tx)
        raise KeyError("no")

    answers = await asyncio.gather(db.write(note("a")), db.write(fails), db.write(note("b")), return_exceptions=True)
    assert [type(answer) for answer in answers] == [str, KeyError, str]
    assert await db.read(names) == {"a", "b"}


async def test_a_work_that_fails_without_company_leaves_nothing(db: Database):
    def fails(tx: Tx) -> None:
        note("lost")(tx)
        raise KeyError("no")

    with pytest.raises(KeyError):
        await db.write(fails)
    assert await db.read(names) == set()


async def test_a_fault_of_a_statement_reaches_its_caller_only(db: Database):
    await db.write(note("a"))
    twice, other = await asyncio.gather(db.write(note("a")), db.write(note("b")), return_exceptions=True)
    assert isinstance(twice, IntegrityError)
    assert other == "b"


async def test_a_commit_that_fails_fails_all(db: Database):
    def breaks_a_reference(tx: Tx) -> None:
        driver(tx).execute("PRAGMA defer_foreign_keys=ON")
        tx.execute(
            agenda.insert().from_select(
                ["community_id", "member_id", "kind", "next_due_at"],
                sa.select(sa.literal("nobody"), sa.literal(""), sa.literal("x"), sa.literal(1, sa.Integer)),
            )
        )

    answers = await asyncio.gather(db.write(note("a")), db.write(breaks_a_reference), return_exceptions=True)
    assert [type(answer) for answer in answers] == [sqlite3.IntegrityError, sqlite3.IntegrityError]
    assert await db.read(names) == set()
    assert await db.write(note("later")) == "later"


async def test_a_full_disk_is_told_and_loses_nothing_that_was_kept(db: Database):
    await db.write(note("kept"))
    await db.write(lambda tx: driver(tx).execute("PRAGMA max_page_count=1"))

    def large(tx: Tx) -> None:
        tx.execute(notes.insert(), {"community_id": "c", "kind": "large", "key": bytes(3_000_000), "at": NOW})

    answers = await asyncio.gather(db.write(large), db.write(note("small")), return_exceptions=True)
    assert isinstance(answers[0], NotSaved)
    await db.write(lambda tx: driver(tx).execute("PRAGMA max_page_count=1000000"))
    stored = await db.read(names)
    assert "kept" in stored
    assert ("small" in stored) == (answers[1] == "small")


@pytest.mark.parametrize("company", [0, 1])
async def test_a_work_that_ends_the_transaction_by_itself_is_not_taken_for_saved(db: Database, company: int):
    def ends(tx: Tx) -> None:
        note("lost")(tx)
        driver(tx).execute("ROLLBACK")

    def ends_and_fails(tx: Tx) -> None:
        ends(tx)
        raise KeyError

    for work in (ends, ends_and_fails):
        others = [db.write(note(f"n{i}")) for i in range(company)]
        answers = await asyncio.gather(db.write(work), *others, return_exceptions=True)
        assert all(isinstance(answer, (NotSaved, KeyError, sqlite3.Error)) for answer in answers), answers
    assert await db.read(names) == set()
    assert await db.write(note("later")) == "later"


async def test_a_file_that_is_held_gives_a_polite_error_in_time(db: Database, tmp_path: Path):
    await db.write(lambda tx: driver(tx).execute("PRAGMA busy_timeout=30"))
    holder = sqlite3.connect(path_in(tmp_path), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    first = asyncio.ensure_future(db.write(note("a")))
    await asyncio.wait([first], timeout=0.005)
    second = asyncio.ensure_future(db.write(note("b")))
    answers = await asyncio.gather(first, second, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Busy, Busy]
    assert await db.read(names) == set()
    holder.close()
    assert await db.write(note("c")) == "c"


async def test_a_work_cannot_hang_its_caller_with_stop_iteration(db: Database):
    def stops(tx: Tx) -> None:
        raise StopIteration

    with pytest.raises(RuntimeError):
        await db.write(stops)
    with pytest.raises(RuntimeError):
        await db.read(stops)


async def test_a_caller_who_gives_up_harms_nobody(db: Database):
    gone = asyncio.ensure_future(db.write(note("gone")))
    stays = asyncio.ensure_future(db.write(note("stays")))
    await asyncio.wait([stays], timeout=0)
    gone.cancel()
    assert await stays == "stays"
    assert gone.cancelled()
    assert "stays" in await db.read(names)


async def test_closing_does_what_still_waits(tmp_path: Path):
    async with open_store(tmp_path) as db:
        waiting = [asyncio.ensure_future(db.write(note(f"n{i}"))) for i in range(300)]
        await asyncio.wait(waiting, timeout=0)
        await db.close()
        assert [await work for work in waiting] == [f"n{i}" for i in range(300)]
        with pytest.raises(Closed):
            await db.write(note("late"))
        with pytest.raises(Closed):
            await db.read(names)
    async with open_store(tmp_path) as db:
        assert len(await db.read(names)) == 300


async def test_a_read_sees_everything_acknowledged(db: Database):
    for i in range(50):
        await db.write(note(f"n{i}"))
        assert f"n{i}" in await db.read(names)


async def test_a_read_sees_one_unchanging_view(db: Database):
    def slow(tx: Tx) -> tuple[int, int]:
        before = len(names(tx))
        asyncio.run_coroutine_threadsafe(db.write(note("meanwhile")), loop).result()
        return before, len(names(tx))

    loop = asyncio.get_running_loop()
    assert await db.read(slow) == (0, 0)
    assert await db.read(names) == {"meanwhile"}


async def test_a_read_cannot_write(db: Database):
    with pytest.raises(Exception, match="readonly"):
        await db.read(note("no"))
    assert await db.read(names) == set()


async def test_a_read_that_fails_leaves_its_connection_usable(db: Database):
    def fails(tx: Tx) -> None:
        raise KeyError

    for _ in range(4):
        with pytest.raises(KeyError):
            await db.read(fails)
    assert await db.read(names) == set()


async def test_writes_are_set_for_safety(db: Database):
    def settings(tx: Tx) -> list[object]:
        asked = ("journal_mode", "synchronous", "foreign_keys", "query_only", "wal_autocheckpoint")
        return [driver(tx).execute(f"PRAGMA {name}").fetchone()[0] for name in asked]

    assert await db.write(settings) == ["wal", 2, 1, 0, 1000]
    assert (await db.read(settings))[2:] == [1, 1, 0]


async def test_many_writes_can_wait_for_the_disk_once_and_are_in_the_file_itself_then(tmp_path: Path):
    def waits(tx: Tx) -> int:
        return driver(tx).execute("PRAGMA synchronous").fetchone()[0]

    begin_from_template(tmp_path, RING)
    async with open_store(tmp_path) as db:
        async with db.durable_at_the_end():
            assert [await db.write(waits), await db.write(note("told"))] == [0, "told"]
        assert await db.write(waits) == 2
        assert path_in(tmp_path).with_name(f"{path_in(tmp_path).name}-wal").stat().st_size == 0
        assert await db.read(names) == {"told"}


async def test_a_row_of_no_community_is_refused(db: Database):
    def stray(tx: Tx) -> None:
        tx.execute(sa.text("INSERT INTO agenda VALUES ('nobody', '', 'x', 1, NULL)"))

    with pytest.raises(IntegrityError):
        await db.write(stray)
    assert await db.read(lambda tx: tx.execute(sa.select(communities)).all()) == []
