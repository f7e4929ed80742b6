"""What a killed page leaves in memory is taken away by the next one, and nothing else is."""

import os
import time
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from adapters.web import folder
from adapters.web.folder import HELD, PREFIX, a_folder
from bot.store.replacing import pack


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(folder, "MEMORY", tmp_path)
    monkeypatch.setattr(folder, "gettempdir", lambda: str(tmp_path))
    return tmp_path


def left(place: Path, name: str, *, held: bool = True, seconds_ago: float = 3600) -> Path:
    """Make a folder as a program that was killed leaves it."""
    folder = place / f"{PREFIX}{name}"
    (folder / "a-circle").mkdir(parents=True)
    (folder / "a-circle" / "circle.db").write_text("what somebody typed", encoding="utf-8")
    if held:
        (folder / HELD).touch()
    then = time.time() - seconds_ago
    os.utime(folder, (then, then))
    return folder


def test_what_killed_pages_left_is_gone_and_a_living_one_keeps_its_own(place: Path) -> None:
    killed, early = left(place, "killed"), left(place, "early", held=False)
    with a_folder() as living:
        assert not killed.exists()
        assert not early.exists()
        (living / "circle.db").touch()
        with a_folder() as beside:
            assert (living / "circle.db").exists()
            assert beside != living
    assert list(place.iterdir()) == []


def test_what_begins_at_this_moment_and_what_belongs_to_others_stays(place: Path) -> None:
    beginning, foreign = left(place, "beginning", held=False, seconds_ago=1), place / "somebody-elses"
    (foreign / "files").mkdir(parents=True)
    link = place / f"{PREFIX}link"
    link.symlink_to(foreign, target_is_directory=True)
    with a_folder():
        assert beginning.exists()
        assert (foreign / "files").exists()


def test_a_packed_circle_is_small_and_whole(place: Path) -> None:
    file, packed = place / "lived.db", place / "circle.db"
    with closing(connect(file)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        for number in range(30):
            raw.execute(f"CREATE TABLE t{number} (x)")
        raw.execute("INSERT INTO t29 VALUES (29)")
        raw.commit()
    pack(file, packed)
    assert packed.stat().st_size < file.stat().st_size / 2
    assert packed.stat().st_mode & 0o777 == 0o600
    with closing(connect(packed)) as raw:
        assert raw.execute("SELECT x FROM t29").fetchone() == (29,)
