"""`hello-circle setup --restore FILE`: on a new machine, with a backup and a recovery sheet, everything comes back."""

import shutil
from pathlib import Path

import pytest

from adapters.operator.answers import SetUpAnswers
from bot.engine.clock import SystemClock
from bot.store.keyring import KeyRing
from tests.support.backups import backed_up
from tests.support.process import quiet_run
from tests.support.store import RING, begin_from_template, open_store, someone
from tests.support.terminal import CTRL_C, Terminal, terminal

ANOTHER = KeyRing.new("other")
MISTYPED = RING[:-3] + ("AA=" if not RING.endswith("AA=") else "BB=")
PASTED = {
    "": "Nothing was pasted.",
    "hunter2": "This is no key. A key is a name, a colon, and 44 letters and signs.",
    ANOTHER: "This key does not open the data. It is another key, or one of its letters is wrong.",
    MISTYPED: "This key does not open the data. It is another key, or one of its letters is wrong.",
}
"""What is pasted by mistake, and what is said then."""


@pytest.fixture
async def saved(tmp_path: Path) -> Path:
    """A backup on a stick, of a circle with somebody in it."""
    old, stick = tmp_path / "old", tmp_path / "stick"
    old.mkdir()
    stick.mkdir()
    begin_from_template(old, RING)
    async with open_store(old) as db:
        await db.write(someone)
    backup = backed_up(old, SystemClock().now()).path
    return Path(shutil.copy(backup, stick / "hello-circle-20261127T030000Z-nightly.zip"))


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A new machine."""
    (tmp_path / "machine").mkdir()
    return tmp_path / "machine"


async def goes_on(screen: Terminal) -> None:
    """Go on to the end, in the terminal only."""
    await screen.sees("Where shall the bot be?", "Number:")
    screen.types("4")
    await screen.sees("Folder for the backups:")
    screen.types("")
    await screen.sees("What is set up", "Restored. The data is as it was on")
    assert await screen.ends() == 0


async def people(machine: Path) -> int:
    """Count who is in the data of a machine."""
    (machine / "data" / "hello-circle.db").rename(machine / "data" / "circle.db")
    async with open_store(machine / "data") as db:
        return await db.read(lambda tx: tx.exec_driver_sql("select count(*) from members").scalar_one())


async def test_every_key_that_does_not_fit_is_named_and_the_sheet_brings_everything_back(
    machine: Path, saved: Path
) -> None:
    async with terminal(machine, "setup", "--restore", str(saved)) as screen:
        await screen.sees("Folder for the data:")
        screen.types("")
        await screen.sees("The backup is sealed with a key.", "Your recovery sheet has the right key.", "Paste the key")
        for pasted, words in PASTED.items():
            screen.types(pasted)
            await screen.sees(words, "Your recovery sheet has the right key.", "Paste the key")
            assert "ENCRYPTION_KEYS" not in (machine / ".env").read_text()
        screen.types(f"    ENCRYPTION_KEYS={RING}")
        await screen.sees("Restored. The data is as it was on", "Lost is what was written in the")
        await screen.sees("and you have a copy of it.")
        await goes_on(screen)
        assert RING not in screen.seen
    assert await people(machine) == 1


async def test_stopped_after_the_data_is_back_it_goes_on_and_puts_nothing_back_twice(
    machine: Path, saved: Path
) -> None:
    line = ("setup", "--restore", str(saved))
    async with terminal(machine, *line) as screen:
        await screen.sees("Folder for the data:")
        screen.types("")
        await screen.sees("Paste the key")
        assert await screen.stops(CTRL_C) == 130
        assert "What was right is kept." in screen.seen
    async with terminal(machine, *line) as screen:
        await screen.sees("Paste the key")
        screen.types(RING)
        await screen.sees("Restored.", "Where shall the bot be?")
        assert await screen.stops(CTRL_C) == 130
    async with terminal(machine, *line) as screen:
        await screen.sees("There is data here already, so I put nothing back.", "Number:")
        screen.types("4")
        await screen.sees("Folder for the backups:")
        screen.types("")
        assert await screen.ends() == 0
    assert not list((machine / "data").rglob("*-aside.zip"))


async def test_without_questions_the_sheet_is_a_file(machine: Path, saved: Path, tmp_path: Path) -> None:
    line = ("setup", "--yes", "--restore", str(saved))
    code, output = await quiet_run(machine, *line)
    assert code == 2
    assert output.splitlines()[-1].endswith("Name the file of your recovery sheet with --recovery-sheet.")
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(f"RECOVERY SHEET\n\n    ENCRYPTION_KEYS={RING}\n\nThis key opens\n")
    code, output = await quiet_run(machine, *line, "--recovery-sheet", str(sheet))
    assert code == 0, output
    assert "Restored. The data is as it was on" in output
    assert SetUpAnswers.beside(machine / "data" / "hello-circle.db").has_copy(KeyRing.parse(RING)) is not None
    assert (machine / "data" / "backups" / "elsewhere.txt").read_text() == f"{saved.parent}\n"
    assert await people(machine) == 1


@pytest.mark.parametrize("wrong", ["not there", "a folder", "cut", "a song", "another program's"])
async def test_a_file_that_is_no_backup_ends_it_with_one_line_and_leaves_nothing(
    machine: Path, saved: Path, tmp_path: Path, wrong: str
) -> None:
    file = tmp_path / "wrong.zip"
    match wrong:
        case "a folder":
            file.mkdir()
        case "cut":
            file.write_bytes(saved.read_bytes()[:-200])
        case "a song":
            file.write_bytes(b"la" * 5000)
        case "another program's":
            shutil.make_archive(str(file.with_suffix("")), "zip", saved.parent)
    code, output = await quiet_run(machine, "setup", "--yes", "--restore", str(file))
    assert code == 2
    assert "Traceback" not in output
    assert str(file) in output.splitlines()[-1]
    assert "ENCRYPTION_KEYS" not in (machine / ".env").read_text()
    assert not list((machine / "data").glob("*.db*"))
