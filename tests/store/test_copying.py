"""`db copy`: from a file to a server and back, interrupted and gone on with, and compared row by row."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.store import copying
from bot.store.copy_ends import FileEnd, ServerEnd
from bot.store.copying import copy
from bot.store.errors import InUse, StartError
from bot.store.keyring import KeyRing
from bot.store.looking import damage_in, looking, rows
from bot.store.postgres.rows import TableShape
from tests.support import postgres
from tests.support.store import RING, begin_from_template, open_store, path_in, someone
from tests.support.world import file_of_the_world

pytestmark = pytest.mark.file_only("it goes from a file to a server by itself")
KEYS = KeyRing.parse(RING)


@pytest.fixture
async def source(tmp_path: Path) -> Path:
    """A file that was lived in."""
    begin_from_template(tmp_path, RING)
    path_in(tmp_path).write_bytes(await file_of_the_world())
    return path_in(tmp_path)


@pytest.fixture
def server(tmp_path: Path):
    """An empty database on the server."""
    name = postgres.database_of(tmp_path)
    postgres.create(name)
    yield postgres.address(name)
    postgres.drop(name)


class Killed(BaseException):
    """The process ends here."""


def silent(table: str, count: int) -> None:
    """Hear nothing."""


def dump(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    inserts = sorted(line for line in raw.iterdump() if line.startswith("INSERT"))
    raw.close()
    return inserts


def test_everything_goes_to_a_server_and_comes_back_the_same(tmp_path: Path, source: Path, server: str):
    there = copy(source, server, KEYS, silent)
    with looking(server, KEYS) as tx:
        assert damage_in(tx) is None
        assert rows(tx) == there > 100
    back = tmp_path / "back.db"
    assert copy(server, back, KEYS, silent) == there
    assert dump(back) == dump(source)


def killed_again_and_again(monkeypatch: pytest.MonkeyPatch, begin: Callable[[], int], target: Path | str) -> int:
    """Copy, and be killed after one part, then after two, and so on, until it is whole; returns how often."""
    put, left = {kind: kind.put for kind in (FileEnd, ServerEnd)}, [0]

    def until(self: Any, shape: TableShape, many: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        put[type(self)](self, shape, many)

    for kind in put:
        monkeypatch.setattr(kind, "put", until)
    for number in range(1, 200):
        left[0] = number
        try:
            begin()
        except Killed:
            assert not (isinstance(target, Path) and target.exists())
        else:
            return number
    raise AssertionError("it never ends")


@pytest.mark.parametrize("way", ["to a server", "to a file"])
def test_a_copy_that_is_interrupted_anywhere_goes_on_and_opens_nowhere_before(
    tmp_path: Path, source: Path, server: str, monkeypatch: pytest.MonkeyPatch, way: str
):
    monkeypatch.setattr(copying, "TOGETHER", 7)
    origin, target = source, server
    if way == "to a file":
        copy(source, server, KEYS, silent)
        origin, target = server, tmp_path / "back.db"
    with monkeypatch.context() as patched:
        rounds = killed_again_and_again(patched, lambda: copy(origin, target, KEYS, silent), target)
    assert rounds > 3
    again = tmp_path / "again.db"
    if isinstance(target, str):
        copy(target, again, KEYS, silent)
    assert dump(again if isinstance(target, str) else target) == dump(source)


def test_a_source_that_changed_since_is_noticed_in_the_end(source: Path, server: str, monkeypatch: pytest.MonkeyPatch):
    compared = copying._compared

    def stop(*_: object) -> int:
        raise Killed

    monkeypatch.setattr(copying, "_compared", stop)
    with pytest.raises(Killed):
        copy(source, server, KEYS, silent)
    monkeypatch.setattr(copying, "_compared", compared)
    raw = sqlite3.connect(source)
    raw.execute("UPDATE members SET started = 1 - started")
    raw.commit()
    raw.close()
    with pytest.raises(StartError, match="changed since the copy was begun"):
        copy(source, server, KEYS, silent)


async def test_what_is_in_use_or_has_data_is_left_as_it_is(tmp_path: Path, source: Path, server: str):
    other = tmp_path / "other"
    other.mkdir()
    async with open_store(other) as db:
        await db.write(someone)
        with pytest.raises(InUse):
            copy(path_in(other), server, KEYS, silent)
    copy(source, server, KEYS, silent)
    with pytest.raises(StartError, match="There is data in"):
        copy(path_in(other), server, KEYS, silent)
    with pytest.raises(StartError, match="is there already"):
        copy(server, path_in(other), KEYS, silent)


def test_a_copy_that_is_whole_is_only_compared_when_the_line_is_typed_again(tmp_path: Path, source: Path, server: str):
    back = tmp_path / "back.db"
    there = copy(source, server, KEYS, silent)
    for _ in range(2):
        assert copy(source, server, KEYS, silent) == there
        assert copy(server, back, KEYS, silent) == there
    with closing(sqlite3.connect(back)) as raw, raw:
        raw.execute("UPDATE members SET started = 1 - started")
    with pytest.raises(StartError, match="is there already"):
        copy(server, back, KEYS, silent)
    with pytest.raises(StartError, match="There is data in"):
        copy(back, server, KEYS, silent)


def test_a_bot_that_starts_on_the_old_place_meanwhile_is_noticed(tmp_path: Path, source: Path, server: str):
    copy(source, server, KEYS, silent)
    bots: list[psycopg.Connection] = []

    def start(table: str, count: int) -> None:
        if not bots:
            bots.append(psycopg.connect(server, application_name="hello-circle"))

    with pytest.raises(InUse):
        copy(server, tmp_path / "back.db", KEYS, start)
    bots[0].close()
    assert not (tmp_path / "back.db").exists()


def spoil(part: Path, how: str) -> None:
    """Leave a copy as something else would: damaged, of another version, or whole and without its name."""
    if how == "damaged":
        part.write_bytes(b"waste" * 1000)
        return
    with closing(sqlite3.connect(part)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'" if how == "of before" else "DROP TABLE copying")


@pytest.mark.parametrize(
    ("how", "told"),
    [("damaged", "is damaged. Delete it"), ("of before", "Another version began this copy. Delete"), ("whole", "")],
)
def test_a_part_that_cannot_be_gone_on_with_says_what_to_delete(
    tmp_path: Path, source: Path, server: str, monkeypatch: pytest.MonkeyPatch, how: str, told: str
):
    there, back = copy(source, server, KEYS, silent), tmp_path / "back.db"

    def stop(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(FileEnd, "finish", stop)
        with pytest.raises(Killed):
            copy(server, back, KEYS, silent)
    spoil(tmp_path / "back.db.copying", how)
    if not told:
        assert copy(server, back, KEYS, silent) == there
        return
    with pytest.raises(StartError, match=told) as refused:
        copy(server, back, KEYS, silent)
    assert "back.db.copying" in str(refused.value)


def test_a_full_disk_is_one_line(tmp_path: Path, source: Path, server: str, monkeypatch: pytest.MonkeyPatch):
    copy(source, server, KEYS, silent)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(FileEnd, "put", full)
    with pytest.raises(StartError, match="disk is full. Look for a full disk"):
        copy(server, tmp_path / "back.db", KEYS, silent)


def test_what_cannot_be_copied_is_named(tmp_path: Path, server: str):
    with pytest.raises(StartError, match="There is nothing in .* to copy"):
        copy(server, tmp_path / "back.db", KEYS, silent)
    with pytest.raises(StartError, match="Both are the same database"):
        copy(server, server, KEYS, silent)
    with psycopg.connect(server) as raw:
        raw.execute("CREATE TABLE orders (id int)")
    for source, target in ((server, tmp_path / "back.db"), (tmp_path / "none.db", server)):
        with pytest.raises(StartError, match=r"Another program's tables|is not there"):
            copy(source, target, KEYS, silent)


def test_the_numbers_of_new_rows_go_on_behind_those_that_came(source: Path, server: str):
    copy(source, server, KEYS, silent)
    with psycopg.connect(server) as raw:
        last, following = raw.execute(
            "SELECT max(id), nextval(pg_get_serial_sequence('events', 'id')) FROM events"
        ).fetchone() or (0, 0)
    assert following == last + 1
