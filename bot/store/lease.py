"""Until when a row that was claimed is held, and by whose clock: a file goes by its one machine, a server by its own.

Several machines share a server, and one of them may be wrong. So what a server holds until when is told by its clock
alone: whoever claims neither writes an instant of theirs nor compares with one. What waits for its hour goes by the time
of the round, which every process settles with the platforms (`bot.scheduling.clock_watch`).

Each expression takes `now`; on a file all of them are nothing else.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bot.store.types import Instant

_NOW = sa.bindparam("now", type_=Instant())
_MICROSECOND = timedelta(microseconds=1)


class _Present(FunctionElement[datetime]):
    """The present by the clock that leases go by."""

    type = Instant()
    inherit_cache = True


class _Latest(FunctionElement[datetime]):
    """The later one of `now` and the present of leases."""

    type = Instant()
    inherit_cache = True


class _OfState(FunctionElement[datetime]):
    """The first of two instants for a row that is held, else the second."""

    type = Instant()
    inherit_cache = True


def reached(table: sa.Table, *held: str) -> sa.ColumnElement[bool]:
    """Ask whether a row may be taken up: in a state of `held` when its lease is over, in another when it is due."""
    by_state = _OfState(_is_in(table, held), _Present(_NOW), _NOW)
    # By the first part an index is read.
    return sa.and_(table.c.next_at <= _Latest(_Present(_NOW), _NOW), table.c.next_at <= by_state)


def turn(table: sa.Table, *held: str) -> sa.ColumnElement[datetime]:
    """Tell when a row may be taken up, by the clock that says `now`."""
    next_at, present = (sa.type_coerce(instant, sa.BigInteger) for instant in (table.c.next_at, _Present(_NOW)))
    return _OfState(_is_in(table, held), next_at - present + sa.cast(_NOW, sa.BigInteger), table.c.next_at)


def present() -> sa.ColumnElement[datetime]:
    """Tell the present."""
    return _Present(_NOW)


def end() -> sa.ColumnElement[int]:
    """Tell when something ends that begins at present and lasts `span` microseconds."""
    return sa.type_coerce(_Present(_NOW), sa.BigInteger) + sa.bindparam("span", type_=sa.BigInteger)


def microseconds(length: timedelta) -> int:
    """Count the microseconds of a time, which is what `span` is given."""
    return length // _MICROSECOND


def _is_in(table: sa.Table, states: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.or_(*(table.c.state == state for state in states))


@compiles(_Present)
@compiles(_Latest)
@compiles(_OfState)
def _on_file(element: Any, compiler: Any, **kw: Any) -> str:
    """Write the last part, which is all that is left of it where there is one clock."""
    *_, last = element.clauses
    return compiler.process(last, **kw)


@compiles(_Present, "postgresql")
def _present(element: Any, compiler: Any, **kw: Any) -> str:
    # The start of the statement and not of the transaction: one that waited for others has an older clock.
    return "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS BIGINT)"


@compiles(_Latest, "postgresql")
def _latest(element: Any, compiler: Any, **kw: Any) -> str:
    return compiler.process(sa.func.greatest(*element.clauses), **kw)


@compiles(_OfState, "postgresql")
def _of_state(element: Any, compiler: Any, **kw: Any) -> str:
    is_held, then, otherwise = element.clauses
    return compiler.process(sa.case((is_held, then), else_=otherwise), **kw)
