"""Puts a backup in the place of the database: made ready beside it, then exchanged in one step.

Whoever was erased since is erased again, and what may have been posted since is looked for. A process that is killed on
the way leaves the old database or the new one, each whole; the next restore begins anew.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.operator.backups.lists import KnownErasures, gathered
from adapters.operator.backups.place import DataPlace
from adapters.operator.backups.restoring_server import clear_among, ready_among, restore_on_server
from adapters.runtime import hello_circle
from bot.scheduling.returning import look_first
from bot.store import migrate
from bot.store.address import Origin
from bot.store.backups import erasures
from bot.store.backups.container import Manifest, NotABackup, extract, read_manifest
from bot.store.backups.copies import Copies
from bot.store.backups.erasures import ErasedAgain
from bot.store.backups.folder import Backup, check_reason, remember_elsewhere
from bot.store.backups.making import as_raw, check_keys, wrong_with
from bot.store.belonging import MAGIC, check_ours
from bot.store.database import Tx, open_database
from bot.store.errors import Corrupt, NewerSchema, StartError
from bot.store.replacing import exchange
from bot.store.sqlite import FileLock, keep_private, url_of

RESTORING = ".restoring"
"""The end of the name of the folder in which a database is made ready, beside the one it replaces."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: from when the data is, who was erased again, what is looked for, where the old file is."""

    made_at: datetime
    erased: ErasedAgain
    looked_for: int
    aside: Backup | None
    lists: KnownErasures


async def restore(place: DataPlace, file: Path, now: datetime, *, old: bool = False) -> Restored:
    """Put a backup in the place of the database; `old` takes one for which no list says who was erased since.

    Raises:
        StoreError: it cannot be done, and nothing was changed; the message names the reason and the fix.
    """
    if isinstance(place.origin, str):
        return await _restore_on_server(place, file, now, old=old)
    database, copies = place.origin, Copies(place.folder, lambda: now)
    with suppress(OSError):  # it went with the data; what is wrong with the place is told when the file is taken
        database.parent.mkdir(mode=0o700, exist_ok=True)
    lock = FileLock(database).take(replacing=True)
    try:
        with ready_beside(database) as fresh:
            manifest = _put(place, file, fresh)
            lists = gathered(place, file, manifest.made_at, now, old=old)
            erased_again, looked_for = await _brought_up(place, file, fresh, lists, now)
            aside = copies.aside(database) if database.stat().st_size else None
            erasures.write_list(place.folder, lists.whole)
            exchange(fresh, database)
            remember_elsewhere(place.folder, file.parent)
    finally:
        lock.release()
    return Restored(manifest.made_at, erased_again, looked_for, aside, lists)


async def _restore_on_server(place: DataPlace, file: Path, now: datetime, *, old: bool) -> Restored:
    manifest, lists, aside, (again, looked_for) = await restore_on_server(
        place,
        file,
        now,
        lambda fresh: _put(place, file, fresh),
        lambda manifest: gathered(place, file, manifest.made_at, now, old=old),
        lambda tx, lists: _return_to(tx, lists, now),
    )
    return Restored(manifest.made_at, again, looked_for, aside, lists)


@contextmanager
def ready_beside(database: Path) -> Generator[Path]:
    """Give the name of a new file in an empty folder beside the database; in the end the folder goes."""
    folder = leftovers_of(database)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
        yield folder / "fresh.db"
    except OSError as error:
        raise StartError(
            "{folder} cannot be written: {reason}. Look for a full disk or missing rights.",
            folder=folder,
            reason=error.strerror,
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def leftovers_of(database: Path) -> Path:
    """Name the folder in which a restore that was killed may have left something."""
    return database.with_name(database.name + RESTORING)


def clear_leftovers(place: DataPlace) -> None:
    """Remove what a restore that was killed left."""
    clear_among(place.folder)
    if isinstance(place.origin, Path):
        shutil.rmtree(leftovers_of(place.origin), ignore_errors=True)


def _put(place: DataPlace, file: Path, fresh: Path) -> Manifest:
    """Take the database out of a backup, and check it."""
    manifest = _taken_out(file, fresh)
    if manifest.schema not in migrate.KNOWN:
        raise NewerSchema(
            "The backup {file} has schema {schema}, which this version (schema {head}) does not know. "
            "Install version {version}, or a newer one.",
            file=file,
            schema=manifest.schema,
            head=migrate.HEAD,
            version=manifest.version or "of then",
        )
    ring = place.ring
    check_keys(manifest, ring)
    damage = wrong_with(fresh, manifest, ring, lambda: True)
    if damage is not None:
        raise NotABackup(
            "The database in {file} is damaged: {problem}. Choose another backup.", file=file, problem=damage
        )
    return manifest


@contextmanager
def unpacked(file: Path, origin: Origin, folder: Path) -> Generator[tuple[Manifest, Path]]:
    """Take the database out of a backup for the time of the block: beside the file that it may replace, or in a folder.

    Raises:
        StartError: it is no backup of ours, it is damaged, or there is no room.
    """
    with ready_beside(origin) if isinstance(origin, Path) else ready_among(folder) as fresh:
        yield _taken_out(file, fresh), fresh


def _taken_out(file: Path, fresh: Path) -> Manifest:
    """Take the database out of a backup, or copy one that is no backup, such as those of earlier versions."""
    if not _is_database(file):
        check_reason(read_manifest(file), file)
        return extract(file, fresh)
    check_ours(file)
    keep_private(fresh)
    shutil.copyfile(file, fresh)
    log = file.with_name(f"{file.name}-wal")
    if log.exists():
        shutil.copyfile(log, fresh.with_name(f"{fresh.name}-wal"))
    return as_raw(fresh, datetime.fromtimestamp(file.stat().st_mtime, UTC))


def _is_database(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(MAGIC)) == MAGIC
    except OSError:
        return False  # what is in the way is told when it is read as a backup


def _return_to(tx: Tx, lists: KnownErasures, now: datetime) -> tuple[ErasedAgain, int]:
    again = erasures.erase_again(tx, lists.whole)
    return again, look_first(tx, hello_circle().schedules, now)


async def _brought_up(
    place: DataPlace, file: Path, fresh: Path, lists: KnownErasures, now: datetime
) -> tuple[ErasedAgain, int]:
    """Bring a restored database up to this version, and to what happened since."""
    copies = Copies(place.folder, lambda: now, wanted=False)
    try:
        db = await open_database(url_of(fresh), place.ring, copies=copies, every_row=True)
    except Corrupt:
        raise NotABackup("The database in {file} is damaged. Choose another backup.", file=file) from None
    try:
        outcome = await db.write(lambda tx: _return_to(tx, lists, now))
        await db.empty_log()
    finally:
        await db.close()
    handle = os.open(fresh, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    return outcome
