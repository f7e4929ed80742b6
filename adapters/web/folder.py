"""The folder in which the circles of a page are kept: in memory where there is room, and gone with the program.

A program that is killed takes nothing away, so the next one does it: whoever lives holds a lock in its folder.
"""

import fcntl
import os
import shutil
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from time import time

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
"""Where Linux keeps files in memory; elsewhere they are in the folder of temporary files."""
ROOM = 256 * 2**20
"""Bytes that must be free there."""
PREFIX, HELD = "hello-circle-web-", "held"
BEGINNING_SECONDS = 60
"""A folder that is younger may just be about to be held."""


@contextmanager
def a_folder() -> Generator[Path]:
    """Make a folder, after what killed programs left was taken away; it is gone in the end."""
    for left in _left_behind():
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=PREFIX, dir=_memory()) as name:
        folder = Path(name)
        held = os.open(folder / HELD, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(held)


def size_of(folder: Path) -> int:
    """Count the bytes of the files in a folder."""
    return sum(entry.stat().st_size for entry in os.scandir(folder))


def _left_behind() -> Iterator[Path]:
    """Find the folders of programs that live no more; what belongs to somebody else is left alone."""
    for place in {MEMORY, Path(gettempdir())}:
        for folder in place.glob(f"{PREFIX}*") if place.is_dir() else ():
            try:
                told = folder.lstat()
                if stat.S_ISDIR(told.st_mode) and told.st_uid == os.getuid() and not _is_held(folder, told.st_mtime):
                    yield folder
            except OSError:
                continue


def _is_held(folder: Path, changed: float) -> bool:
    try:
        held = os.open(folder / HELD, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return time() - changed < BEGINNING_SECONDS
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(held)


def _memory() -> Path | None:
    """Find a folder in memory with room for the circles; None leaves it to the system."""
    try:
        roomy = shutil.disk_usage(MEMORY).free >= ROOM
    except OSError:
        return None
    return MEMORY if roomy else None
