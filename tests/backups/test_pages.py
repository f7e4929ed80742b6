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
    """A circle that was lived in, under the usual names, with a backup and the key of before a change."""
    begin_from_template(tmp_path, RING)
    (tmp_path / "circle.db").write_bytes(await file_of_the_world())
    backed_up(tmp_path, NOW, Reason.NIGHTLY)
    (tmp_path / "circle.db").rename(tmp_path / "hello-circle.db")
    for path in (tmp_path / "backups").glob("circle-*"):
        path.rename(path.with_name(f"hello-{path.name}"))
    for path in tmp_path.glob("circle.db*"):
        path.unlink()
    (tmp_path / ".env").write_text(f"ENCRYPTION_KEYS={RING}\n")
    return tmp_path


def blocks(page: str) -> list[str]:
    text = (PAGES / page).read_text(encoding="utf-8")
    return [re.sub(r"^ +", "", block, flags=re.MULTILINE) for _, block in FENCE.findall(text)]


def typed(folder: Path, block: str) -> str:
    """Type a block in a shell, with the names that stand in it for others put right."""
    stick = folder.parent / f"{folder.name} stick"
    stick.mkdir(exist_ok=True)
    asked = sorted((folder / "backups").glob("*-asked.zip")) or sorted((folder / "backups").glob("*-nightly.zip"))
    block = block.replace("/mnt/usb-stick", f"'{stick}'").replace("k20260314-9f3a", "test")
    block = re.sub(r"backups/hello-circle-\d+T\d+Z-\w+\.zip", f"backups/{asked[-1].name}" if asked else "none", block)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # noqa: TID251 - of the test, not the bot
    ran = subprocess.run(  # noqa: S603 - our own pages
        ["/bin/bash", "-ec", block], cwd=folder, env={"PATH": path}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{block}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def test_backup_and_restore(folder: Path) -> None:
    now, elsewhere, tried, restored = blocks("backup-and-restore.md")
    assert "The backup is whole: " in typed(folder, now)
    assert f"{folder.name} stick/hello-circle-" in typed(folder, elsewhere)
    assert "was restored and read whole" in typed(folder, tried)
    told = typed(folder, restored)
    assert "-asked.zip" in told
    assert "Restored. The data is as it was on" in told
    assert "Lost is what was written in the" in told


def test_keys(folder: Path) -> None:
    new, check, rotate, drop = blocks("keys.md")
    assert re.fullmatch(r"k\d{8}-[0-9a-f]{4}:\S{44}\n", typed(folder, new))
    assert typed(folder, check).startswith("test: current, communities: 2")
    assert "The current key is k" in typed(folder, rotate)
    for path in (folder / "backups").glob("*.zip"):
        path.unlink()
    assert "The key test is out of .env." in typed(folder, drop)


def test_moving(folder: Path) -> None:
    made, rights, restored = blocks("moving.md")
    typed(folder, made)
    there = folder / "there"
    (there / "backups").mkdir(parents=True)
    for name in (".env", "backups/erasures.json", f"backups/{max((folder / 'backups').glob('*-asked.zip')).name}"):
        (there / name).write_bytes((folder / name).read_bytes())
    typed(there, rights)
    assert (there / ".env").stat().st_mode & 0o777 == 0o600
    told = typed(there, restored)
    assert "No list of erasures" not in told
    assert (there / "hello-circle.db").exists()


def test_removing(folder: Path) -> None:
    (folder / "mine.txt").touch()
    typed(folder, "hello-circle backup")
    typed(folder, blocks("removing.md")[0])
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
