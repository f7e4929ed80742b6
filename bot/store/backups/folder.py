"""The folder of the copies: what is in it, who may work in it, and what is deleted because its days are over."""

import fcntl
import os
import re
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import rmtree

import structlog

from bot.store.address import Origin, home_of, short_name
from bot.store.backups.container import Manifest, NotABackup, Reason, read_manifest
from bot.store.errors import InUse, StartError
from bot.store.sqlite import OWNER_ONLY

FOLDER = "backups"
"""Beside the database, unless the settings name another one."""
LOCK, ELSEWHERE, IDENTITY = ".lock", "elsewhere.txt", ".id"
WORK = ".work"
"""What is begun and not yet whole is in a folder of this name; whoever works next clears it."""
LEGACY = (".before-", ".damaged")
"""What follows the name of the database in the names of copies that earlier versions made beside the database, or told the operator to make."""
_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6}Z)-(?P<reason>[a-z]+)(?:-\d+)?\.zip")
_AT = "%Y%m%dT%H%M%SZ"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy in the folder; `verified` when it was opened, checked and counted after it was written."""

    path: Path
    made_at: datetime
    verified: bool
    manifest: Manifest


def name_of(database: Origin, made_at: datetime, reason: Reason) -> str:
    """Name the file of a copy."""
    return f"{short_name(database)}-{made_at.astimezone(UTC):{_AT}}-{reason.value}.zip"


def free(folder: Path, name: str) -> Path:
    """Give a name that is not taken: the second copy of a second gets a number."""
    stem = name.removesuffix(".zip")
    paths = (folder / (f"{stem}-{number}.zip" if number > 1 else name) for number in count(1))
    return next(path for path in paths if not path.exists())


def listed(folder: Path) -> list[Backup]:
    """List the copies that can be restored, oldest first; a file that is damaged or not ours is left out."""
    backups: list[Backup] = []
    for path, _ in _ours(folder):
        with suppress(StartError):
            manifest = read_manifest(path)
            backups.append(Backup(path, manifest.made_at, manifest.verified, manifest))
    return sorted(backups, key=lambda backup: (backup.made_at, backup.path.name))


def newest(folder: Path, until: datetime | None = None) -> Backup | None:
    """Find the newest copy that was verified, made by an instant; None when there is none, or no such folder."""
    pairs = [pair for pair in _ours(folder) if until is None or pair[1] <= until]
    for path, _ in sorted(pairs, key=lambda pair: (pair[1], pair[0].name), reverse=True):
        with suppress(StartError):
            manifest = read_manifest(path)
            if manifest.verified:
                return Backup(path, manifest.made_at, verified=True, manifest=manifest)
    return None


def expire(folder: Path, database: Origin, first: datetime, last: datetime) -> list[Path]:
    """Delete every copy that was not made between two instants: here, beside the database, wherever one was asked for.

    A folder that the settings named before counts too. One of the future was dated by a wrong clock, so nobody knows how old it is. A copy that cannot be deleted is told in the log and tried again the next time.
    """
    beside = home_of(database) / FOLDER
    with suppress(OSError):  # a disk that is full is just when copies must go
        remember_elsewhere(beside, folder)
    places = dict.fromkeys((folder, *_elsewhere(folder), beside, *_elsewhere(beside)))
    old = [path for place in places for path, made_at in _ours(place) if not first <= made_at <= last]
    old += [path for path in _legacy(database) if not first <= _changed(path) <= last]
    return [path for path in old if _deleted(path)]


@contextmanager
def working(folder: Path) -> Generator[Path]:
    """Hold the folder for this process alone, making it where it is not; gives an empty place for what is not yet whole.

    Raises:
        InUse: another process holds it.
        StartError: it cannot be made or written.
    """
    handle, place = _locked(folder), folder / WORK
    try:
        rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        yield place
    except OSError as error:
        raise StartError(
            "The folder {folder} cannot be written: {reason}. Look for a full disk or missing rights.",
            folder=folder,
            reason=error.strerror,
        ) from error
    finally:
        rmtree(place, ignore_errors=True)
        os.close(handle)


def identity(folder: Path) -> str:
    """Tell a folder from every other one, by whatever names machines have it; it keeps a random word for that.

    Raises:
        StartError: it cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / IDENTITY, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        with os.fdopen(handle, "r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            word = file.read()
            if not word:
                word = secrets.token_hex(8)
                file.write(word)
            return word
    except OSError as error:
        raise _unusable(folder, error) from None


def publish(part: Path, path: Path) -> None:
    """Give a file that is whole its name, durably."""
    part.replace(path)
    keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remember_elsewhere(folder: Path, other: Path) -> None:
    """Note another folder in which copies are, and those that it remembers itself, so that their days end there too."""
    noted_folders = {folder.resolve(), *_elsewhere(folder)}
    fresh = [place for place in dict.fromkeys((other.resolve(), *_elsewhere(other))) if place not in noted_folders]
    if fresh:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / ELSEWHERE).open("a", encoding="utf-8") as note:
            note.writelines(f"{place}\n" for place in fresh)


def check_reason(manifest: Manifest, path: Path) -> None:
    """Refuse a copy that nothing is known of.

    Raises:
        NotABackup: its database could not be read when it was set aside.
    """
    if not manifest.schema:
        raise NotABackup("The database in {file} was damaged when it was set aside. Choose another backup.", file=path)


def _locked(folder: Path) -> int:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
    except OSError as error:
        raise _unusable(folder, error) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise InUse(
            "Another process works with the backups in {folder}. Try again in a minute.", folder=folder
        ) from None
    return handle


def _unusable(folder: Path, error: OSError) -> StartError:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return StartError("{folder} is a file, and no folder. Name a folder.", folder=folder)
    return StartError(
        "The folder {folder} cannot be used: {reason}. Look for a full disk or missing rights.",
        folder=folder,
        reason=error.strerror,
    )


def _ours(folder: Path) -> Iterator[tuple[Path, datetime]]:
    for path in sorted(folder.glob("*.zip")):
        named = _NAME.fullmatch(path.name)
        if named is not None and named["reason"] in set(Reason):
            with suppress(ValueError):
                yield path, datetime.strptime(named["at"], _AT).replace(tzinfo=UTC)


def _legacy(database: Origin) -> Iterator[Path]:
    if isinstance(database, str):
        return
    begins = tuple(database.name + mark for mark in LEGACY)
    yield from (path for path in sorted(database.parent.iterdir()) if path.name.startswith(begins) and path.is_file())


def _elsewhere(folder: Path) -> list[Path]:
    try:
        return [Path(line) for line in (folder / ELSEWHERE).read_text(encoding="utf-8").splitlines() if line]
    except OSError:
        return []


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _deleted(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.error("backup not deleted", file=str(path), problem=error.strerror)  # noqa: TRY400 - the reason is enough
        return False
    log.info("backup deleted", file=str(path))
    return True
