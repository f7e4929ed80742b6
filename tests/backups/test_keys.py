"""The key is changed by its command, step by step; the old one can go when nothing needs it, and old buttons live till then."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from adapters.cli import app
from bot.config import Settings
from bot.engine.tokens import Audience, Forged, Signer
from bot.store.keyring import KeyRing
from tests.support.backups import backed_up
from tests.support.store import NOW, RING, begin_from_template, open_store, someone, url_of

OMAR = Audience("console", "circle", "omar")


@pytest.fixture(autouse=True)
def a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    begin_from_template(tmp_path, RING)
    asyncio.run(starts(tmp_path, RING))
    write(f"# my settings\nDATABASE_URL={url_of(tmp_path)}\nENCRYPTION_KEYS={RING}\n# the end\nLOG_LEVEL=ERROR\n")


def write(text: str) -> None:
    Path(".env").write_text(text, encoding="utf-8")


def hello(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200", "NO_COLOR": "1"})


def keys() -> str:
    setting = re.search(r"^ENCRYPTION_KEYS=(.*)$", Path(".env").read_text(), re.MULTILINE)
    assert setting is not None
    return setting[1]


def names() -> tuple[str, ...]:
    return KeyRing.parse(keys()).names


def test_every_new_key_has_a_name_of_its_own() -> None:
    names = {hello("keys", "new").stdout.partition(":")[0] for _ in range(20)}
    assert len(names) == 20


def test_a_change_puts_a_new_key_in_front_and_the_bot_starts_with_it(tmp_path: Path) -> None:
    told = hello("keys", "rotate")
    assert told.exit_code == 0, told.output
    new, old = names()
    assert (old, new == "test") == ("test", False)
    text = Path(".env").read_text()
    assert text.startswith("# my settings\n")
    assert "# the end\nLOG_LEVEL=ERROR\n" in text
    assert Path(".env").stat().st_mode & 0o777 == 0o600
    assert f"The current key is {new}. It wraps the keys of all communities: 1." in told.output
    for secret in keys().split(","):
        assert secret.partition(":")[2] not in told.output
    assert hello("keys", "drop", "test").exit_code == 0
    assert names() == (new,)
    asyncio.run(starts(tmp_path, keys()))


async def starts(folder: Path, ring: str) -> None:
    async with open_store(folder, ring) as db:
        assert await db.write(someone)


def test_old_buttons_work_until_the_old_key_is_dropped() -> None:
    token = Signer(KeyRing.parse(keys()).derived("tokens")).sign("abcd", (), OMAR, NOW)
    assert hello("keys", "rotate").exit_code == 0
    assert Signer(KeyRing.parse(keys()).derived("tokens")).open(token, OMAR).code == "abcd"
    assert hello("keys", "drop", "test").exit_code == 0
    with pytest.raises(Forged):
        Signer(KeyRing.parse(keys()).derived("tokens")).open(token, OMAR)


def test_a_key_that_backups_need_is_kept_until_they_are_gone(tmp_path: Path) -> None:
    backed_up(tmp_path, NOW)
    assert hello("keys", "rotate").exit_code == 0
    refused = hello("keys", "drop", "test")
    assert refused.exit_code == 2
    assert "Backups that still need the key test: 1. The last one is deleted on 2026-04-08." in refused.stderr
    assert "test" in names()
    assert hello("keys", "drop", "test", "--now").exit_code == 0
    told = hello("keys", "check").output
    assert "test: not in ENCRYPTION_KEYS; backups that nobody can restore: 1" in told


@pytest.mark.parametrize("named", ["test", "two words", "x" * 33, "ключ"])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_changed(named: str) -> None:
    before = Path(".env").read_text()
    assert hello("keys", "rotate", "--name", named).exit_code == 2
    assert Path(".env").read_text() == before


def test_a_change_that_was_begun_is_finished(tmp_path: Path) -> None:
    write(Path(".env").read_text().replace(RING, f"{KeyRing.new('mine')},{RING}"))
    assert "a change is not finished" in hello("keys", "check").output
    assert "not finished" in hello("keys", "drop", "test").stderr
    told = hello("keys", "rotate")
    assert "A change of the key was begun before; I finish it." in told.output
    assert names() == ("mine", "test")
    assert "test: old, backups: 0, and can be dropped" in hello("keys", "check").output


def test_keys_that_are_not_in_the_file_are_changed_by_hand_and_then_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path(".env").read_text().replace(f"ENCRYPTION_KEYS={RING}\n", ""))
    monkeypatch.setenv("ENCRYPTION_KEYS", RING)
    told = hello("keys", "rotate")
    assert told.exit_code == 0
    entry = told.output.strip().splitlines()[-1]
    assert "ENCRYPTION_KEYS" not in Path(".env").read_text()
    monkeypatch.setenv("ENCRYPTION_KEYS", f"{entry},{RING}")
    assert "I finish it" in hello("keys", "rotate").output
    monkeypatch.setenv("ENCRYPTION_KEYS", entry)
    assert "current, communities: 1" in hello("keys", "check").output


async def test_the_key_is_not_changed_while_the_bot_runs(tmp_path: Path) -> None:
    before = Path(".env").read_text()
    async with open_store(tmp_path):
        refused = hello_in_thread("keys", "rotate")
        assert "Stop it first" in await refused
        assert "current" in await hello_in_thread("keys", "check")
    assert Path(".env").read_text() == before


async def hello_in_thread(*arguments: str) -> str:
    ran = await asyncio.to_thread(hello, *arguments)
    return ran.output + ran.stderr


def test_check_refuses_keys_that_do_not_fit(tmp_path: Path) -> None:
    write(Path(".env").read_text().replace(RING, KeyRing.new("test")))
    told = hello("keys", "check")
    assert told.exit_code == 2
    assert "is not the one this database was written with" in told.stderr


def test_a_backup_of_before_the_change_is_restored_and_its_change_is_finished(tmp_path: Path) -> None:
    backup = backed_up(tmp_path, NOW + timedelta(days=300)).path
    assert hello("keys", "rotate").exit_code == 0
    told = hello("restore", str(backup))
    assert told.exit_code == 0, told.stderr
    assert "a change is not finished" in hello("keys", "check").output
    assert "I finish it" in hello("keys", "rotate").output
