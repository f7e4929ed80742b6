"""Another program's file is left as it was, whatever is in it; one file is one file, whatever it is called."""

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest

from bot.store.database import open_database
from bot.store.errors import InUse, NotOurs, StartError
from bot.store.keyring import KeyRing
from tests.support.store import RING, begin_from_template, open_store, path_in, someone, url_of

pytestmark = pytest.mark.file_only("whose a file is")


def made(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        raw.execute(statement)
    raw.close()


def without_mark(path: Path) -> None:
    made(path, "PRAGMA application_id = 0", "PRAGMA wal_checkpoint(TRUNCATE)")


OTHERS: dict[str, bytes | tuple[str, ...]] = {
    "photos": b"these are holiday photos" * 1000,
    "a short text": b"hello",
    "zeros": bytes(8192),
    "half a header": b"SQLite format 3\0",
    "a header and noise": b"SQLite format 3\0" + b"noise" * 2000,
    "a table of its own": ("CREATE TABLE recipes (id INTEGER)", "INSERT INTO recipes VALUES (1)"),
    "a table called as one of ours": ("CREATE TABLE members (id INTEGER, name TEXT)",),
    "tables of ours, and of another program": ("CREATE TABLE members (id)", "CREATE TABLE leads (id)"),
    "another program that uses Alembic": (
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
        "CREATE TABLE user (id)",
    ),
    "another program that uses Alembic, and has no table yet": (
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
    ),
    "a number that another program keeps for itself": ("PRAGMA user_version = 3",),
    "another's revision, called as one of ours": (
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('0001')",
        "CREATE TABLE communities (id)",
    ),
    "another program's mark": ("PRAGMA application_id = 252006675", "CREATE TABLE geo (id)"),
    "another program's mark, and nothing else": ("PRAGMA application_id = 252006675", "VACUUM"),
    "a log beside it": ("PRAGMA journal_mode = WAL", "CREATE TABLE chats (id)"),
    "a view": ("CREATE VIEW v AS SELECT 1",),
}


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {
        file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mode, file.stat().st_mtime_ns)
        for file in folder.iterdir()
    }


async def opened(url: str) -> None:
    await (await open_database(url, KeyRing.parse(RING))).close()


@pytest.mark.parametrize("what", OTHERS)
async def test_a_file_of_another_program_is_refused_before_anything_changes(tmp_path: Path, what: str):
    content = OTHERS[what]
    if isinstance(content, bytes):
        path_in(tmp_path).write_bytes(content)
    else:
        made(path_in(tmp_path), *content)
    path_in(tmp_path).chmod(0o644)
    before = state(tmp_path)
    with pytest.raises(NotOurs, match="is not a database of Hello Circle"):
        await opened(url_of(tmp_path))
    assert state(tmp_path) == before


async def test_a_file_another_program_has_open_with_a_log_is_refused(tmp_path: Path):
    holder = sqlite3.connect(path_in(tmp_path), isolation_level=None)
    holder.execute("PRAGMA journal_mode = WAL")
    holder.execute("CREATE TABLE chats (id)")
    before = path_in(tmp_path).read_bytes()
    with pytest.raises(NotOurs):
        await opened(url_of(tmp_path))
    assert path_in(tmp_path).read_bytes() == before
    holder.close()


async def test_our_own_files_are_known_also_those_from_before_the_mark(tmp_path: Path):
    async with open_store(tmp_path) as db:
        await db.write(someone)
    without_mark(path_in(tmp_path))
    async with open_store(tmp_path) as db:
        assert await db.write(someone)
    raw = sqlite3.connect(path_in(tmp_path))
    assert raw.execute("PRAGMA application_id").fetchone()[0] != 0
    raw.close()


@pytest.mark.parametrize("begun", [b"", ("VACUUM",), ("PRAGMA journal_mode = WAL",)], ids=["empty", "blank", "log"])
async def test_a_file_with_nothing_in_it_becomes_ours(tmp_path: Path, begun: bytes | tuple[str, ...]):
    if isinstance(begun, bytes):
        path_in(tmp_path).write_bytes(begun)
    else:
        made(path_in(tmp_path), *begun)
    await opened(url_of(tmp_path))


async def test_what_is_no_file_is_told(tmp_path: Path):
    os.mkfifo(path_in(tmp_path))
    with pytest.raises(StartError, match="is not a file"):
        await opened(url_of(tmp_path))
    (tmp_path / "a.db").symlink_to(tmp_path / "b.db")
    (tmp_path / "b.db").symlink_to(tmp_path / "a.db")
    with pytest.raises(StartError):
        await opened(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")


@pytest.mark.parametrize("how", ["link", "hard link", "folder link", "dots", "relative"])
async def test_two_paths_to_one_file_count_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str):
    home = tmp_path / "home"
    home.mkdir()
    begin_from_template(home, RING)
    other = home / "other.db"
    match how:
        case "link":
            other.symlink_to(path_in(home))
        case "hard link":
            other.hardlink_to(path_in(home))
        case "folder link":
            (tmp_path / "too").symlink_to(home)
            other = path_in(tmp_path / "too")
        case "dots":
            other = home / ".." / "home" / "circle.db"
        case _:
            monkeypatch.chdir(home)
            other = Path("circle.db")
    async with open_store(home) as db:
        with pytest.raises(InUse, match="Another process"):
            await opened(f"sqlite+aiosqlite:///{other}")
        assert await db.write(someone)
    await opened(f"sqlite+aiosqlite:///{other}")


async def test_what_was_written_by_one_name_is_not_missed_by_the_other(tmp_path: Path):
    begin_from_template(tmp_path, RING)
    crashed = sqlite3.connect(path_in(tmp_path), isolation_level=None)
    crashed.execute("INSERT INTO tombstones VALUES ('c', 'kept', x'00', 1)")
    (tmp_path / "other.db").hardlink_to(path_in(tmp_path))
    with pytest.raises(StartError, match="Open it by that name"):
        await opened(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    crashed.close()
    await opened(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")


async def test_a_link_to_a_file_keeps_its_log_beside_the_file(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "link.db").symlink_to(path_in(tmp_path / "data"))
    db = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'link.db'}", KeyRing.parse(RING))
    await db.write(someone)
    assert {path.name for path in tmp_path.iterdir()} == {"data", "link.db"}
    await db.close()
