"""Makes a copy while the bot runs, and checks it: it is opened, held against its hash, read whole and counted."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.store import migrate
from bot.store.address import Origin
from bot.store.backups import erasures
from bot.store.backups.container import ERASURES, Manifest, Reason, extract, write
from bot.store.backups.folder import Backup, free, name_of, publish, working
from bot.store.crypto import VAULT, Vault, check_ring, wrapped_by
from bot.store.errors import Damaged, StartError, WrongKey
from bot.store.keyring import KeyRing
from bot.store.sqlite import READER, connect, read_only
from bot.store.whole import damage

BEFORE_ANYTHING = "0000"
"""The schema of a database that has none yet."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is in a database file: its schema, the rows of each table, and the keys it needs."""

    schema: str
    counts: Mapping[str, int]
    keys: tuple[str, ...]


def make(
    database: Origin,
    folder: Path,
    ring: KeyRing,
    made_at: datetime,
    reason: Reason,
    *,
    go_on: Callable[[], bool],
    lists: Path | None = None,
) -> Backup:
    """Copy a database into a folder, and check the copy; one on a server becomes a file like all others; `go_on` is asked now and then, and may wait.

    The list of erasures is kept up in `lists`, which is the folder itself unless another one is named: on a stick it
    would soon be old, and a restore from there would take it for true.

    Raises:
        StartError: the copy cannot be made, or is not whole; then nothing stays of it.
    """
    with working(folder) as place:
        copied = place / "copy.db"
        _copy(database, copied)
        facts = facts_of(copied)
        manifest = Manifest(
            made_at, reason, version("hello-circle"), facts.schema, facts.counts, facts.keys, verified=True
        )
        # Where the data is on a full disk, a copy elsewhere is made all the same; it remembers its erasures itself.
        with suppress(*([OSError] if lists not in {None, folder} else [])):
            erasures.mirror(lists or folder, erasures.kept_in_file(copied) or (), made_at, dropping=True)
        part = place / "copy.zip"
        manifest = write(part, manifest, copied, None, _erasures(lists or folder))
        copied.unlink()
        checked = place / "check.db"
        extract(part, checked)
        wrong = wrong_with(checked, manifest, ring, go_on)
        if wrong is not None:
            raise Damaged(
                "No backup was made, because the database is damaged: {problem}. Type: hello-circle db check",
                problem=wrong,
            )
        path = free(folder, name_of(database, made_at, reason))
        publish(part, path)
    return Backup(path, made_at, verified=True, manifest=manifest)


def set_aside(database: Origin, folder: Path, made_at: datetime) -> Backup:
    """Keep a database as it is, damaged or not, with its log; nobody may write it meanwhile.

    Raises:
        StartError: there is no room for it.
    """
    with working(folder) as place:
        file = database if isinstance(database, Path) else _taken(database, place / "copy.db")
        log = file.with_name(f"{file.name}-wal")
        log = log if log.exists() and log.stat().st_size else None
        facts = _facts_if_any(file, log, place)
        manifest = Manifest(
            made_at, Reason.ASIDE, version("hello-circle"), facts.schema, facts.counts, facts.keys, verified=False
        )
        part = place / "copy.zip"
        manifest = write(part, manifest, file, log, _erasures(folder))
        path = free(folder, name_of(database, made_at, Reason.ASIDE))
        publish(part, path)
    return Backup(path, made_at, verified=False, manifest=manifest)


def facts_of(database: Path) -> FileFacts:
    """Look what is in a database file.

    Raises:
        Damaged: it cannot be read.
    """
    try:
        with closing(read_only(database)) as raw:
            schema = migrate.written_revision(raw) or BEFORE_ANYTHING
            names = [name for (name,) in raw.execute(_TABLES)]
            counts = {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names of its own tables
            return FileFacts(schema, counts, _keys(raw, names))
    except sqlite3.Error:
        raise Damaged("The database in {file} cannot be read.", file=database) from None


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"


def wrapped_in(database: Origin, ring: KeyRing) -> dict[str, int]:
    """Count the communities that each master key wraps in a database that may be in use, once the keys fit it.

    Raises:
        StartError: it cannot be read, or the keys do not fit.
    """
    if isinstance(database, str):
        from bot.store.postgres.filing import connected  # noqa: PLC0415 - as below

        with connected(database, ring) as tx:
            check_ring(tx, ring)
            return wrapped_by(tx)
    read_only(database).close()
    tx = connect(database, READER)
    try:
        check_ring(tx, ring)
        return wrapped_by(tx)
    except DBAPIError:
        raise Damaged("The database in {file} cannot be read. Type: hello-circle db check", file=database) from None
    finally:
        tx.close()
        tx.engine.dispose()


def check_keys(manifest: Manifest, ring: KeyRing) -> None:
    """Refuse a copy that the keys do not open.

    Raises:
        WrongKey: one is missing.
    """
    missing = [key for key in manifest.keys if key not in ring]
    if missing:
        raise WrongKey("ENCRYPTION_KEYS lacks the key {name}, which this backup needs. Put it back.", name=missing[0])


def wrong_with(database: Path, manifest: Manifest, ring: KeyRing, go_on: Callable[[], bool]) -> str | None:
    """Hold a database that was taken out of a copy against the manifest, and read it whole; None when nothing is wrong.

    One of an older schema is read as SQLite sees it; its texts are opened when it was brought up.

    Raises:
        Damaged: it cannot be read at all.
    """
    facts = facts_of(database)
    if (facts.schema, dict(facts.counts)) != (manifest.schema, dict(manifest.counts)):
        return "it does not hold what its manifest says"
    return _damage(database, ring, go_on, every_row=facts.schema == migrate.HEAD)


def _taken(url: str, to: Path) -> Path:
    from bot.store.postgres.filing import to_file  # noqa: PLC0415 - a file needs no driver of a server

    to_file(url, to)
    return to


def _copy(database: Origin, to: Path) -> None:
    if isinstance(database, str):
        _taken(database, to)
        return
    to.touch(mode=0o600)
    try:
        with closing(read_only(database)) as raw:
            # What was deleted is not in such a copy, as it may be in the free pages of one by bytes.
            raw.execute("VACUUM INTO ?", (str(to),))
    except sqlite3.OperationalError as error:
        raise StartError(
            "The backup cannot be made: {reason}. Look for a full disk or missing rights.", reason=error
        ) from None
    except sqlite3.Error:
        raise Damaged("The database file {file} is damaged, so it was not copied.", file=database) from None


def _keys(raw: sqlite3.Connection, names: list[str]) -> tuple[str, ...]:
    tables = [name for name in ("keys", "community_keys") if name in names]
    return tuple(sorted({key for name in tables for (key,) in raw.execute(f"SELECT key_id FROM {name}")}))  # noqa: S608 - our own


def _damage(database: Path, ring: KeyRing, go_on: Callable[[], bool], *, every_row: bool) -> str | None:
    if not every_row:
        with closing(read_only(database)) as raw:
            (verdict,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
        return None if verdict == "ok" else "its pages are not whole"
    tx = connect(database, READER)
    tx.info[VAULT] = Vault(ring)
    try:
        return damage(tx, go_on)
    finally:
        tx.close()
        tx.engine.dispose()


def _facts_if_any(database: Path, log: Path | None, place: Path) -> FileFacts:
    """Look into a copy, because looking into the file itself could change its log."""
    looked = place / "look.db"
    shutil.copyfile(database, looked)
    if log is not None:
        shutil.copyfile(log, looked.with_name(f"{looked.name}-wal"))
    try:
        return facts_of(looked)
    except Damaged:
        return FileFacts("", {}, ())


def _erasures(folder: Path) -> bytes:
    try:
        return (folder / ERASURES).read_bytes()
    except OSError:
        return b""


def as_raw(database: Path, made_at: datetime) -> Manifest:
    """Describe a database file that was copied by hand, or by an earlier version."""
    facts = facts_of(database)
    manifest = Manifest(made_at, Reason.ASIDE, "", facts.schema, facts.counts, facts.keys)
    return replace(manifest, bytes=database.stat().st_size)
