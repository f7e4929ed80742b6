"""The two ends of a copy, each a file or a server: how rows are read there, kept there, and the new place is opened."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.store.postgres.rows import (
    Raw,
    TableShape,
    Values,
    count_on,
    put_in_file,
    put_on_server,
    rows_of_file,
    rows_of_server,
)
from bot.store.postgres.worker import READ
from bot.store.tables import METADATA

SHAPES = [
    TableShape(table.name, tuple(table.columns.keys()), tuple(table.primary_key.columns.keys()))
    for table in METADATA.sorted_tables
]


class Source(Protocol):
    """Where rows come from."""

    def rows(self, shape: TableShape, after: Values | None = None, most: int | None = None) -> Iterator[Values]:
        """Read rows of a table, in the order of its key."""
        ...

    def check_unused(self) -> None:
        """Refuse to go on when somebody has begun to use the place meanwhile."""
        ...


class Target(Source, Protocol):
    """Where rows go to."""

    @property
    def whole(self) -> bool:
        """Whether it was whole before, so that it is only compared."""
        ...

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
class FileEnd:
    """A file, with its connection."""

    raw: sqlite3.Connection
    when_whole: Callable[[], None] | None = None

    @property
    def whole(self) -> bool:
        """Whether it was whole before: nothing is to be done in the end."""
        return self.when_whole is None

    def check_unused(self) -> None:
        """Nobody can, because its lock is held."""

    def rows(self, shape: TableShape, after: Values | None = None, most: int | None = None) -> Iterator[Values]:
        """Read rows of a table, in the order of its key."""
        return rows_of_file(self.raw, shape, after, -1 if most is None else most)

    def put(self, shape: TableShape, rows: Sequence[Values]) -> None:
        """Keep rows in one transaction."""
        self.raw.execute("BEGIN IMMEDIATE")
        put_in_file(self.raw, shape, rows)
        self.raw.execute("COMMIT")

    def last(self, shape: TableShape) -> Values | None:
        """Give the key of the last row that is there."""
        key = ", ".join(f'"{name}"' for name in shape.key)
        behind = ", ".join(f'"{name}" DESC' for name in shape.key)
        return self.raw.execute(f'SELECT {key} FROM "{shape.name}" ORDER BY {behind} LIMIT 1').fetchone()  # noqa: S608 - our own names

    def finish(self) -> None:
        """Let the new place be used."""
        self.raw.execute("DROP TABLE IF EXISTS copying")
        if self.when_whole is not None:
            self.when_whole()


@dataclass(frozen=True, slots=True)
class ServerEnd:
    """A database on a server; reading is done in a transaction."""

    raw: Raw
    check_unused: Callable[[], None]
    whole: bool = False

    def rows(self, shape: TableShape, after: Values | None = None, most: int | None = None) -> Iterator[Values]:
        """Read rows of a table, in the order of its key."""
        self.raw.execute(READ)
        try:
            yield from rows_of_server(self.raw, shape, after, most)
        finally:
            self.raw.execute("ROLLBACK")

    def put(self, shape: TableShape, rows: Sequence[Values]) -> None:
        """Keep rows in one transaction."""
        with self.raw.transaction():
            put_on_server(self.raw, shape, rows)

    def last(self, shape: TableShape) -> Values | None:
        """Give the key of the last row that is there."""
        key = ", ".join(f'"{name}"' for name in shape.key)
        behind = ", ".join(f'"{name}" DESC' for name in shape.key)
        return self.raw.execute(f'SELECT {key} FROM "{shape.name}" ORDER BY {behind} LIMIT 1'.encode()).fetchone()  # noqa: S608 - our own names

    def finish(self) -> None:
        """Let the new place be used."""
        with self.raw.transaction():
            count_on(self.raw, SHAPES)
            self.raw.execute("DROP TABLE copying")
