"""The one seam to the database: `read` and `write` take a plain function over an open transaction.

There are two clear implementations behind it, and `open_database` chooses by the URL: a SQLite file that one process has
for itself (`bot.store.file`), and a PostgreSQL server that any number of processes share (`bot.store.server`).
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from bot.measures import Measures
from bot.store.address import is_server
from bot.store.backups.copies import Copies
from bot.store.batch import Tx
from bot.store.file import FileDatabase
from bot.store.keyring import KeyRing

__all__ = ["Database", "Tx", "open_database"]

T = TypeVar("T")


class Database(Protocol):
    """An open database; `open_database` makes it, `close` must end it."""

    measures: Measures
    """Who is told how long work waited, and what came of what was done with this database."""
    shared: bool
    """Whether other processes may have it open, too."""
    damaged: bool
    """Whether damage was seen; then nothing is written any more, and what can be read is read."""

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work and wait until it is durable; when it raises, nothing of it is kept.

        A caller who is cancelled stops waiting; the work may still be done. It may be begun more than once, so it
        changes nothing but what is in the transaction. On behalf of nobody, it has a whole server for itself.

        Raises:
            NotSaved: the change could not be kept.
        """
        ...

    async def row_by_row(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work that is about no one community; else as `write`.

        On a server it begins with no lock, and waits for none. So each of its statements is right by itself, takes up rows
        that nobody else holds, or is about communities that it enters before (`bot.store.reach`). What it reads beside
        these may change between two of its statements.
        """
        ...

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Read from one unchanging view of the database, which has everything acknowledged so far."""
        ...

    async def connect(self) -> None:
        """Have every connection that will be needed, before anything else is done, so that none is missing later.

        Raises:
            StartError: the server refuses one.
        """
        ...

    async def empty_log(self) -> None:
        """Let nothing that was erased stay in a log, as far as that is in the program's hands."""
        ...

    def durable_at_the_end(self) -> AbstractAsyncContextManager[None]:
        """Let what is written meanwhile be durable only at the end: for many writes that can be made again from nothing."""
        ...

    async def close(self) -> None:
        """Do what still waits, then close; later reads and writes are refused."""
        ...


async def open_database(
    url: str,
    keyring: KeyRing,
    *,
    copies: Copies | None = None,
    every_row: bool = False,
    mending: bool = False,
    own_copy: bool = False,
) -> Database:
    """Open the database of a URL, bringing its schema up to date after a backup.

    `copies` says where backups go, if not to the usual place. Every row is checked before if `every_row` asks for it;
    `mending` takes out the rows that nobody can read. An `own_copy` was made by this process for one
    person, and nobody else can reach it: it is not read through again, and one connection is enough to read it.

    Raises:
        StartError: it cannot be reached or read, is damaged, of a newer version, or was written with another key.
    """
    if not is_server(url):
        return await FileDatabase.open(
            url, keyring, copies=copies, every_row=every_row, mending=mending, own_copy=own_copy
        )
    from bot.store.server import ServerDatabase  # noqa: PLC0415 - a file needs no driver of a server

    return await ServerDatabase.open(url, keyring, copies=copies, every_row=every_row, mending=mending)
