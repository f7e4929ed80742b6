"""Tells whether a database file is ours, before anything is written, so that another program's file stays as it was."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from bot.store.errors import NotOurs, StartError

APPLICATION = int.from_bytes(b"HCir")
"""The mark of our files, in the place that SQLite has for it."""
HEADER_BYTES = 100
MAGIC = b"SQLite format 3\0"
_MARK = slice(68, 72)
_OTHERS_VERSION = slice(60, 64)
"""SQLite's user version, which other programs set and we never do."""
_REVISIONS, _NO_REVISION = "alembic_version", "alembic_version, empty"
_OURS = {_REVISIONS, "communities", "community_keys"}
"""Tables of our files from before the mark."""


def check_ours(path: Path) -> None:
    """Refuse a file that is not ours, whatever is in it; nothing is changed, and a file that is not there is fine.

    Raises:
        NotOurs: another program made it.
        StartError: it is no file, or cannot be read.
    """
    if not path.exists():
        return
    if not path.is_file():
        raise StartError("The database file {file} cannot be written: it is not a file. Name a file.", file=path)
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
        _check_names(path)
    except OSError as error:
        raise StartError(
            "The database file {file} cannot be read: {reason}. Look at its rights.", file=path, reason=error.strerror
        ) from None
    if head and not _is_ours(path, head):
        raise NotOurs(
            "The file {file} is not a database of Hello Circle. I leave it as it is. "
            "Give another path. If it was one, it is damaged: put a backup in its place.",
            file=path,
        )


def mark(raw: sqlite3.Connection) -> None:
    """Write our mark into the file; call in a transaction."""
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raw.execute(f"PRAGMA application_id = {APPLICATION}")


def _is_ours(path: Path, head: bytes) -> bool:
    """Look for our mark in the header, else for our tables."""
    if not head.startswith(MAGIC):
        return False
    marked = int.from_bytes(head[_MARK])
    if marked or any(head[_OTHERS_VERSION]):
        return marked == APPLICATION
    # A file that was made before there was a mark, or one whose first tables are still in the log beside it.
    try:
        tables = _tables(path, "immutable=1") or _tables(path, "mode=ro")
    except sqlite3.Error:
        return False
    return tables <= {_NO_REVISION} or tables >= _OURS


def _tables(path: Path, how: str) -> set[str]:
    """Name the tables of a file that is opened read-only; `how` is the query of SQLite's URI."""
    look = sqlite3.connect(f"file:{quote(str(path))}?{how}", uri=True)
    try:
        rows = look.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").fetchall()
        names = {name for (name,) in rows}
        if names == {_REVISIONS} and look.execute(f"SELECT 1 FROM {_REVISIONS}").fetchone() is None:  # noqa: S608 - our own
            return {_NO_REVISION}
    finally:
        look.close()
    return names


def _check_names(path: Path) -> None:
    """Refuse to open a file by one name while what was written last is in the log of its other name.

    Raises:
        StartError: there is such a log.
    """
    if path.stat().st_nlink < 2:
        return
    for other in path.parent.iterdir():
        log = other.with_name(other.name + "-wal")
        if other.name != path.name and log.exists() and log.stat().st_size and other.samefile(path):
            raise StartError(
                "The file {file} was open as {other} before. Open it by that name.", file=path, other=other
            )
