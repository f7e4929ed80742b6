"""Puts a backup in the place of everything in a database on a server: in one transaction, whole or not at all."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from adapters.operator.backups.lists import KnownErasures
from adapters.operator.backups.place import DataPlace
from bot.store.backups import erasures
from bot.store.backups.container import Manifest
from bot.store.backups.copies import Copies
from bot.store.backups.erasures import ErasedAgain
from bot.store.backups.folder import Backup, remember_elsewhere
from bot.store.database import Tx
from bot.store.errors import StartError

Finish = Callable[[Tx, KnownErasures], tuple[ErasedAgain, int]]
_BEGINS = ".restoring-"
"""How the name of a folder begins in which a backup is unpacked."""


@contextmanager
def ready_among(folder: Path) -> Generator[Path]:
    """Give the name of a new file in an empty folder among the backups; in the end the folder goes.

    Raises:
        StartError: it cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_BEGINS, dir=folder) as empty:
            yield Path(empty) / "fresh.db"
    except OSError as error:
        raise StartError(
            "{folder} cannot be written: {reason}. Look for a full disk or missing rights.",
            folder=folder,
            reason=error.strerror,
        ) from error


def clear_among(folder: Path) -> None:
    """Remove what a restore that was killed left among the backups."""
    for left in folder.glob(f"{_BEGINS}*"):
        shutil.rmtree(left, ignore_errors=True)


async def restore_on_server(
    place: DataPlace,
    file: Path,
    now: datetime,
    take_out: Callable[[Path], Manifest],
    gather: Callable[[Manifest], KnownErasures],
    finish: Finish,
) -> tuple[Manifest, KnownErasures, Backup | None, tuple[ErasedAgain, int]]:
    """Put a backup in the place of what a server keeps; what was there is set aside first.

    `take_out` puts the backup's database into a file, once it is checked; `gather` gives who was erased since; and
    `finish` brings the restored rows up to now, in the same transaction.

    Raises:
        StoreError: it cannot be done, and nothing was changed.
    """
    from bot.store.postgres.filing import begun, from_file  # noqa: PLC0415 - a file needs no driver of a server

    url = place.url
    with ready_among(place.folder) as fresh:
        manifest = await asyncio.to_thread(take_out, fresh)
        lists = gather(manifest)
        there = await asyncio.to_thread(begun, url)
        aside = await asyncio.to_thread(Copies(place.folder, lambda: now).aside, url) if there else None
        erasures.write_list(place.folder, lists.whole)
        outcome = await asyncio.to_thread(
            from_file, url, fresh, place.ring, manifest.schema, lambda tx: finish(tx, lists)
        )
        remember_elsewhere(place.folder, file.parent)
    return manifest, lists, aside, outcome
