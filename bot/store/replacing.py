"""Puts one database file in the place of another, and writes one anew: both while nobody has it open."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bot.store.backups.folder import keep_names

PAGE_BYTES = 1024
"""Most tables of a small circle hold a few short rows, so that small pages halve its file."""


def exchange(fresh: Path, database: Path) -> None:
    """Put a database that is whole in the place of another one, durably; no log of the old one may stay beside it."""
    # One that is damaged was set aside with its log.
    with suppress(sqlite3.Error), closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    fresh.replace(database)
    keep_names(database.parent)
    database.with_name(f"{database.name}.damage").unlink(missing_ok=True)


def pack(file: Path, to: Path) -> None:
    """Write a closed database into another file, as small as it can be."""
    with closing(sqlite3.connect(file)) as raw:
        raw.execute(f"PRAGMA page_size={PAGE_BYTES}")
        raw.execute("VACUUM INTO ?", (str(to),))
    to.chmod(0o600)
