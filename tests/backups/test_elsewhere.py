"""Copies in other folders: on a stick, where the settings pointed before, and where a restore came from."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from adapters.operator.backups.nightly import AHEAD, EARLY
from adapters.operator.backups.place import DataPlace
from adapters.operator.backups.restoring import restore
from bot.store.backups.container import Reason
from bot.store.backups.folder import Backup, expire, remember_elsewhere
from bot.store.backups.making import make
from tests.support.backups import KEEP, backed_up, place_in
from tests.support.console import open_console
from tests.support.store import NOW, open_store, path_in, someone

FORGET = ("@amina /me forget", '@amina press "Yes, erase everything"')
DAY_31 = NOW + timedelta(days=31)


def on_a_stick(folder: Path, stick: Path) -> Backup:
    """Make a backup as `hello-circle backup DIR` does."""
    place = place_in(folder)
    remember_elsewhere(place.folder, stick)
    return make(place.origin, stick, place.ring, NOW, Reason.ASKED, go_on=lambda: True, lists=place.folder)


def night(place: DataPlace) -> list[str]:
    """Delete what is to be deleted on day 31; names the folders in which something was."""
    gone = expire(place.folder, place.origin, DAY_31 - KEEP + EARLY, DAY_31 + AHEAD)
    return sorted({path.parent.name for path in gone})


async def test_a_stick_does_not_know_who_asked_to_be_forgotten_later_and_the_restore_says_so(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    async with open_console(tmp_path) as circle:
        await circle.run('@amina /lead add name:"Dana" organisation:"Nordik" why:"rivers"')
        saved = on_a_stick(tmp_path, stick)
        await circle.run("at 2026-03-10T12:00", *FORGET)
    assert [path.name for path in stick.iterdir() if path.suffix in {".zip", ".json"}] == [saved.path.name]
    machine = tmp_path / "machine"
    machine.mkdir()
    restored = await restore(place_in(machine), saved.path, NOW + timedelta(days=3))
    assert restored.lists.known_until == NOW, "nobody knows who asked after that"


async def test_copies_end_where_a_restore_came_from(tmp_path: Path) -> None:
    old, machine = tmp_path / "old", tmp_path / "machine"
    old.mkdir()
    machine.mkdir()
    async with open_store(old) as db:
        await db.write(someone)
    saved = on_a_stick(old, tmp_path / "stick")
    nightly = backed_up(old, NOW)
    await restore(place_in(machine), nightly.path, NOW + timedelta(hours=1))
    assert night(place_in(machine)) == ["backups", "stick"]
    assert not saved.path.exists()
    assert not nightly.path.exists(), "also what that folder remembered"


async def test_copies_end_in_the_folder_that_the_settings_named_before(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(someone)
    place, first, second = place_in(tmp_path), tmp_path / "one", tmp_path / "two"
    backed_up(tmp_path, NOW)
    for folder in (first, second):
        make(path_in(tmp_path), folder, place.ring, NOW, Reason.NIGHTLY, go_on=lambda: True)
        expire(folder, place.origin, NOW - KEEP, NOW + AHEAD)
    assert night(replace(place, folder=second)) == ["backups", "one", "two"]
