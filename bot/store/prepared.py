"""Statements compiled once and run straight on the driver, at a fifth of the usual cost, for what runs often."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from bot.store.batch import Tx
from bot.store.crypto import vault_of

T = TypeVar("T")
Convert = Callable[[Any], Any] | None

PIPELINE = "pipeline"
"""The name in `tx.info` under which a connection to a server carries its pipeline."""


class _Bind(NamedTuple):
    """How one value is bound: its name when it is given each time, else the value itself."""

    name: str | None
    value: Any
    """As the driver takes it, when it is not given each time."""
    convert: Convert


class _Plan(NamedTuple):
    """A compiled statement: its SQL, how values are bound, and how rows are read."""

    sql: str
    binds: Sequence[_Bind]
    row: Callable[..., Any]
    reads: Sequence[tuple[int, Callable[[Any], Any]]]


class Prepared:
    """A select, insert, update or delete with named parameters, built once at import, and compiled once for each database.

    For an insert, `columns` names the columns that will be given. A statement with a list (`IN`) cannot be prepared.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns or None
        self._plans: dict[str, _Plan] = {}

    def first(self, tx: Tx, **params: Any) -> Any | None:
        """Give the first row, or None."""
        plan = self.plan(tx)
        values = _run(tx, plan, params).fetchone()
        return None if values is None else _row(plan, values)

    def all(self, tx: Tx, **params: Any) -> Sequence[Any]:
        """Give all rows."""
        plan = self.plan(tx)
        return [_row(plan, values) for values in _run(tx, plan, params)]

    def pairs(self, tx: Tx, **params: Any) -> dict[Any, Any]:
        """Give rows of two plain columns as a dict, with nothing converted."""
        return dict(self._execute(tx, params))

    def plain(self, tx: Tx, **params: Any) -> Iterator[tuple[Any, ...]]:
        """Give rows one by one as the database has them, with nothing converted: for lists of thousands."""
        return iter(self._execute(tx, params))

    def run(self, tx: Tx, **params: Any) -> int:
        """Change rows; returns how many."""
        return self._execute(tx, params).rowcount

    def send(self, tx: Tx, **params: Any) -> Callable[[], int]:
        """Change rows; a server does it together with the next statement. Gives what tells how many were changed."""
        plan, pipeline = self.plan(tx), _pipeline(tx)
        if pipeline is None:
            changed = _run(tx, plan, params).rowcount
            return lambda: changed
        later = pipeline.send(plan.sql, _bound(plan, params))
        return lambda: later.rows().rowcount

    def ask(self, tx: Tx, **params: Any) -> None:
        """Say what will be asked in a moment, before anything is changed; a server is asked with the next statement."""
        pipeline = _pipeline(tx)
        if pipeline is not None:
            plan = self.plan(tx)
            pipeline.ask(plan.sql, _bound(plan, params))

    def run_all(self, tx: Tx, many: Sequence[Mapping[str, Any]]) -> int:
        """Change rows once for each of many; returns how many were changed in all."""
        if not many:
            return 0
        plan, pipeline = self.plan(tx), _pipeline(tx)
        rows = [_bound(plan, params) for params in many]
        if pipeline is not None:
            # After psycopg's own way for many rows, a server does not watch any more how long a transaction stands still.
            return sum(sent.rows().rowcount for sent in [pipeline.send(plan.sql, row) for row in rows])
        cursor = _driver(tx).cursor()
        cursor.executemany(plan.sql, rows)
        return cursor.rowcount

    def build_first(self, tx: Tx, make: Callable[[Tx, Any], T], **params: Any) -> T | None:
        """Build an object from the first row, or give None; equal rows share one cached object, which must not be changed."""
        plan = self.plan(tx)
        values = _run(tx, plan, params).fetchone()
        return None if values is None else _built(tx, plan, make, values)

    def build_all(self, tx: Tx, make: Callable[[Tx, Any], T], **params: Any) -> list[T]:
        """Build an object from each row, cached as in `build_first`."""
        plan = self.plan(tx)
        return [_built(tx, plan, make, values) for values in _run(tx, plan, params)]

    def _execute(self, tx: Tx, params: dict[str, Any]) -> Any:
        return _run(tx, self.plan(tx), params)

    def plan(self, tx: Tx) -> _Plan:
        """Give the statement as it is run on a database."""
        plan = self._plans.get(tx.dialect.name)
        if plan is None:
            plan = self._plans[tx.dialect.name] = self._compiled(tx.dialect)
        return plan

    def _compiled(self, dialect: sa.Dialect) -> _Plan:
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
        binds = [_bind(compiled.binds[name], dialect) for name in compiled.positiontup]
        columns = list(getattr(self._statement, "exported_columns", ()))
        readers = [_implemented(column.type, dialect).result_processor(dialect, None) for column in columns]
        reads = [(place, read) for place, read in enumerate(readers) if read is not None]
        fields: list[tuple[str, Any]] = [(column.name, Any) for column in columns]
        row: Callable[..., Any] = NamedTuple("Row", fields)
        return _Plan(str(compiled), binds, row, reads)


class JoinedRows:
    """A select of whole rows of joined tables, one statement for what belongs together; each table comes with its maker."""

    def __init__(
        self, joined: sa.FromClause, *where: sa.ColumnElement[bool], parts: Mapping[sa.Table, Callable[[Tx, Any], Any]]
    ) -> None:
        columns = [column.label(f"{table.name}_{column.name}") for table in parts for column in table.c]
        self._whole = Prepared(sa.select(*columns).select_from(joined).where(*where))
        self._parts = [(Prepared(sa.select(table)), make, len(table.c)) for table, make in parts.items()]

    def first(self, tx: Tx, **params: Any) -> list[Any] | None:
        """Build an object from each part of the first row, cached as in `build_first`; None for one that is not there."""
        values = next(self._whole.plain(tx, **params), None)
        if values is None:
            return None
        built: list[Any] = []
        for prepared, make, width in self._parts:
            own, values = values[:width], values[width:]
            # A row that is there has its key.
            built.append(None if own[0] is None else _built(tx, prepared.plan(tx), make, own))
        return built


def _pipeline(tx: Tx) -> Any:
    """Give the pipeline of a connection to a server; None for a file."""
    return None if tx.dialect.name == "sqlite" else tx.info.get(PIPELINE)


def _driver(tx: Tx) -> Any:
    """Give the connection below SQLAlchemy; those of both databases run a statement in the same way."""
    return tx.connection.dbapi_connection


def _run(tx: Tx, plan: _Plan, params: Mapping[str, Any]) -> Any:
    """Run a statement in the quickest way that a connection has."""
    connection = _pipeline(tx) or _driver(tx)
    return connection.execute(plan.sql, _bound(plan, params))


def _implemented(kind: Any, dialect: sa.Dialect) -> Any:
    return kind.dialect_impl(dialect)


def _bind(param: Any, dialect: sa.Dialect) -> _Bind:
    convert = _implemented(param.type, dialect).bind_processor(dialect)
    if param.required:
        return _Bind(param.key, None, convert)
    return _Bind(None, param.value if convert is None else convert(param.value), None)


def _bound(plan: _Plan, params: Mapping[str, Any]) -> list[Any]:
    return [
        value if name is None else params[name] if convert is None else convert(params[name])
        for name, value, convert in plan.binds
    ]


def _built(tx: Tx, plan: _Plan, make: Callable[[Tx, Any], T], values: Any) -> T:
    recent = vault_of(tx).recent
    built: T | None = recent.get((make, values))
    if built is None:
        built = make(tx, _row(plan, values))
        recent.put((make, values), built)
    return built


def _row(plan: _Plan, values: Sequence[Any]) -> Any:
    """Make a named tuple of a row, with the columns converted that need it."""
    if plan.reads:
        read = list(values)
        for place, reader in plan.reads:
            read[place] = reader(read[place])
        values = read
    return plan.row(*values)
