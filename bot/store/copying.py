"""Carries everything from a file to a server and back, in parts: interrupted, it goes on; in the end every row is compared.

Nothing is changed in the place that it comes from, and no bot starts on the new place before the copy is whole.
"""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path

from bot.faults import Explained
from bot.store import migrate
from bot.store.address import Origin, is_same, shown, shown_again
from bot.store.backups.folder import publish
from bot.store.belonging import check_ours as check_file
from bot.store.copy_ends import SHAPES, FileEnd, ServerEnd, Source, Target
from bot.store.errors import StartError
from bot.store.keyring import KeyRing
from bot.store.looking import key_problem, looking, schema
from bot.store.postgres.filing import check_free, connected, empty_file, filled
from bot.store.postgres.raw import driver
from bot.store.postgres.rows import Raw, TableShape, same_values
from bot.store.postgres.schema import check_fit, check_ours, schema_of, turn
from bot.store.sqlite import FileLock, read_only

TOGETHER = 5_000
"""Rows that are carried in one transaction."""
NOTE = "CREATE TABLE copying (source text NOT NULL)"


def copy(source: Origin, target: Origin, ring: KeyRing, tell: Callable[[str, int], None]) -> int:
    """Copy everything from one place to an empty one, or go on with what was begun; returns how many rows there are.

    `tell` hears of each table that is whole, and of how many rows.

    Raises:
        StoreError: it cannot be done, or what was copied is not what is in the source; the message names the fix.
    """
    _check(source, target, ring)
    with _source(source) as old, _target(target, str(shown(source))) as new:
        for shape in () if new.whole else SHAPES:
            after = new.last(shape)
            while rows := list(old.rows(shape, after, TOGETHER)):
                new.put(shape, rows)
                after = tuple(rows[-1][place] for place in shape.key_places)
        total = 0
        for shape in SHAPES:
            count = _compared(shape, old, new, target)
            total += count
            if count:
                tell(shape.name, count)
        old.check_unused()
        if not new.whole:
            new.finish()
    return total


def _compared(shape: TableShape, old: Source, new: Target, target: Origin) -> int:
    """Compare a table row by row; returns how many there are."""
    count = 0
    for before, after in zip_longest(old.rows(shape), new.rows(shape)):
        if before is None or after is None or same_values(before) != same_values(after):
            raise (
                _taken(target)
                if new.whole
                else StartError(
                    "The table {table} changed since the copy was begun, so the two places differ. {mend}",
                    table=shape.name,
                    mend=_afresh(target),
                )
            )
        count += 1
    return count


def _check(source: Origin, target: Origin, ring: KeyRing) -> None:
    """Refuse a source that is not of this version, that the key does not open, or that is the target.

    Raises:
        StartError: it is so.
    """
    if isinstance(source, Path) and not source.is_file():
        raise StartError("The database file {file} is not there. Correct DATABASE_URL.", file=source)
    if is_same(source, target):
        raise StartError("Both are the same database. Name another one after --to.")
    with looking(source, ring) as tx:
        there = schema(tx)
        if there is None and isinstance(source, str):
            check_ours(tx)
        if there is None:
            raise StartError("There is nothing in {place} to copy. Correct DATABASE_URL.", place=shown(source))
        if there != migrate.HEAD:
            raise StartError("The data has the schema of an older version. First type: hello-circle db upgrade")
        problem = key_problem(tx, ring)
    if problem is not None:
        raise StartError(problem)


def _taken(target: Origin) -> StartError:
    """Say that other data is in the place that was named."""
    if isinstance(target, Path):
        return StartError("The file {file} is there already. Name a new file.", file=target)
    return StartError("There is data in {place} already. Name an empty database.", place=shown(target))


def _afresh(target: Origin) -> Explained:
    """Tell how a copy is begun afresh."""
    if isinstance(target, Path):
        return Explained("Delete the file {file}, and type the line again.", file=part_of(target))
    return Explained("Drop the database {place}, make it anew, and type the line again.", place=shown(target))


@contextmanager
def _source(origin: Origin) -> Generator[Source]:
    if isinstance(origin, str):
        with connected(origin) as tx:
            check_free(tx, origin)
            yield ServerEnd(driver(tx), lambda: check_free(tx, origin))
        return
    lock = FileLock(origin).take()
    try:
        with closing(read_only(origin)) as raw:
            yield FileEnd(raw, lambda: None)
    finally:
        lock.release()


@contextmanager
def _target(origin: Origin, source: str) -> Generator[Target]:
    if isinstance(origin, Path):
        with _into_file(origin, source) as target:
            yield target
        return
    with connected(origin) as tx:
        check_fit(tx)
        check_free(tx, origin)
        raw, there = driver(tx), schema_of(tx)
        noted = _noted(raw)
        if noted is None and there is None:
            check_ours(tx)
            with turn(tx):
                migrate.run(tx)
                raw.execute(NOTE)
                raw.execute("INSERT INTO copying VALUES (%s)", (source,))
            noted, there = source, migrate.HEAD
        _check_begun(origin, source, noted, there)
        yield ServerEnd(raw, lambda: check_free(tx, origin), whole=noted is None)


@contextmanager
def _into_file(path: Path, source: str) -> Generator[Target]:
    """Fill a file beside the one that is named, which gets its name when it is whole."""
    if path.exists() and (not path.is_file() or path.stat().st_size):
        with _whole_file(path) as target:
            yield target
        return
    if not path.parent.is_dir():
        raise StartError("The folder {folder} is not there. Make it first, or correct the path.", folder=path.parent)
    part = part_of(path)
    whole: list[bool] = []
    with _faults_explained(part):
        if not part.exists():
            _begin(part, source)
        with closing(filled(part)) as raw:
            _check_begun(path, source, _noted_in(raw) or source, migrate.written_revision(raw))
            yield FileEnd(raw, lambda: whole.append(True))
    if whole:
        publish(part, path)


@contextmanager
def _whole_file(path: Path) -> Generator[Target]:
    """Look at a file that is there already: it may be what an earlier call finished."""
    if not path.is_file():
        raise _taken(path)
    check_file(path)
    with closing(read_only(path)) as raw:
        if migrate.written_revision(raw) != migrate.HEAD:
            raise _taken(path)
        yield FileEnd(raw)


def _begin(part: Path, source: str) -> None:
    begun = part.with_name(f"{part.name}.new")
    for left in ("", "-wal", "-shm", "-journal"):
        begun.with_name(begun.name + left).unlink(missing_ok=True)
    empty_file(begun, migrate.HEAD)
    with closing(filled(begun)) as raw:
        raw.execute(NOTE)
        raw.execute("INSERT INTO copying VALUES (?)", (source,))
    begun.replace(part)


def part_of(path: Path) -> Path:
    """Name the file in which a copy is under way."""
    return path.with_name(f"{path.name}.copying")


def _noted(raw: Raw) -> str | None:
    """Tell from where the copy comes that is under way; None when none is."""
    (there,) = raw.execute("SELECT to_regclass('copying')").fetchone() or (None,)
    row = raw.execute("SELECT source FROM copying").fetchone() if there is not None else None
    return None if row is None else str(row[0])


def _noted_in(raw: sqlite3.Connection) -> str | None:
    """Tell the same of a file; None also when it is whole, and was not given its name yet."""
    there = raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'copying'").fetchone()
    row = raw.execute("SELECT source FROM copying").fetchone() if there is not None else None
    return None if row is None else str(row[0])


def _check_begun(target: Origin, source: str, noted: str | None, revision: str | None) -> None:
    """Refuse to go on with a copy of something else, or with one that another version began; one that is whole is fine.

    Raises:
        StartError: it is one, or there is other data.
    """
    if noted is None and revision != migrate.HEAD:
        raise _taken(target)
    if noted is not None and noted != source:
        raise StartError(
            "A copy from {place} was begun here. Copy from there again, or name an empty place.",
            place=shown_again(noted),
        )
    if revision != migrate.HEAD:
        raise StartError("Another version began this copy. {mend}", mend=_afresh(target))


@contextmanager
def _faults_explained(part: Path) -> Generator[None]:
    """Say in a line when a file cannot be filled.

    Raises:
        StartError: it cannot be.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StartError(
            "The file {file} cannot be written: {reason}. Look for a full disk or missing rights.",
            file=part,
            reason=error,
        ) from error
    except sqlite3.DatabaseError as error:
        raise StartError("The file {file} is damaged. Delete it, and type the line again.", file=part) from error
