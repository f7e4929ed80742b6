"""Who was erased since a backup was made: gathered from every list that is at hand."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.operator.backups.place import DataPlace
from bot.store import erased
from bot.store.address import Origin
from bot.store.backups import erasures
from bot.store.backups.container import read_erasures
from bot.store.backups.erasures import ErasureList
from bot.store.backups.folder import listed
from bot.store.errors import StartError


@dataclass(frozen=True, slots=True)
class KnownErasures:
    """Every erasure that is known, and up to when nobody is missing; None when that is up to now."""

    whole: ErasureList
    known_until: datetime | None


def gathered(place: DataPlace, file: Path, made_at: datetime, now: datetime, *, old: bool) -> KnownErasures:
    """Gather the lists for a restore: beside the backups, in newer backups, and in the database that is replaced.

    Raises:
        StartError: the backup is older than the days that were promised, and no list goes back so far.
    """
    folders = {place.folder, file.resolve().parent}
    live_lists = [erasure_list for folder in folders if (erasure_list := erasures.list_in(folder)) is not None]
    live_lists += _in_database(place.origin, now)
    far_enough = [erasure_list for erasure_list in live_lists if erasure_list.since <= made_at]
    if not far_enough and now - made_at > erased.KEPT_FOR and not old:
        raise StartError(
            "The backup {file} is older than {days} days. No list says who asked to be forgotten since. "
            "Choose a newer one. "
            "If there is none, add --old, and tell your members.",
            file=file,
            days=erased.KEPT_FOR.days,
        )
    backup_lists = list(_in_backups(folders, file))
    newest_until = max((list_until for list_until, _ in backup_lists), default=made_at)
    all_lists = [*live_lists, *(erasure_list for _, erasure_list in backup_lists)]
    whole = ErasureList(min((erasure_list.since for erasure_list in far_enough), default=made_at))
    for erasure_list in all_lists:
        whole = whole.with_(erasure_list.erased)
    return KnownErasures(whole, None if far_enough else newest_until)


def _in_database(database: Origin, now: datetime) -> list[ErasureList]:
    """Read the list in a database that is there, if it can be read."""
    if isinstance(database, str):
        known_erasures = erasures.kept_on_server(database)
    else:
        known_erasures = erasures.kept_in_file(database) if database.is_file() and database.stat().st_size else None
    return [] if known_erasures is None else [ErasureList(now - erased.KEPT_FOR, tuple(known_erasures))]


def _in_backups(folders: set[Path], file: Path) -> Iterator[tuple[datetime, ErasureList]]:
    """Read the lists in backups, each with the time up to which it goes."""
    for backup in (backup for folder in folders for backup in listed(folder)):
        with suppress(StartError):
            text = read_erasures(backup.path)
            if text:
                yield backup.made_at, erasures.read_list(text, backup.path)
