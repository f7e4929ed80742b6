import asyncio
import contextlib
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import aiosqlite
import pytest
import sqlalchemy as sa

from bot.domain.ids import CommunityId
from bot.store import aiosqlite_thread, communities, leads, tables
from bot.store.aiosqlite_thread import ConnectionThread
from bot.store.batch import Tx, driver
from bot.store.database import open_database
from bot.store.errors import Damaged, InUse, NewerSchema, StartError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.migrate import HEAD
from tests.support.store import NOW, RING, begin_from_template, open_store, path_in, someone, url_of

pytestmark = pytest.mark.file_only("a file that one process has")

CHILD = """
import asyncio, sys
from bot.store.database import open_database
from bot.store.keyring import KeyRing
async def main():
    db = await open_database(sys.argv[1], KeyRing.parse(sys.argv[2]))
    {then}
asyncio.run(main())
"""


def child(folder: Path, then: str) -> subprocess.CompletedProcess[str]:
    begin_from_template(folder, RING)
    code = CHILD.format(then=then)
    return subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code, url_of(folder), RING], capture_output=True, text=True, timeout=120, check=False
    )


async def opened(url: str) -> None:
    await (await open_database(url, KeyRing.parse(RING))).close()


async def test_files_are_readable_by_their_owner_only(tmp_path: Path):
    path_in(tmp_path).touch(mode=0o644)
    async with open_store(tmp_path) as db:
        await db.write(someone)
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert len(modes) == 4
    assert set(modes.values()) == {0o600}


async def test_a_second_opener_is_told_who_has_the_file(tmp_path: Path):
    async with open_store(tmp_path):
        again = child(tmp_path, "pass")
        assert again.returncode == 1
        assert "InUse: Another process (number" in again.stderr
        with pytest.raises(InUse):
            await opened(url_of(tmp_path))
    await opened(url_of(tmp_path))


def test_a_process_that_forgets_to_close_ends_all_the_same(tmp_path: Path):
    ended = child(tmp_path, "kept = db; raise KeyError('an exception that keeps the connection referenced')")
    assert ended.returncode == 1
    assert "KeyError" in ended.stderr


def test_a_start_at_the_newest_schema_does_not_load_the_migration_tool(tmp_path: Path):
    ended = child(tmp_path, "await db.close(); sys.exit(3 if 'alembic' in sys.modules else 0)")
    assert ended.returncode == 0, ended.stderr


async def test_a_fresh_file_gets_everything(tmp_path: Path):
    await opened(url_of(tmp_path))
    async with open_store(tmp_path) as db:
        assert await db.write(someone)


async def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path):
    with pytest.raises(StartError, match="The folder .*typo is not there. Make it first"):
        await opened(url_of(tmp_path / "typo"))
    assert list(tmp_path.iterdir()) == []


async def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path):
    async with open_store(tmp_path):
        pass
    raw = sqlite3.connect(path_in(tmp_path))
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    before = path_in(tmp_path).read_bytes()
    with pytest.raises(NewerSchema, match=f"schema 9999, which this version \\(schema {HEAD}\\)"):
        await opened(url_of(tmp_path))
    assert path_in(tmp_path).read_bytes() == before


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://host/circle", "sqlite://", "sqlite:///:memory:"])
async def test_an_address_that_cannot_be_used_is_told_with_the_fix(url: str):
    with pytest.raises(StartError, match="sqlite\\+aiosqlite:///hello-circle.db"):
        await opened(url)


async def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match="folder"):
        await opened(url_of(tmp_path / "file"))
    path_in(tmp_path).mkdir()
    with pytest.raises(StartError, match="cannot be written"):
        await opened(url_of(tmp_path))


async def test_a_file_held_by_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.store.sqlite.BUSY_SECONDS", 0.01)
    begin_from_template(tmp_path, RING)
    holder = sqlite3.connect(path_in(tmp_path), isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(InUse, match="Close it first"):
        await opened(url_of(tmp_path))
    holder.close()
    await opened(url_of(tmp_path))


async def test_opening_that_is_given_up_leaves_nothing_behind(tmp_path: Path):
    begin_from_template(tmp_path, RING)
    for turns in range(12):
        opening = asyncio.ensure_future(open_database(url_of(tmp_path), KeyRing.parse(RING)))
        for _ in range(turns):
            await asyncio.wait([opening], timeout=0.0005)
        opening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await (await opening).close()
    await opened(url_of(tmp_path))


async def test_closing_twice_is_harmless(tmp_path: Path):
    async with open_store(tmp_path) as db:
        await db.close()
    assert not any(thread.name == "store" for thread in threading.enumerate())


def test_an_unknown_inside_of_aiosqlite_is_noticed(monkeypatch: pytest.MonkeyPatch):
    class Changed:
        def __init__(self, *_: object, **__: object) -> None:
            self._thread = None

    monkeypatch.setattr(aiosqlite_thread.aiosqlite, "Connection", Changed)
    with pytest.raises(RuntimeError, match="not known"):
        ConnectionThread(lambda: sqlite3.connect(":memory:"))


async def test_a_thread_that_is_not_the_connections_own_is_noticed(monkeypatch: pytest.MonkeyPatch):
    async def runs_elsewhere(self: ConnectionThread, job: object) -> int:
        return 0

    monkeypatch.setattr(ConnectionThread, "run", runs_elsewhere)
    thread = ConnectionThread(lambda: sqlite3.connect(":memory:"))
    with pytest.raises(RuntimeError, match="own choice"):
        await thread.start()
    assert not thread.running


async def test_a_connection_that_cannot_be_made_is_told():
    def fails() -> sqlite3.Connection:
        raise sqlite3.OperationalError("no")

    thread = ConnectionThread(fails)
    with pytest.raises(sqlite3.OperationalError):
        await thread.start()
    assert not thread.running


def test_aiosqlite_is_the_version_this_was_written_for():
    assert aiosqlite.__version__.startswith("0.22.")


async def test_what_an_earlier_version_kept_in_plain_text_is_sealed_at_the_next_start(tmp_path: Path):
    roles = ["zebra keeper", "nurse"]

    def as_before(tx: Tx) -> str:
        who = someone(tx)
        settings = {"score_cap": 7, "term_roles": roles}
        tx.execute(sa.update(tables.communities).values(settings=settings))
        return who.community

    async with open_store(tmp_path) as db:
        community = await db.write(as_before)
    assert b"zebra" in path_in(tmp_path).read_bytes()
    async with open_store(tmp_path) as db:
        home = await db.read(lambda tx: communities.get(tx, CommunityId(community)))
        assert (home.term_roles, home.score_cap) == (tuple(roles), 7)
        stored = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
        assert b"zebra" not in stored


async def test_a_file_that_is_known_to_be_whole_is_not_read_through_and_still_needs_its_key(tmp_path: Path):
    def half_lost(tx: Tx) -> None:
        leads.add(tx, someone(tx), leads.NewLead("Dana", "Bell", "x"), NOW)
        driver(tx).execute("UPDATE leads SET private = x'00'")

    async with open_store(tmp_path) as db:
        await db.write(half_lost)
    with pytest.raises(Damaged, match="a row of leads"):
        await opened(url_of(tmp_path))
    await (await open_database(url_of(tmp_path), KeyRing.parse(RING), own_copy=True)).close()
    with pytest.raises(WrongKey):
        await open_database(url_of(tmp_path), KeyRing.parse(KeyRing.new("test")), own_copy=True)
