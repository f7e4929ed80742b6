"""Statements compiled once and run straight on the driver, at a fifth of the usual cost, for what runs often."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from bot.store.batch import Tx, driver
from bot.store.crypto import vault_of

T = TypeVar("T")
Convert = Callable[[Any], Any] | None

SQLITE = sqlite_dialect()


class _Bind(NamedTuple):
    """How one value is bound: its name when it is given each time, else the value itself."""

    name: str | None
    value: Any
    convert: Convert


class _Plan(NamedTuple):
    """A compiled statement: its SQL, how values are bound, and how rows are read."""

    sql: str
    binds: Sequence[_Bind]
    row: Callable[..., Any]
    reads: Sequence[tuple[int, Callable[[Any], Any]]]


class Prepared:
    """A select, insert, update or delete with named parameters, built once at import.

    For an insert, `columns` names the columns that will be given. A statement with a list (`IN`) cannot be prepared.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns or None

    def first(self, tx: Tx, **params: Any) -> Any | None:
        """Give the first row, or None."""
        if not _on_sqlite(tx):
            return tx.execute(self._statement, params).first()
        values = self._execute(tx, params).fetchone()
        return None if values is None else _row(self._plan, values)

    def all(self, tx: Tx, **params: Any) -> Sequence[Any]:
        """Give all rows."""
        if not _on_sqlite(tx):
            return tx.execute(self._statement, params).all()
        plan = self._plan
        return [_row(plan, values) for values in self._execute(tx, params)]

    def pairs(self, tx: Tx, **params: Any) -> dict[Any, Any]:
        """Give rows of two plain columns as a dict, with nothing converted."""
        if not _on_sqlite(tx):
            rows: Any = tx.execute(self._statement, params)
            return dict(rows.all())
        return dict(self._execute(tx, params))

    def plain(self, tx: Tx, **params: Any) -> Iterator[tuple[Any, ...]]:
        """Give rows one by one as the database has them, with nothing converted: for lists of thousands."""
        rows: Any = self._execute(tx, params) if _on_sqlite(tx) else tx.execute(self._statement, params)
        return iter(rows)

    def run(self, tx: Tx, **params: Any) -> int:
        """Change rows; returns how many."""
        if not _on_sqlite(tx):
            return tx.execute(self._statement, params).rowcount
        return self._execute(tx, params).rowcount

    def run_all(self, tx: Tx, many: Sequence[Mapping[str, Any]]) -> int:
        """Change rows once for each of many; returns how many were changed in all."""
        if not many:
            return 0
        if not _on_sqlite(tx):
            return tx.execute(self._statement, many).rowcount
        return driver(tx).executemany(self._plan.sql, (self._bound(params) for params in many)).rowcount

    def build_first(self, tx: Tx, make: Callable[[Tx, Any], T], **params: Any) -> T | None:
        """Build an object from the first row, or give None; equal rows share one cached object, which must not be changed."""
        if not _on_sqlite(tx):
            row = tx.execute(self._statement, params).first()
            return None if row is None else make(tx, row)
        values = self._execute(tx, params).fetchone()
        return None if values is None else self._built(tx, make, values)

    def build_all(self, tx: Tx, make: Callable[[Tx, Any], T], **params: Any) -> list[T]:
        """Build an object from each row, cached as in `build_first`."""
        if not _on_sqlite(tx):
            return [make(tx, row) for row in tx.execute(self._statement, params)]
        return [self._built(tx, make, values) for values in self._execute(tx, params)]

    def _built(self, tx: Tx, make: Callable[[Tx, Any], T], values: Any) -> T:
        recent = vault_of(tx).recent
        built: T | None = recent.get((make, values))
        if built is None:
            built = make(tx, _row(self._plan, values))
            recent.put((make, values), built)
        return built

    def _execute(self, tx: Tx, params: dict[str, Any]) -> Any:
        return driver(tx).execute(self._plan.sql, self._bound(params))

    def _bound(self, params: Mapping[str, Any]) -> list[Any]:
        values: list[Any] = []
        for name, value, convert in self._plan.binds:
            bound = value if name is None else params[name]
            values.append(bound if convert is None else convert(bound))
        return values

    @cached_property
    def _plan(self) -> _Plan:
        compiled = self._statement.compile(dialect=SQLITE, column_keys=self._columns)
        binds = [_bind(compiled.binds[name]) for name in compiled.positiontup]
        columns = list(getattr(self._statement, "exported_columns", ()))
        readers = [_implemented(column.type).result_processor(SQLITE, None) for column in columns]
        reads = [(place, read) for place, read in enumerate(readers) if read is not None]
        fields: list[tuple[str, Any]] = [(column.name, Any) for column in columns]
        row: Callable[..., Any] = NamedTuple("Row", fields)
        return _Plan(str(compiled), binds, row, reads)


def _on_sqlite(tx: Tx) -> bool:
    return tx.dialect.name == "sqlite"


def _implemented(kind: Any) -> Any:
    return kind.dialect_impl(SQLITE)


def _bind(param: Any) -> _Bind:
    return _Bind(param.key if param.required else None, param.value, _implemented(param.type).bind_processor(SQLITE))


def _row(plan: _Plan, values: Sequence[Any]) -> Any:
    """Make a named tuple of a row, with the columns converted that need it."""
    if plan.reads:
        read = list(values)
        for place, reader in plan.reads:
            read[place] = reader(read[place])
        values = read
    return plan.row(*values)
