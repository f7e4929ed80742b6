"""One file for each copy: a zip with the database, a manifest that says what is in it, and the list of erasures.

The manifest names the keys that open the copy, and never holds one.
"""

import errno
import hashlib
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, TypeVar

from pydantic import TypeAdapter

from bot.store.errors import StartError
from bot.store.sqlite import OWNER_ONLY

T = TypeVar("T")

FORMAT = 1
MANIFEST, DATABASE, LOG, ERASURES = "manifest.json", "database.db", "database.db-wal", "erasures.json"
CHUNK = 1 << 20
MOST_OF_A_NOTE = 64 << 20
"""Bytes of a manifest or a list of erasures that are read; a longer one is not ours."""


class NotABackup(StartError):
    """The file is no backup of ours, or it is damaged."""


class Reason(StrEnum):
    """Why a copy was made; it stands in the name of its file."""

    NIGHTLY = "nightly"
    ASKED = "asked"
    UPGRADE = "upgrade"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds: rows by table, the hash and size of the database, and the names of the keys it needs."""

    made_at: datetime
    reason: Reason
    version: str
    schema: str
    counts: Mapping[str, int]
    keys: tuple[str, ...]
    sha256: str = ""
    bytes: int = 0
    verified: bool = False
    format: int = FORMAT


_manifests = TypeAdapter(Manifest)


def write(part: Path, manifest: Manifest, database: Path, log: Path | None, erasures: bytes) -> Manifest:
    """Write a copy into a new file for its owner only, durably; returns the manifest with the hash and the size."""
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_ONLY)
    with os.fdopen(handle, "w+b") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            digest, size = _put_file(archive, DATABASE, database)
            if log is not None:
                _put_file(archive, LOG, log)
            archive.writestr(ERASURES, erasures)
            whole = replace(manifest, sha256=digest, bytes=size)
            archive.writestr(MANIFEST, _manifests.dump_json(whole, indent=2))
        out.flush()
        os.fsync(out.fileno())
    return whole


def _put_file(archive: zipfile.ZipFile, name: str, file: Path) -> tuple[str, int]:
    """Write a file into an archive; returns its hash and its size."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return digest.hexdigest(), size


def read_manifest(path: Path) -> Manifest:
    """Read what a copy holds.

    Raises:
        NotABackup: it is no copy of ours, is damaged, or a newer version made it in another way.
        StartError: it cannot be read.
    """
    return _read(path, _manifest_in)


def read_erasures(path: Path) -> bytes:
    """Read the list of erasures in a copy; the errors are those of `read_manifest`."""
    return _read(path, lambda archive: _note(archive, ERASURES))


def extract(path: Path, database: Path) -> Manifest:
    """Put the database of a copy into a new file, with its log beside it, and hold it against the hash.

    Raises:
        NotABackup: it is no copy of ours, or it is damaged.
        StartError: it cannot be read, or there is no room for it.
    """

    def put(archive: zipfile.ZipFile) -> Manifest:
        manifest = _manifest_in(archive)
        if _take(archive, DATABASE, database) != (manifest.sha256, manifest.bytes):
            raise _damaged(path)
        if LOG in archive.namelist():
            _take(archive, LOG, database.with_name(f"{database.name}-wal"))
        return manifest

    return _read(path, put)


def _take(archive: zipfile.ZipFile, name: str, to: Path) -> tuple[str, int]:
    """Copy an entry of an archive into a new file, durably; returns its hash and its size."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, OWNER_ONLY)
    with archive.open(name) as source, os.fdopen(handle, "wb") as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size


def _read(path: Path, work: Callable[[zipfile.ZipFile], T]) -> T:
    try:
        with path.open("rb") as file:
            return _opened(path, file, work)
    except IsADirectoryError:
        raise StartError("{file} is a folder, and no file. Name a backup in it.", file=path) from None
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise StartError(
                "There is no room to unpack {file}. Make room on the disk of the data.", file=path
            ) from None
        raise StartError(
            "The backup {file} cannot be used: {reason}.", file=path, reason=error.strerror or error
        ) from None


def _opened(path: Path, file: IO[bytes], work: Callable[[zipfile.ZipFile], T]) -> T:
    try:
        with zipfile.ZipFile(file) as archive:
            return work(archive)
    except (OSError, StartError):
        raise
    except Exception:  # noqa: BLE001 - a damaged archive raises nearly anything
        raise _damaged(path) from None


def _manifest_in(archive: zipfile.ZipFile) -> Manifest:
    manifest = _manifests.validate_json(_note(archive, MANIFEST))
    if manifest.format > FORMAT:
        raise NotABackup(
            "The backup {file} was made by version {version}. Install that version.",
            file=archive.filename,
            version=manifest.version,
        )
    return manifest


def _note(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(MOST_OF_A_NOTE)


def _damaged(path: Path) -> NotABackup:
    return NotABackup(
        "The file {file} is no backup of Hello Circle, or it is damaged. Choose another backup.", file=path
    )
