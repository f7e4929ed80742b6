"""What a fault of PostgreSQL means: begin again, wait for the server, or tell it in the store's own words."""

from enum import Enum, auto

import psycopg
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from bot.faults import Explained
from bot.store.errors import Away, Busy, Corrupt, Damaged, NotSaved, StartError, StoreError
from bot.store.postgres.mends import may_pass, mend_of, reason_of

_MET = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)
"""Two works met: one of them is begun again."""
_DAMAGED = (errors.DataCorrupted, errors.IndexCorrupted)
_NOT_DONE = (
    psycopg.OperationalError,
    errors.IdleInTransactionSessionTimeout,
    errors.ReadOnlySqlTransaction,
    errors.InsufficientPrivilege,
)
_LOST = ("08", "57P", "25P03")
"""How the codes begin of a connection that broke, of a server that stops or starts, and of one that waited no longer."""
_UNUSABLE = Explained("The database {name} cannot be used: {reason}. {mend}")


class Cure(Enum):
    """What is to be done about a fault."""

    MET = auto()
    """Nothing was kept, and the same work may go well at once."""
    LOST = auto()
    """The connection is gone."""
    OTHER = auto()
    """Nothing helps; whoever asked is told."""


def kind_of(error: BaseException) -> Cure:
    """Tell what is to be done about a fault."""
    cause = _cause(error)
    if isinstance(cause, _MET):
        return Cure.MET
    without_code = "08" if isinstance(cause, psycopg.OperationalError) else ""
    if isinstance(cause, psycopg.Error) and (cause.sqlstate or without_code).startswith(_LOST):
        return Cure.LOST
    return Cure.OTHER


def translated(error: BaseException) -> BaseException:
    """Name a fault of the database in the store's own words; other faults stay what they are."""
    if isinstance(error, StopIteration):
        # A future refuses it, and the caller would wait for ever.
        return RuntimeError("A unit of work raised StopIteration.")
    cause = _cause(error)
    if not isinstance(cause, psycopg.Error):
        return error
    named = _named(cause)
    if named is None:
        return error
    named.__cause__ = error
    return named


def refusal(error: BaseException, name: str | Explained) -> BaseException:
    """Name a fault at the start in words for the operator; other faults stay what they are."""
    named = translated(error)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(named, StartError):
        return named
    if isinstance(cause, psycopg.Error):
        if isinstance(named, Corrupt):
            return Damaged("The database {name} is damaged. Put a backup back: hello-circle restore FILE", name=name)
        mend = mend_of(cause)
        kind = Away if may_pass(mend) else StartError
        return kind(_UNUSABLE.message, name=name, reason=reason_of(cause), mend=mend)
    if isinstance(named, NotSaved):
        return StartError("The database {name} cannot be written. Look at its server.", name=name)
    return named


def _named(cause: psycopg.Error) -> StoreError | None:
    if isinstance(cause, _DAMAGED):
        return Corrupt("The database is damaged. Restore the last backup.")
    if isinstance(cause, (*_MET, errors.QueryCanceled)):
        return Busy("Others held the database for too long.")
    if isinstance(cause, _NOT_DONE):
        return NotSaved(
            "The database server could not do it: {reason}. {mend}", reason=reason_of(cause), mend=mend_of(cause)
        )
    return None


def _cause(error: BaseException) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error
