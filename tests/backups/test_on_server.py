"""Backups of a database on a server: the same kind of file, put back in one step, and restored into a file too."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from psycopg import ConnectionInfo
from typer.testing import CliRunner

from adapters.cli import app
from adapters.operator.backups.drills import drill
from adapters.operator.backups.place import DataPlace
from adapters.operator.backups.restoring import restore
from bot.store import members, processes
from bot.store.backups import making
from bot.store.backups.erasures import ErasedAgain
from bot.store.batch import Tx
from bot.store.errors import InUse, StoreError
from bot.store.looking import is_held
from bot.store.postgres import filing
from bot.store.present import present
from bot.store.tables import members as table
from tests.support.backups import KEEP, backed_up, place_in, put_back
from tests.support.store import NOW, RING, open_store, path_in, someone, url_of

pytestmark = pytest.mark.server_only
LATER = NOW + timedelta(hours=1)


def count(tx: Tx) -> int:
    return tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


async def test_what_was_there_is_there_again_and_who_was_forgotten_since_is_not(tmp_path: Path):
    async with open_store(tmp_path) as db:
        amina = await db.write(someone)
        await db.write(lambda tx: someone(tx, "Omar"))
        backup = backed_up(tmp_path, NOW)
        await db.write(lambda tx: members.forget(tx, amina, LATER))
        await db.write(lambda tx: someone(tx, "Fay"))
    restored = await put_back(tmp_path, backup.path, LATER)
    assert restored.erased == ErasedAgain(members=1, communities=0)
    assert restored.aside is not None
    async with open_store(tmp_path) as db:
        assert await db.read(count) == 1
        omar = await db.write(lambda tx: someone(tx, "Omar"))
        assert await db.read(lambda tx: members.get(tx, omar).name) == "Omar"


async def test_a_restore_refuses_while_a_bot_runs(tmp_path: Path):
    async with open_store(tmp_path) as db:
        await db.write(someone)
        backup = backed_up(tmp_path, NOW)
        with pytest.raises(InUse, match="Stop every bot"):
            await put_back(tmp_path, backup.path, NOW)
        assert await db.read(count) == 1


@pytest.mark.parametrize("ago", [0, 30])
async def test_behind_a_pooler_a_bot_is_known_by_its_word_and_not_by_a_connection_that_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ago: int
):
    monkeypatch.setattr(ConnectionInfo, "backend_pid", 0)

    def say(tx: Tx) -> None:
        now = present(tx) - timedelta(seconds=ago)
        processes.note(tx, processes.Process("3f9a1c", "0.1.0", ("slack",), now, now, leaving=False))

    async with open_store(tmp_path) as db:
        assert not is_held(url_of(tmp_path)), "its connections may be those of a bot that ended"
        await db.write(say)
        assert is_held(url_of(tmp_path)) is (ago == 0)


async def test_a_restore_that_fails_in_the_middle_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with open_store(tmp_path) as db:
        await db.write(someone)
        backup = backed_up(tmp_path, NOW)
        await db.write(lambda tx: someone(tx, "Omar"))

    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(filing, "count_on", fails)
    with pytest.raises(RuntimeError):
        await put_back(tmp_path, backup.path, LATER)
    async with open_store(tmp_path) as db:
        assert await db.read(count) == 2


async def test_a_backup_of_a_server_passes_its_drill_and_can_be_restored_into_a_file(tmp_path: Path):
    async with open_store(tmp_path) as db:
        await db.write(someone)
        backup = backed_up(tmp_path, NOW)
    assert (await drill(place_in(tmp_path), NOW)).problem is None
    (tmp_path / "file").mkdir()
    to = DataPlace(path_in(tmp_path / "file"), RING, tmp_path / "file" / "backups", KEEP)
    await restore(to, backup.path, LATER, old=True)
    assert making.facts_of(path_in(tmp_path / "file")).counts["members"] == 1


async def test_a_backup_that_is_damaged_is_refused_and_nothing_changes(tmp_path: Path):
    async with open_store(tmp_path) as db:
        await db.write(someone)
        backup = backed_up(tmp_path, NOW)
    whole = backup.path.read_bytes()
    backup.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError):
        await put_back(tmp_path, backup.path, LATER)
    async with open_store(tmp_path) as db:
        assert await db.read(count) == 1


@pytest.mark.parametrize("command", [("keys", "rotate"), ("db", "mend")])
async def test_what_needs_the_data_alone_refuses_while_a_bot_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, str]
):
    monkeypatch.chdir(tmp_path)
    settings = f"DATABASE_URL={url_of(tmp_path)}\nENCRYPTION_KEYS={RING}\nLOG_LEVEL=ERROR\n"
    (tmp_path / ".env").write_text(settings)
    async with open_store(tmp_path) as db:
        await db.write(someone)
        told = await asyncio.to_thread(CliRunner().invoke, app, list(command))
        assert told.exit_code == 2
        assert "Stop every bot" in told.stderr
    assert (tmp_path / ".env").read_text() == settings
    assert not list(tmp_path.rglob("*.zip"))
    assert (await asyncio.to_thread(CliRunner().invoke, app, list(command))).exit_code == 0
