"""Every command of the operator's pages is typed as it stands there, in a folder of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.backups.container import Reason
from tests.support.backups import backed_up
from tests.support.store import NOW, RING, begin_from_template
from tests.support.world import file_of_the_world

PAGES = Path(__file__).parent.parent.parent / "docs" / "operators"
FENCE = re.compile(r"^( *)```\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A circle that was lived in, where set-up puts everything, with a backup."""
    data = tmp_path / "data"
    data.mkdir()
    begin_from_template(data, RING)
    (data / "circle.db").write_bytes(await file_of_the_world())
    backed_up(data, NOW, Reason.NIGHTLY)
    (data / "circle.db").rename(data / "hello-circle.db")
    for path in (data / "backups").glob("circle-*"):
        path.rename(path.with_name(f"hello-{path.name}"))
    for path in data.glob("circle.db*"):
        path.unlink()
    put = f"DATABASE_URL=sqlite+aiosqlite:///{data}/hello-circle.db\nENCRYPTION_KEYS={RING}\n"
    (tmp_path / ".env").write_text(put)
    return tmp_path


def blocks(page: str) -> list[str]:
    text = (PAGES / page).read_text(encoding="utf-8")
    return [re.sub(r"^ +", "", block, flags=re.MULTILINE) for _, block in FENCE.findall(text)]


def typed(folder: Path, block: str) -> str:
    """Type a block in a shell, with the names that stand in it for others put right."""
    stick = folder.parent / f"{folder.name} stick"
    stick.mkdir(exist_ok=True)
    newest = {
        path.parent.name: path.name for path in sorted(folder.rglob("*.zip"), key=lambda path: path.stat().st_mtime)
    }
    block = re.sub(
        r"(\w[\w-]*)/hello-circle-\d+T\d+Z-\w+\.zip", lambda at: f"{at[1]}/{newest.get(at[1], 'none')}", block
    )
    block = block.replace("/mnt/usb-stick", f"'{stick}'").replace("k20260314-9f3a", "test")
    programs = Path(sys.executable).parent
    path = f"{folder / 'programs'}:{programs}:{os.environ['PATH']}"  # noqa: TID251 - of the test, not the bot
    ran = subprocess.run(  # noqa: S603 - our own pages
        ["/bin/bash", "-ec", block.replace(".venv/bin/", "")],
        cwd=folder, env={"PATH": path, "HOME": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{block}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def test_backup_and_restore(folder: Path) -> None:
    lost, now, elsewhere, tried, restored = blocks("backup-and-restore.md")
    assert "The backup is whole: " in typed(folder, now)
    assert f"{folder.name} stick/hello-circle-" in typed(folder, elsewhere)
    assert "was restored and read whole" in typed(folder, tried)
    told = typed(folder, restored)
    assert "-asked.zip" in told
    assert "Restored. The data is as it was on" in told
    assert "Lost is what was written in the" in told
    another = folder.parent / f"{folder.name} another"
    another.mkdir()
    stick = next((folder.parent / f"{folder.name} stick").glob("*.zip"))
    (another / "sheet.txt").write_text(f"    ENCRYPTION_KEYS={RING}\n\nThis key opens\n")
    (another / "kept.zip").write_bytes(stick.read_bytes())
    line = re.sub(r"/mnt/usb-stick/\S+", "kept.zip", lost).rstrip()
    assert "Restored. The data is as it was on" in typed(another, f"{line} --yes --recovery-sheet sheet.txt")
    assert (another / "data" / "hello-circle.db").exists()


def test_keys(folder: Path) -> None:
    new, check, rotate, drop = blocks("keys.md")
    assert re.fullmatch(r"k\d{8}-[0-9a-f]{4}:\S{44}\n", typed(folder, new))
    assert typed(folder, check).startswith("test: current, communities: 2")
    assert "The current key is k" in typed(folder, rotate)
    for path in (folder / "data" / "backups").glob("*.zip"):
        path.unlink()
    assert "The key test is out of .env." in typed(folder, drop)


def test_moving(folder: Path) -> None:
    saved, restored, looked = blocks("moving.md")
    file = Path(typed(folder, saved).splitlines()[0].removeprefix("The backup is whole: "))
    there = folder.parent / f"{folder.name} there"
    (there / "from-old").mkdir(parents=True)
    for path in (file, file.with_name("erasures.json")):
        (there / "from-old" / path.name).write_bytes(path.read_bytes())
    (there / ".env").write_bytes((folder / ".env").read_bytes())
    (there / ".env").chmod(0o644)
    told = typed(there, f"{restored.rstrip()} --yes")
    assert "Restored. The data is as it was on" in told
    assert "No list of erasures" not in told
    assert (there / ".env").stat().st_mode & 0o777 == 0o600
    assert (there / "data" / "hello-circle.db").exists()
    assert "hello-circle drill" in looked
    assert "was restored and read whole" in typed(there, f"hello-circle backup\n{looked.partition(chr(10))[2]}")


def test_removing(folder: Path) -> None:
    (folder / "mine.txt").touch()
    typed(folder, "hello-circle backup")
    elsewhere = folder.parent / f"{folder.name} elsewhere"
    typed(folder, f"hello-circle backup '{elsewhere}'")
    (folder / "programs").mkdir()
    (folder / "programs" / "systemctl").write_text(f'#!/bin/sh\necho "$@" > {folder.parent}/done\n')
    (folder / "programs" / "systemctl").chmod(0o755)
    (folder / ".config" / "systemd" / "user").mkdir(parents=True)
    (folder / ".config" / "systemd" / "user" / "hello-circle.service").touch()
    service, where, everything = blocks("removing.md")
    typed(folder, service)
    assert "disable" in (folder.parent / "done").read_text()
    told = typed(folder, where)
    assert "DATABASE_URL=" in told
    assert RING not in told
    assert told.endswith(f"{elsewhere}\n")
    typed(folder, everything)
    assert [path.name for path in folder.iterdir() if path.name not in {".config", "programs"}] == ["mine.txt"]
