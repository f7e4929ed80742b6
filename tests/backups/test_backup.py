"""A backup is one file that was checked; what is no whole backup of ours is refused in one line and changes nothing."""

import json
import os
import random
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.operator.backups import newest
from adapters.operator.backups.drills import drill, last_drill
from bot.store import migrate
from bot.store.backups.container import Reason, read_manifest
from bot.store.backups.folder import listed, working
from bot.store.errors import Damaged, InUse, StartError, StoreError
from bot.store.keyring import KeyRing
from tests.store.test_migrations import at
from tests.support.backups import backed_up, contents, place_in, put_back
from tests.support.damage import rows_of
from tests.support.store import NOW, RING, begin_from_template, open_store, path_in, someone
from tests.support.world import file_of_the_world


@pytest.fixture
async def lived_in(tmp_path: Path) -> Path:
    """A folder with a circle that was lived in."""
    begin_from_template(tmp_path, RING)
    path_in(tmp_path).write_bytes(await file_of_the_world())
    return tmp_path


async def test_a_backup_that_is_made_while_the_bot_writes_holds_everything_acknowledged(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(someone)
        backup = backed_up(tmp_path, NOW)
        await db.write(lambda tx: someone(tx, "Omar"))
    assert backup.manifest.counts["members"] == 1
    assert (backup.manifest.schema, backup.manifest.keys) == (migrate.HEAD, ("test",))
    assert backup.path.stat().st_mode & 0o777 == 0o600
    await put_back(tmp_path, backup.path, NOW)
    assert len(rows_of(path_in(tmp_path))["members"]) == 1


async def test_a_backup_holds_no_key_and_no_name(lived_in: Path) -> None:
    backup = backed_up(lived_in, NOW)
    with zipfile.ZipFile(backup.path) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Zqamina" not in inside
    assert RING.partition(":")[2].encode() not in inside
    assert KeyRing.parse(RING)._keys["test"] not in inside


async def test_what_is_restored_is_row_by_row_what_was_backed_up(lived_in: Path) -> None:
    before = rows_of(path_in(lived_in))
    backup = backed_up(lived_in, NOW)
    path_in(lived_in).unlink()
    await put_back(lived_in, backup.path, NOW)
    after = rows_of(path_in(lived_in))
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"posts", "notices", "agenda", "snapshots", "kept"}, "what may have been sent since is looked for"
    assert backup.manifest.counts["leads"] == len(after["leads"]) > 0


async def test_a_damaged_database_is_not_backed_up(lived_in: Path) -> None:
    with closing(sqlite3.connect(path_in(lived_in))) as raw:
        raw.execute("UPDATE leads SET private = zeroblob(80)")
        raw.commit()
    with pytest.raises(Damaged, match="No backup was made, because the database is damaged: a row of leads"):
        backed_up(lived_in, NOW)
    assert newest(lived_in / "backups") is None
    assert [name for name, _ in contents(lived_in / "backups") if "zip" in name or "db" in name] == []


async def test_a_full_disk_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_from_template(tmp_path, RING)
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(StartError, match="full disk"):
        backed_up(tmp_path, NOW)
    assert listed(tmp_path / "backups") == []
    assert not (tmp_path / "backups" / ".work").exists()


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_two_backups_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    with working(tmp_path / "backups"), pytest.raises(InUse, match="Try again in a minute"):
        backed_up(tmp_path, NOW)
    first, second = backed_up(tmp_path, NOW), backed_up(tmp_path, NOW)
    assert first.path != second.path
    assert [backup.path for backup in listed(tmp_path / "backups")] == sorted(
        (first.path, second.path), key=lambda p: p.name
    )


async def test_the_newest_that_was_checked_is_the_newest(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    older = backed_up(tmp_path, NOW)
    newer = backed_up(tmp_path, NOW + timedelta(days=1), Reason.ASKED)
    (tmp_path / "backups" / "circle-20990101T000000Z-nightly.zip").write_bytes(b"cut")
    (tmp_path / "backups" / "photos.zip").write_bytes(b"somebody's")
    newest_backup = newest(tmp_path / "backups")
    assert newest_backup is not None
    assert (newest_backup.path, newest_backup.made_at, newest_backup.verified) == (newer.path, newer.made_at, True)
    await put_back(tmp_path, older.path, NOW + timedelta(days=2))
    again = newest(tmp_path / "backups")
    assert again is not None
    assert again.path == newer.path, "what was set aside is no backup that was checked"
    assert newest(tmp_path / "nowhere") is None


async def test_a_drill_tries_the_newest_and_remembers_what_it_came_to(lived_in: Path) -> None:
    place = place_in(lived_in)
    with pytest.raises(StartError, match="hello-circle backup"):
        await drill(place, NOW)
    assert last_drill(place.folder) is None
    backup = backed_up(lived_in, NOW)
    before = path_in(lived_in).read_bytes()
    outcome = await drill(place, NOW)
    assert (outcome.passed, outcome.problem, outcome.rows) == (True, None, sum(backup.manifest.counts.values()))
    assert last_drill(place.folder) == outcome
    assert path_in(lived_in).read_bytes() == before
    failed = await drill(place_in(lived_in, KeyRing.new("other")), NOW)
    assert not failed.passed
    assert "lacks the key test" in str(failed.problem)
    assert last_drill(place.folder) == failed


async def test_members_are_answered_while_a_drill_reads(lived_in: Path) -> None:
    backed_up(lived_in, NOW)
    readers: set[int] = set()

    def go_on() -> bool:
        readers.add(threading.get_ident())
        return True

    assert (await drill(place_in(lived_in), NOW, go_on)).passed
    assert readers
    assert threading.get_ident() not in readers


def cut(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def foreign(_: bytes) -> bytes:
    with zipfile.ZipFile("other.zip", "w") as archive:
        archive.writestr("holiday.txt", "sun")
    return Path("other.zip").read_bytes()


def without_a_manifest_that_is_ours(_: bytes) -> bytes:
    with zipfile.ZipFile("other.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": 1, "name": "an extension of a browser"}))
    return Path("other.zip").read_bytes()


def another_database(_: bytes) -> bytes:
    Path("other.db").unlink(missing_ok=True)
    with closing(sqlite3.connect("other.db")) as raw:
        raw.execute("CREATE TABLE photos (id)")
    return Path("other.db").read_bytes()


BAD: dict[str, Callable[[bytes], bytes]] = {
    "cut": cut,
    "cut at its end": lambda whole: whole[:-10],
    "empty": lambda _: b"",
    "text": lambda _: b"hello " * 1000,
    "foreign": foreign,
    "no manifest of ours": without_a_manifest_that_is_ours,
    "another program's database": another_database,
}


@pytest.mark.parametrize("how", BAD)
async def test_what_is_no_whole_backup_is_refused_in_one_line(
    lived_in: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.chdir(lived_in)
    backup, before = backed_up(lived_in, NOW).path, path_in(lived_in).read_bytes()
    backup.write_bytes(BAD[how](backup.read_bytes()))
    with pytest.raises(StoreError) as refused:
        await put_back(lived_in, backup, NOW)
    assert len(str(refused.value).splitlines()) == 1
    assert str(backup) in str(refused.value)
    assert path_in(lived_in).read_bytes() == before
    assert not path_in(lived_in).with_name("circle.db.restoring").exists()


async def test_a_hundred_garbled_backups_are_refused_or_restored_whole(lived_in: Path) -> None:
    backup = backed_up(lived_in, NOW).path
    whole, leads = backup.read_bytes(), rows_of(path_in(lived_in))["leads"]
    before = path_in(lived_in).read_bytes()
    refused = 0
    for number in range(100):
        luck = random.Random(number)
        content = bytearray(whole)
        place = luck.randrange(len(content) - 16)
        content[place : place + 16] = luck.randbytes(16)
        backup.write_bytes(bytes(content))
        problem = await problem_with(lived_in, backup)
        if problem is None:
            assert rows_of(path_in(lived_in))["leads"] == leads
            path_in(lived_in).write_bytes(before)
            continue
        assert len(problem.splitlines()) == 1
        assert path_in(lived_in).read_bytes() == before
        refused += 1
    assert refused > 90


async def problem_with(folder: Path, backup: Path) -> str | None:
    try:
        await put_back(folder, backup, NOW)
    except StoreError as problem:
        return str(problem)
    return None


async def test_a_folder_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    (tmp_path / "empty").mkdir()
    with pytest.raises(StartError, match="is a folder"):
        await put_back(tmp_path, tmp_path / "empty", NOW)
    with pytest.raises(StartError, match="No such file"):
        await put_back(tmp_path, tmp_path / "typo.zip", NOW)


async def test_a_newer_backup_is_refused_and_an_older_one_is_brought_up(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    with closing(sqlite3.connect(path_in(tmp_path))) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    newer = backed_up(tmp_path, NOW, Reason.ASKED)
    with pytest.raises(StartError, match=r"has schema 9999, which this version .* does not know. Install version"):
        await put_back(tmp_path, newer.path, NOW)
    path_in(tmp_path).unlink()
    at(tmp_path, migrate.KNOWN[0])
    older = backed_up(tmp_path, NOW + timedelta(hours=1), Reason.ASKED)
    await put_back(tmp_path, older.path, NOW + timedelta(hours=2))
    async with open_store(tmp_path) as db:
        assert await db.write(someone)


async def test_a_copy_that_an_earlier_version_left_can_be_restored(lived_in: Path) -> None:
    copy = lived_in / "circle.db.before-0008"
    copy.write_bytes(path_in(lived_in).read_bytes())
    os.utime(copy, (NOW.timestamp(), NOW.timestamp()))
    path_in(lived_in).unlink()
    restored = await put_back(lived_in, copy, NOW + timedelta(days=1))
    assert restored.made_at == NOW
    assert rows_of(path_in(lived_in))["leads"]


async def test_a_migration_makes_a_backup_in_the_same_place(tmp_path: Path) -> None:
    at(tmp_path, migrate.KNOWN[-2])
    async with open_store(tmp_path):
        pass
    (backup,) = listed(tmp_path / "backups")
    assert (backup.manifest.reason, backup.manifest.schema, backup.verified) == (
        Reason.UPGRADE,
        migrate.KNOWN[-2],
        True,
    )
    assert read_manifest(backup.path).counts["tombstones"] == 1
