"""Statements that are run often, straight by libpq: psycopg's own cursor takes longer over one than the server does.

A statement whose answer nobody waits for goes with the next one that is waited for, by libpq's pipeline: a round trip
costs more than a statement, here because threads take turns after each. psycopg still says what a value is on the wire,
and what an error means.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from select import POLLIN, POLLOUT, poll
from typing import Any

import psycopg
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from bot.store.errors import NotSaved

_GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_BINARY = 1


class ServerConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection of psycopg which lets nothing pass what waits in its pipeline."""

    statement_pipeline: "StatementPipeline | None" = None

    def wait(self, gen: PQGen[Any], *more: Any, **named: Any) -> Any:
        """Do what psycopg has to do, after what was sent before it."""
        if self.statement_pipeline is not None:
            self.statement_pipeline.settle()
            self.statement_pipeline.changes += 1
        return super().wait(gen, *more, **named)


class Rows:
    """The rows that a statement gave, how many it changed, and what the server says it did."""

    __slots__ = ("_result", "_rows")

    def __init__(self, rows: list[tuple[Any, ...]], result: PGresult) -> None:
        self._rows, self._result = rows, result

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the first row."""
        return self._rows[0] if self._rows else None

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._result.command_tuples or 0

    @property
    def did(self) -> bytes:
        """What the server calls that which it did."""
        return self._result.command_status or b""


class QueuedStatement:
    """A statement that waits to be sent, and what it gave once it was."""

    __slots__ = ("_pipeline", "given", "sql", "values")

    def __init__(self, pipeline: "StatementPipeline", sql: str, values: Any) -> None:
        self._pipeline, self.sql, self.values = pipeline, sql, values
        self.given: Rows | None = None

    def rows(self) -> Rows:
        """Give what the statement gave; it is sent now, unless it was.

        Raises:
            psycopg.Error: as in `StatementPipeline.execute`.
            NotSaved: it was to be sent with something that failed, and whoever did that swallowed the fault.
        """
        if self.given is None:
            self._pipeline.flush()
        if self.given is None:
            raise NotSaved("The database ended the transaction by itself.")
        return self.given


class StatementPipeline:
    """The statements of one connection, sent together; `prepares` is False behind a pooler, where none is kept."""

    def __init__(self, raw: psycopg.Connection[Any], *, prepares: bool) -> None:
        self.raw, self.prepares = raw, prepares
        self.changes = 0
        """How often something may have been changed: every statement that is no question, and all that goes another way."""
        self._wire = Transformer(raw)
        self._names: dict[str, bytes] = {}
        self._numbers = count()
        self._waiting: list[QueuedStatement] = []
        self._asked: dict[tuple[str, tuple[Any, ...]], QueuedStatement] = {}
        self._answers = poll()
        self._answers.register(raw.pgconn.socket, POLLIN)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """Run a statement whose values stand as `%s`, after all that waits.

        Raises:
            psycopg.Error: the server, or the connection, did not do it, or something that waited.
        """
        if self._asked:
            asked = self._asked.pop((sql, tuple(values)), None)
            if asked is not None:
                return asked.rows()
        if not sql.startswith("SELECT"):
            self.forget_asked()
            self.changes += 1
        return self._later(sql, values).rows()

    def send(self, sql: str, values: Sequence[Any] = ()) -> QueuedStatement:
        """Let a statement that changes something go with the next one that is run."""
        self.forget_asked()
        self.changes += 1
        return self._later(sql, values)

    def ask(self, sql: str, values: Sequence[Any]) -> None:
        """Let a question go with the next statement; its answer is there for whoever asks it before something is changed."""
        self._asked[sql, tuple(values)] = self._later(sql, values)

    def forget_asked(self) -> None:
        """Let nobody have an answer to what was asked until now."""
        self._asked.clear()

    def drop(self) -> None:
        """Forget what was not sent, and what was asked."""
        self._waiting.clear()
        self.forget_asked()

    def settle(self) -> None:
        """Send all that waits, before something goes in another way."""
        self.flush()
        self.forget_asked()

    def flush(self) -> None:
        """Send all that waits in one message, and take in what it gave.

        Raises:
            psycopg.Error: as in `execute`; nothing that was behind the statement that failed is done.
        """
        if not self._waiting:
            return
        sent, self._waiting = self._waiting, []
        pgconn = self.raw.pgconn
        pgconn.enter_pipeline_mode()
        told, new = self._put(pgconn, sent)
        pgconn.pipeline_sync()
        results = self._taken(pgconn)
        for result in results:
            self.check(result)
        if len(results) < len(told):
            raise psycopg.OperationalError("The connection was lost.")
        self._names.update(new)
        for later, result in zip(told, results, strict=True):
            if later is not None:
                self._wire.set_pgresult(result)
                later.given = Rows(self._wire.load_rows(0, result.ntuples, tuple), result)

    def words(self, words: bytes) -> PGresult:
        """Run statements without values, in one message; gives what the last one gave.

        Raises:
            psycopg.Error: as in `execute`.
        """
        self.settle()
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

    def _later(self, sql: str, values: Sequence[Any]) -> QueuedStatement:
        later = QueuedStatement(self, sql, self._wire.dump_sequence(values, _as_text(len(values))))
        self._waiting.append(later)
        return later

    def _put(
        self, pgconn: PGconn, sent: Sequence[QueuedStatement]
    ) -> tuple[list[QueuedStatement | None], dict[str, bytes]]:
        """Write statements into a message, each when it is new after what tells the server of it.

        Returns what an answer comes to, which is nothing for what only tells, and the names of those that are new.
        """
        told: list[QueuedStatement | None] = []
        new: dict[str, bytes] = {}
        for later in sent:
            if not self.prepares:
                pgconn.send_query_params(_numbered(later.sql), later.values, None, None, _BINARY)
            else:
                name = self._names.get(later.sql) or new.get(later.sql)
                if name is None:
                    name = new[later.sql] = b"c%d" % next(self._numbers)
                    pgconn.send_prepare(name, _numbered(later.sql))
                    told.append(None)
                pgconn.send_query_prepared(name, later.values, None, _BINARY)
            told.append(later)
        return told, new

    def _taken(self, pgconn: PGconn) -> list[PGresult]:
        """Take in the answers to a message, up to its end or the end of the connection."""
        results: list[PGresult] = []
        while pgconn.flush():
            # It is more than fits on the wire; the server may want to be rid of answers before it takes the rest.
            self._wait(POLLIN | POLLOUT)
            pgconn.consume_input()
        while pgconn.status is not ConnStatus.BAD:
            if pgconn.is_busy():
                self._answers.poll()
                pgconn.consume_input()
            elif (result := pgconn.get_result()) is not None:
                if result.status == ExecStatus.PIPELINE_SYNC:
                    pgconn.exit_pipeline_mode()
                    break
                results.append(result)
        return results

    def _wait(self, what: int) -> None:
        waits = poll()
        waits.register(self.raw.pgconn.socket, what)
        waits.poll()


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
