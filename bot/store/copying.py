"""Carries everything from a file to a server and back, in parts: interrupted, it goes on; in the end every row is compared.

Nothing is changed in the place that it comes from, and no bot starts on the new place before the copy is whole.
"""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

from bot.store import migrate
from bot.store.address import Origin, shown
from bot.store.backups.folder import publish
from bot.store.errors import StartError
from bot.store.keyring import KeyRing
from bot.store.looking import key_problem, looking, schema
from bot.store.postgres.filing import check_free, connected, empty_file, filled
from bot.store.postgres.line import READ
from bot.store.postgres.raw import driver
from bot.store.postgres.rows import (
    Raw,
    TableShape,
    Values,
    count_on,
    put_in_file,
    put_on_server,
    rows_of_file,
    rows_of_server,
    same_values,
)
from bot.store.postgres.schema import check_ours, check_version, schema_of, turn
from bot.store.sqlite import FileLock, read_only
from bot.store.tables import METADATA

TOGETHER = 5_000
"""Rows that are carried in one transaction."""
NOTE = "CREATE TABLE copying (source text NOT NULL)"
SHAPES = [
    TableShape(table.name, tuple(table.columns.keys()), tuple(table.primary_key.columns.keys()))
    for table in METADATA.sorted_tables
]


class Source(Protocol):
    """Where rows come from."""

    def rows(self, shape: TableShape, after: Values | None = None, most: int | None = None) -> Iterator[Values]:
        """Read rows of a table, in the order of its key."""
        ...


class Target(Source, Protocol):
    """Where rows go to."""

    def put(self, shape: TableShape, rows: Sequence[Values]) -> None:
        """Keep rows, durably and all at once."""
        ...

    def last(self, shape: TableShape) -> Values | None:
        """Give the key of the last row that is there."""
        ...

    def finish(self) -> None:
        """Let the new place be used."""
        ...


@dataclass(frozen=True, slots=True)
class _FileEnd:
    """A file, with its connection."""

    raw: sqlite3.Connection
    when_whole: Callable[[], None]

    def rows(self, shape: TableShape, after: Values | None = None, most: int | None = None) -> Iterator[Values]:
        return rows_of_file(self.raw, shape, after, -1 if most is None else most)

    def put(self, shape: TableShape, rows: Sequence[Values]) -> None:
        self.raw.execute("BEGIN IMMEDIATE")
        put_in_file(self.raw, shape, rows)
        self.raw.execute("COMMIT")

    def last(self, shape: TableShape) -> Values | None:
        key = ", ".join(f'"{name}"' for name in shape.key)
        behind = ", ".join(f'"{name}" DESC' for name in shape.key)
        return self.raw.execute(f'SELECT {key} FROM "{shape.name}" ORDER BY {behind} LIMIT 1').fetchone()  # noqa: S608 - our own names

    def finish(self) -> None:
        self.raw.execute("DROP TABLE copying")
        self.when_whole()


@dataclass(frozen=True, slots=True)
class _Server:
    """A database on a server; reading is done in a transaction."""

    raw: Raw

    def rows(self, shape: TableShape, after: Values | None = None, most: int | None = None) -> Iterator[Values]:
        self.raw.execute(READ)
        try:
            yield from rows_of_server(self.raw, shape, after, most)
        finally:
            self.raw.execute("ROLLBACK")

    def put(self, shape: TableShape, rows: Sequence[Values]) -> None:
        with self.raw.transaction():
            put_on_server(self.raw, shape, rows)

    def last(self, shape: TableShape) -> Values | None:
        key = ", ".join(f'"{name}"' for name in shape.key)
        behind = ", ".join(f'"{name}" DESC' for name in shape.key)
        return self.raw.execute(f'SELECT {key} FROM "{shape.name}" ORDER BY {behind} LIMIT 1'.encode()).fetchone()  # noqa: S608 - our own names

    def finish(self) -> None:
        with self.raw.transaction():
            count_on(self.raw, SHAPES)
            self.raw.execute("DROP TABLE copying")


def copy(source: Origin, target: Origin, ring: KeyRing, tell: Callable[[str, int], None]) -> int:
    """Copy everything from one place to an empty one, or go on with what was begun; returns how many rows there are.

    `tell` hears of each table that is whole, and of how many rows.

    Raises:
        StoreError: it cannot be done, or what was copied is not what is in the source; the message names the fix.
    """
    _check(source, ring)
    with _source(source) as old, _target(target, shown(source)) as new:
        for shape in SHAPES:
            after = new.last(shape)
            while rows := list(old.rows(shape, after, TOGETHER)):
                new.put(shape, rows)
                after = tuple(rows[-1][place] for place in shape.key_places)
        total = 0
        for shape in SHAPES:
            count = _compared(shape, old, new)
            total += count
            if count:
                tell(shape.name, count)
        new.finish()
    return total


def _compared(shape: TableShape, old: Source, new: Source) -> int:
    """Compare a table row by row; returns how many there are."""
    count = 0
    for before, after in zip_longest(old.rows(shape), new.rows(shape)):
        if before is None or after is None or same_values(before) != same_values(after):
            raise StartError(
                "The table {table} changed since the copy was begun, so the two places differ. "
                "Empty the new place, and type the line again.",
                table=shape.name,
            )
        count += 1
    return count


def _check(source: Origin, ring: KeyRing) -> None:
    """Refuse a source that is not of this version, or that the key does not open.

    Raises:
        StartError: it is so.
    """
    if isinstance(source, Path) and not source.is_file():
        raise StartError("The database file {file} is not there. Correct DATABASE_URL.", file=source)
    with looking(source, ring) as tx:
        if schema(tx) != migrate.HEAD:
            raise StartError("The data has the schema of an older version. First type: hello-circle db upgrade")
        problem = key_problem(tx, ring)
    if problem is not None:
        raise StartError(problem)


@contextmanager
def _source(origin: Origin) -> Generator[Source]:
    if isinstance(origin, str):
        with connected(origin) as tx:
            check_free(tx, origin)
            yield _Server(driver(tx))
        return
    lock = FileLock(origin).take()
    try:
        with closing(read_only(origin)) as raw:
            yield _FileEnd(raw, lambda: None)
    finally:
        lock.release()


@contextmanager
def _target(origin: Origin, source: str) -> Generator[Target]:
    if isinstance(origin, Path):
        with _into_file(origin, source) as target:
            yield target
        return
    with connected(origin) as tx:
        check_version(tx)
        check_free(tx, origin)
        raw = driver(tx)
        if _noted(raw) is None:
            if schema_of(tx) is not None:
                raise StartError("There is data in {place} already. Name an empty database.", place=shown(origin))
            check_ours(tx)
            with turn(tx):
                migrate.run(tx)
                raw.execute(NOTE)
                raw.execute("INSERT INTO copying VALUES (%s)", (source,))
        _same_source(_noted(raw), source)
        yield _Server(raw)


@contextmanager
def _into_file(path: Path, source: str) -> Generator[Target]:
    """Fill a file beside the one that is named, which gets its name when it is whole."""
    if path.exists() and path.stat().st_size:
        raise StartError("The file {file} is there already. Name a new file.", file=path)
    if not path.parent.is_dir():
        raise StartError("The folder {folder} is not there. Make it first, or correct the path.", folder=path.parent)
    part, begun = path.with_name(f"{path.name}.copying"), path.with_name(f"{path.name}.copying.new")
    if not part.exists():
        begun.unlink(missing_ok=True)
        empty_file(begun, migrate.HEAD)
        with closing(filled(begun)) as raw:
            raw.execute(NOTE)
            raw.execute("INSERT INTO copying VALUES (?)", (source,))
        begun.replace(part)
    whole: list[bool] = []
    with closing(filled(part)) as raw:
        (noted,) = raw.execute("SELECT source FROM copying").fetchone() or (None,)
        _same_source(noted, source)
        yield _FileEnd(raw, lambda: whole.append(True))
    if whole:
        publish(part, path)


def _noted(raw: Raw) -> str | None:
    """Tell from where the copy comes that is under way; None when none is."""
    (there,) = raw.execute("SELECT to_regclass('copying')").fetchone() or (None,)
    row = raw.execute("SELECT source FROM copying").fetchone() if there is not None else None
    return None if row is None else str(row[0])


def _same_source(noted: str | None, source: str) -> None:
    if noted != source:
        raise StartError(
            "A copy from {place} was begun here. Copy from there again, or name an empty place.", place=noted
        )
