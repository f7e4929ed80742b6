"""Statements that are run often, straight by libpq: psycopg's own cursor takes longer over one than the server does.

psycopg still says what a value is on the wire, and what an error means.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any

import psycopg
from psycopg import errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult

_GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Rows:
    """The rows that a statement gave, and how many it changed."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[tuple[Any, ...]], rowcount: int) -> None:
        self._rows, self.rowcount = rows, rowcount

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the first row."""
        return self._rows[0] if self._rows else None


class Straight:
    """The quick road of one connection; `prepares` says whether the server may keep a statement, which a pooler forbids."""

    def __init__(self, raw: psycopg.Connection[Any], *, prepares: bool) -> None:
        self.raw, self.prepares = raw, prepares
        self._wire = Transformer(raw)
        self._names: dict[str, bytes] = {}
        self._numbers = count()

    def execute(self, sql: str, values: Sequence[Any]) -> Rows:
        """Run a statement whose values stand as `%s`.

        Raises:
            psycopg.Error: the server, or the connection, did not do it.
        """
        line = self.raw.pgconn
        sent: Any = self._wire.dump_sequence(values, _as_text(len(values)))
        if self.prepares:
            result = line.exec_prepared(self._names.get(sql) or self._prepare(sql), sent, None, _BINARY)
        else:
            result = line.exec_params(_numbered(sql), sent, None, None, _BINARY)
        self.check(result)
        self._wire.set_pgresult(result)
        return Rows(self._wire.load_rows(0, result.ntuples, tuple), result.command_tuples or 0)

    def words(self, words: bytes) -> PGresult:
        """Run statements without values, in one message; gives what the last one gave.

        Raises:
            psycopg.Error: as in `execute`.
        """
        return self.check(self.raw.pgconn.exec_(words))

    def check(self, result: PGresult) -> PGresult:
        """Give a result back that is good.

        Raises:
            psycopg.Error: it is not.
        """
        if result.status in _GOOD:
            return result
        # What has no code was not said by the server: the connection is gone, though libpq may not have noted it yet.
        if self.raw.pgconn.status == ConnStatus.BAD or result.error_field(DiagnosticField.SQLSTATE) is None:
            raise psycopg.OperationalError(result.get_error_message())
        raise errors.error_from_result(result)

    def _prepare(self, sql: str) -> bytes:
        name = b"c%d" % next(self._numbers)
        self.check(self.raw.pgconn.prepare(name, _numbered(sql)))
        self._names[sql] = name
        return name


_BINARY = 1


@cache
def _as_text(many: int) -> list[PyFormat]:
    """Say that values go as text, so that the statement alone tells their types."""
    return [PyFormat.TEXT] * many


@cache
def _numbered(sql: str) -> bytes:
    """Write a statement with `$1` for its first `%s`."""
    first, *others = sql.split("%s")
    written = first + "".join(f"${number}{part}" for number, part in enumerate(others, start=1))
    return written.replace("%%", "%").encode()
