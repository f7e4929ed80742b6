"""A damaged database is noticed before it is written, or at the latest while the bot runs; then nothing is written."""

import asyncio
import sqlite3
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import members, opening
from bot.store.backups.container import extract
from bot.store.database import Tx, open_database
from bot.store.errors import Corrupt, Damaged, Stopped
from bot.store.file import FileDatabase
from bot.store.keyring import KeyRing
from bot.store.tables import leads
from tests.support.backups import backed_up
from tests.support.console import Console, open_console
from tests.support.damage import HARMLESS, NOTICED, rows_of, scribbled, tried
from tests.support.store import NOW, RING, begin_from_template, open_store, path_in, someone, url_of
from tests.support.world import file_of_the_world

pytestmark = pytest.mark.file_only("the pages of a file")

TRIALS = 96
LEADS = "UPDATE leads SET private = zeroblob(length(private))"
DAMAGE = {
    "a sealed text": LEADS,
    "a text that is no text": "UPDATE leads SET due_reason = CAST(x'ff80ff' AS TEXT)",
    "a text with what nobody types": "UPDATE leads SET close_reason = char(1, 2)",
    "an instant that never was": "UPDATE asks SET sent_at = 9000000000000000000",
    "a number that is a text": "UPDATE leads SET tries = 'many'",
    "a day that is none": "UPDATE leads SET due_on = '2026-02-31'",
    "a week that is none": "UPDATE pauses SET from_week = 99",
    "settings that cannot be read": "UPDATE communities SET settings = '{'",
    "a community's key": "UPDATE community_keys SET wrapped = zeroblob(60)",
    "a table that is gone": "DROP TABLE tip_trials",
}


@pytest.fixture
async def whole(tmp_path: Path) -> bytes:
    """A database that was lived in, in its place."""
    begin_from_template(tmp_path, RING)
    file = await file_of_the_world()
    path_in(tmp_path).write_bytes(file)
    return file


def scratch(path: Path, *statements: str) -> None:
    """Change a file past the bot, with all that keeps it right switched off."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


async def opened(folder: Path) -> FileDatabase:
    return await FileDatabase.open(url_of(folder), KeyRing.parse(RING))


async def test_random_bytes_anywhere_are_noticed_or_change_no_row(tmp_path: Path, whole: bytes):
    seen = Counter([await tried(tmp_path, whole, scribbled(whole, number)) for number in range(TRIALS)])
    assert seen[NOTICED] > TRIALS / 5  # most pages of a young database are nearly empty
    assert seen[NOTICED] + seen[HARMLESS] == TRIALS


async def test_a_page_that_is_lost_is_noticed_or_held_nothing(tmp_path: Path, whole: bytes):
    for page in range(0, len(whole) // 4096, 5):
        lost = whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :]
        await tried(tmp_path, whole, lost)


async def test_a_file_that_was_cut_is_noticed(tmp_path: Path, whole: bytes):
    for length in (len(whole) // 2, len(whole) - 4096, 5000, 60):
        assert await tried(tmp_path, whole, whole[:length]) == NOTICED


@pytest.mark.parametrize("what", DAMAGE)
async def test_whatever_is_damaged_is_noticed_at_the_start(tmp_path: Path, whole: bytes, what: str):
    path = path_in(tmp_path)
    scratch(path, "INSERT INTO pauses SELECT community_id, id, 202610, 202611 FROM members LIMIT 1", DAMAGE[what])
    before = path.read_bytes()
    with pytest.raises(Damaged, match="damaged"):
        await opened(tmp_path)
    assert path.read_bytes() == before


async def test_the_newest_backup_is_named_with_the_line_that_puts_it_back(
    tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "a folder; of mine"
    folder.mkdir()
    path = path_in(folder)
    path.write_bytes(whole)
    backup = backed_up(folder, NOW)
    scratch(path, LEADS)
    with pytest.raises(Damaged) as refused:
        await opened(folder)
    told = str(refused.value)
    assert len(told.splitlines()) == 1
    assert "The newest backup is of 2026-03-09 13:00 UTC." in told
    monkeypatch.setenv("ENCRYPTION_KEYS", RING)
    monkeypatch.setenv("DATABASE_URL", url_of(folder))
    line = told.split("type: ")[1]
    assert line.startswith("hello-circle restore ")
    program = Path(sys.executable).with_name("hello-circle")
    shell = await asyncio.create_subprocess_shell(line.replace("hello-circle", str(program), 1) + " > /dev/null")
    assert await shell.wait() == 0
    await (await opened(folder)).close()
    assert backup.path.exists()


async def test_without_a_backup_that_is_said(tmp_path: Path, whole: bytes):
    scratch(path_in(tmp_path), LEADS)
    with pytest.raises(Damaged, match="There is no backup in .*backups"):
        await opened(tmp_path)


ROWS = {what: how for what, how in DAMAGE.items() if what != "a table that is gone"}


@pytest.mark.parametrize("what", ROWS)
async def test_what_nobody_can_read_can_be_taken_out_after_a_copy(tmp_path: Path, whole: bytes, what: str):
    path = path_in(tmp_path)
    scratch(path, "INSERT INTO pauses SELECT community_id, id, 202610, 202611 FROM members LIMIT 1", ROWS[what])
    spoilt = path.read_bytes()
    await (await open_database(url_of(tmp_path), KeyRing.parse(RING), mending=True)).close()
    (aside,) = (tmp_path / "backups").glob("circle-*-aside.zip")
    extract(aside, tmp_path / "as it was.db")
    assert (tmp_path / "as it was.db").read_bytes() == spoilt
    async with open_store(tmp_path) as db:
        assert await db.write(someone)
    left = rows_of(path)
    assert left["members"], "what was whole is still there"


async def test_pages_that_are_not_whole_are_not_mended(tmp_path: Path, whole: bytes):
    path_in(tmp_path).write_bytes(whole[:-4096])
    with pytest.raises(Damaged):
        await open_database(url_of(tmp_path), KeyRing.parse(RING), mending=True)
    assert path_in(tmp_path).read_bytes() == whole[:-4096]


@pytest.fixture
def large(whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as a large one, so that it is checked after the start."""
    monkeypatch.setattr(opening, "ALL_ROWS_AT_START", 0)
    monkeypatch.setattr(opening, "PAGES_AT_START", 0)


async def checked(db: FileDatabase) -> None:
    assert db._checking is not None
    await db._checking


@pytest.mark.usefixtures("large")
async def test_a_large_file_starts_at_once_and_is_then_read_whole(
    tmp_path: Path, whole: bytes, logged: list[dict[str, Any]]
):
    db = await opened(tmp_path)
    await checked(db)
    assert [record["event"] for record in logged if "database" in record["event"]] == ["database whole"]
    assert await db.write(someone)
    await db.close()


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("what", DAMAGE)
async def test_damage_in_a_large_file_stops_the_writing_and_is_told_once(
    tmp_path: Path, whole: bytes, logged: list[dict[str, Any]], what: str
):
    scratch(
        path_in(tmp_path),
        "INSERT INTO pauses SELECT community_id, id, 202610, 202611 FROM members LIMIT 1",
        DAMAGE[what],
    )
    db = await opened(tmp_path)
    await checked(db)
    before = path_in(tmp_path).read_bytes()
    for _ in range(3):
        with pytest.raises(Stopped):
            await db.write(someone)
    (told,) = [record for record in logged if record["level"] == "error"]
    assert told["event"] == "database damaged"
    assert told["file"] == str(path_in(tmp_path))
    assert "backup" in told["remedy"]
    await db.close()
    assert path_in(tmp_path).read_bytes() == before
    with pytest.raises(Damaged):
        await opened(tmp_path)  # however large it is: this damage is known


@pytest.mark.usefixtures("large")
async def test_a_file_that_was_put_right_is_taken_again(tmp_path: Path, whole: bytes):
    scratch(path_in(tmp_path), LEADS)
    db = await opened(tmp_path)
    await checked(db)
    await db.close()
    path_in(tmp_path).write_bytes(whole)
    for _ in range(2):
        db = await opened(tmp_path)
        assert await db.write(someone)
        await db.close()


@pytest.mark.usefixtures("large")
async def test_a_check_that_runs_does_not_hold_up_the_end(tmp_path: Path, whole: bytes):
    for _ in range(5):
        await (await opened(tmp_path)).close()


@pytest.mark.usefixtures("large")
async def test_a_large_file_can_be_checked_before_the_start(tmp_path: Path, whole: bytes):
    scratch(path_in(tmp_path), LEADS)
    with pytest.raises(Damaged):
        await open_database(url_of(tmp_path), KeyRing.parse(RING), every_row=True)


async def test_damage_that_a_reader_or_a_writer_meets_stops_the_writing(tmp_path: Path):
    for how in ("read", "write"):
        (tmp_path / how).mkdir()
        async with open_store(tmp_path / how) as db:
            who = await db.write(someone)
            await db.write(lambda tx: tx.execute(sa.text("UPDATE members SET private = zeroblob(50)")))
            meets: Callable[[Callable[[Tx], Any]], Awaitable[Any]] = getattr(db, how)
            with pytest.raises(Corrupt):
                await meets(lambda tx, who=who: members.get(tx, who))
            with pytest.raises(Stopped):
                await db.write(someone)


DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


async def damage_dana(circle: Console) -> None:
    def scratched(tx: Tx) -> None:
        tx.execute(leads.update().values(due_reason=sa.text("due_reason"), private=sa.text("zeroblob(80)")))

    await circle.session.circle.db.write(scratched)


async def test_a_damaged_row_is_called_damaged_and_members_go_on_reading(circle: Console):
    await circle.run(DANA, "@omar /help")
    await damage_dana(circle)
    seen = await circle.one("@amina /lead list")
    assert seen.error == "damaged"
    assert "damaged" in seen.text
    assert "try again" not in seen.text.lower()
    refused = await circle.one('@omar /lead add name:"Lee" organisation:"Bell" why:"tests"')
    assert refused.error == "not-saved"
    assert refused.text.startswith("I cannot save now")
    read = await circle.one("@omar /lead list")
    assert read.error is None
    await circle.run("@amina speaks fr")
    assert (await circle.one("@amina /me pause")).text.startswith("Je ne peux rien enregistrer")


async def test_a_round_sends_nothing_from_a_damaged_database(tmp_path: Path):
    async with open_console(tmp_path) as circle:
        await circle.run(DANA)
        await damage_dana(circle)
        await circle.one("@amina /lead list")
        assert await circle.run("at 2026-03-23T12:30") == []
