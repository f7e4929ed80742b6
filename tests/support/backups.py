"""Backups of a test's circle: made, put back, and opened to the last byte."""

import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from adapters.operator.backups.place import DataPlace
from adapters.operator.backups.restoring import Restored, restore
from bot.store.backups.container import Reason
from bot.store.backups.folder import Backup
from bot.store.backups.making import make
from tests.support.store import RING, path_in

KEEP = timedelta(days=30)


def place_in(folder: Path, keys: str = RING) -> DataPlace:
    """Give the place of a circle in a folder."""
    return DataPlace(path_in(folder), keys, folder / "backups", KEEP)


def backed_up(folder: Path, now: datetime, reason: Reason = Reason.NIGHTLY, keys: str = RING) -> Backup:
    """Make a backup of the circle in a folder."""
    place = place_in(folder, keys)
    return make(place.database, place.folder, place.ring, now, reason, go_on=lambda: True)


async def put_back(folder: Path, backup: Path, now: datetime, *, old: bool = False) -> Restored:
    """Restore a backup in a folder."""
    return await restore(place_in(folder), backup, now, old=old)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file in a folder, and everything in the archives among them."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield str(path.relative_to(folder)), path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
