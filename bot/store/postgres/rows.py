"""Rows as they are in a SQLite file and on a server, carried from one to the other with nothing converted or opened.

Both keep the same values: numbers, texts and bytes. Only a yes or no is a number in a file. Which columns there are is
asked of the file, so that this works with every schema that a backup may have.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

Raw = psycopg.Connection[tuple[Any, ...]]
Values = tuple[Any, ...]

REVISIONS = "alembic_version"
_OF_FILE = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
)


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: its columns, and those of its key, by which its rows are put in order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def key_places(self) -> tuple[int, ...]:
        """Where the columns of the key stand in a row."""
        return tuple(self.columns.index(column) for column in self.key)


def shapes(file: sqlite3.Connection) -> list[TableShape]:
    """List the tables of a file, each after those that it belongs to."""
    named: list[str] = [name for (name,) in file.execute(_OF_FILE) if name != REVISIONS]
    shape_of = {name: _shape(file, name) for name in named}
    above: dict[str, set[str]] = {name: _belongs_to(file, name) - {name} for name in shape_of}
    ordered: list[TableShape] = []
    while above:
        ready = sorted(name for name, uppers in above.items() if not uppers & above.keys())
        ordered += [shape_of[name] for name in ready]
        above = {name: uppers for name, uppers in above.items() if name not in ready}
    return ordered


def rows_of_file(
    file: sqlite3.Connection, shape: TableShape, after: Values | None = None, most: int = -1
) -> Iterator[Values]:
    """Read rows of a table in a file, in the order of its key."""
    beyond = "" if after is None else f"WHERE ({_listed(shape.key)}) > ({', '.join('?' * len(after))})"
    words = f"SELECT {_listed(shape.columns)} FROM {_name(shape.name)} {beyond} ORDER BY {_listed(shape.key)} LIMIT ?"  # noqa: S608 - names of our own tables
    yield from file.execute(words, (*(after or ()), most))


def put_in_file(file: sqlite3.Connection, shape: TableShape, rows: Iterable[Values]) -> None:
    """Insert rows into a table of a file."""
    marks = ", ".join("?" * len(shape.columns))
    file.executemany(f"INSERT INTO {_name(shape.name)} ({_listed(shape.columns)}) VALUES ({marks})", rows)  # noqa: S608 - as above


def rows_of_server(
    server: Raw, shape: TableShape, after: Values | None = None, most: int | None = None
) -> Iterator[Values]:
    """Read rows of a table on a server, in the order of its key; inside a transaction, a few thousand at a time."""
    names, key = _all(shape.columns), _all(shape.key)
    query = sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(shape.name))
    if after is not None:
        query += sql.SQL(" WHERE ({}) > ({})").format(key, sql.SQL(", ").join(sql.Placeholder() * len(after)))
    query += sql.SQL(" ORDER BY {} LIMIT {}").format(key, sql.Literal(most))
    with server.cursor(name="rows") as cursor:
        cursor.itersize = 2_000
        cursor.execute(query, after)
        yield from cursor


def put_on_server(server: Raw, shape: TableShape, rows: Iterable[Values]) -> None:
    """Insert rows into a table on a server, the quick way."""
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(shape.name), _all(shape.columns))
    with server.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


def count_on(server: Raw, shapes: Sequence[TableShape]) -> None:
    """Let the numbers that a server gives to rows go on behind those that came from elsewhere."""
    for shape in shapes:
        if "id" in shape.key and _sequence(server, shape) is not None:
            last = sql.SQL("SELECT max(id) FROM {}").format(sql.Identifier(shape.name))
            (highest,) = server.execute(last).fetchone() or (None,)
            server.execute("SELECT setval(%s, %s, %s)", (_sequence(server, shape), highest or 1, highest is not None))


def same_values(row: Values) -> Values:
    """Give a row as it would be in a file, so that two can be compared."""
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


def _sequence(server: Raw, shape: TableShape) -> str | None:
    (name,) = server.execute("SELECT pg_get_serial_sequence(%s, 'id')", (shape.name,)).fetchone() or (None,)
    return name


def _shape(file: sqlite3.Connection, name: str) -> TableShape:
    info = file.execute(f"PRAGMA table_info({_name(name)})").fetchall()
    key = sorted((place, column) for _, column, _, _, _, place in info if place)
    return TableShape(name, tuple(column for _, column, *_ in info), tuple(column for _, column in key))


def _belongs_to(file: sqlite3.Connection, name: str) -> set[str]:
    return {row[2] for row in file.execute(f"PRAGMA foreign_key_list({_name(name)})")}


def _name(name: str) -> str:
    return f'"{name}"'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_name, names))


def _all(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
