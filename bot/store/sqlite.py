"""SQLite connections: where the file is, who may open it, and how each connection is set."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from bot.store.aiosqlite_thread import ConnectionThread
from bot.store.batch import Tx, driver
from bot.store.belonging import check_ours
from bot.store.crypto import VAULT, Vault
from bot.store.errors import InUse, StartError
from bot.store.memory import MEMORY

T = TypeVar("T")

SQLITE = sqlite3.sqlite_version
"""The version of the library, for whoever runs the bot."""
FILE_URL, SERVER_URL = "sqlite+aiosqlite:///hello-circle.db", "postgresql://USER:PASSWORD@HOST/NAME"
"""How a database URL is written."""
OWNER_ONLY = 0o600
BUSY_SECONDS = 2.0
STATEMENTS = 512
"""Prepared statements kept for each connection."""

WRITER = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what was erased is not in a free page; Debian's SQLite has it on by itself
    "PRAGMA cache_size=-8000",
    "PRAGMA temp_store=MEMORY",
)
# Two connections that checkpoint at once may damage the file (SQLite before 3.51.3), so readers never do.
READER = (*WRITER[2:], "PRAGMA wal_autocheckpoint=0", "PRAGMA query_only=ON")


def path_of(url: str) -> Path:
    """Read the file's path from a database URL.

    Raises:
        StartError: the URL is not one of a SQLite file.
    """
    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StartError(
            "The database URL cannot be read. Write DATABASE_URL as {file} or {server}.",
            file=FILE_URL,
            server=SERVER_URL,
        )
    if parsed.query:
        # What SQLite would do with them is not done, such as mode=ro; so nobody may count on it.
        raise StartError("DATABASE_URL must end with the file's name. Write a ? in that name as %3F.")
    return real_path(parsed.database)


def url_of(path: Path) -> str:
    """Write the database URL of a file, whatever letters its name has.

    Raises:
        StartError: its name is no text.
    """
    try:
        return sa.URL.create("sqlite+aiosqlite", database=str(path)).render_as_string()
    except UnicodeError:
        raise StartError("The name {name} is no text. Give another one.", name=str(path)) from None


def real_path(name: str | Path) -> Path:
    """Give a file its real name, so that a link to a file is the same file, with the same log beside it.

    Raises:
        StartError: there can be no file of that name.
    """
    try:
        path = Path(name).resolve()
        path.with_name(f"{path.name}.restoring-wal").exists()  # the longest name that is made beside it
    except (OSError, RuntimeError, ValueError):
        raise StartError("The path {name} leads to no file. Correct it.", name=name) from None
    return path


class FileLock:
    """Holds the database file for this process alone, until it is released or the process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_name(path.name + ".lock")
        self._held: list[int] = []

    def take(self, *, replacing: bool = False) -> Self:
        """Take the file, making it when it is not there; one that is to be replaced may be damaged from its first byte on.

        Raises:
            InUse: another process has it, by this or another name.
            NotOurs: it is another program's file, and was left as it was.
            StartError: the folder is not there, or cannot be written.
        """
        if not self._path.parent.is_dir():
            raise StartError(
                "The folder {folder} is not there. Make it first, or correct the path.", folder=self._path.parent
            )
        try:
            had_lock = self._lock.exists()
            if not had_lock:
                check_ours(self._path)  # another program's file does not even get a lock beside it
            self._take_lock()
            if not (replacing and had_lock):
                check_ours(self._path)
            keep_private(self._path)
            self._take_file()
        except BaseException:
            self.release()
            raise
        return self

    def release(self) -> None:
        """Let others open the database; the lock file stays, because removing it would race."""
        while self._held:
            os.close(self._held.pop())

    def _take_lock(self) -> None:
        try:
            fd = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        except OSError as error:
            raise StartError(
                "The file {file} cannot be written: {reason}. Look for a full disk or missing rights.",
                file=self._lock,
                reason=error.strerror,
            ) from None
        self._held.append(fd)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(fd, 20).decode(errors="replace").strip() or "unknown"
            raise InUse(
                "Another process (number {number}) has this database open. Stop it first.", number=holder
            ) from None
        with suppress(OSError):  # a full disk; the lock holds all the same
            os.ftruncate(fd, 0)
            os.write(fd, f"{os.getpid()}\n".encode())

    def _take_file(self) -> None:
        """Lock the file itself too, which two hard links have in common."""
        fd = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        self._held.append(fd)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InUse("Another process has this database open by another name. Stop it first.") from None


def keep_private(path: Path) -> None:
    """Make the database file, or an existing one, readable by its owner only.

    Raises:
        StartError: the file cannot be made or written.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY))
        if path.stat().st_mode & 0o777 != OWNER_ONLY:
            path.chmod(OWNER_ONLY)
    except OSError as error:
        raise StartError(
            "The database file {file} cannot be written: {reason}. Look for a full disk or missing rights.",
            file=path,
            reason=error.strerror,
        ) from None


def read_only(database: Path) -> sqlite3.Connection:
    """Connect to a database that another process may write; it is left as it is, and its log is not moved.

    Raises:
        StartError: it is not there.
    """
    if not database.is_file():
        raise StartError("The database file {file} is not there. Correct DATABASE_URL.", file=database)
    return sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True, isolation_level=None)


_WANTED: ContextVar[tuple[Path, tuple[str, ...]]] = ContextVar("wanted")
"""The file to connect to, and how its connection is set."""


def _opened() -> sqlite3.Connection:
    path, settings = _WANTED.get()
    raw = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=STATEMENTS)
    for pragma in settings:
        raw.execute(pragma)
    return raw


@cache
def _engine() -> sa.Engine:
    """Make the one engine of all files, so that a statement is compiled once, whichever connection runs it."""
    return sa.create_engine("sqlite://", creator=_opened, poolclass=sa.NullPool)


def connect(path: Path, settings: tuple[str, ...]) -> Tx:
    """Connect to the file, as SQLAlchemy sees it; the transaction is begun and ended by hand."""
    _WANTED.set((path, settings))
    # AUTOCOMMIT keeps SQLAlchemy from sending a BEGIN of its own; a transaction that is open in its eyes for ever
    # keeps everybody else, such as Alembic, from ending ours.
    tx = _engine().connect().execution_options(isolation_level="AUTOCOMMIT")
    tx.begin()
    return tx


class Connection:
    """One connection with its own thread, carrying the vault."""

    def __init__(self, path: Path, settings: tuple[str, ...], vault: Vault) -> None:
        self._path, self._settings, self._vault = path, settings, vault
        self._thread = ConnectionThread(self._connect)
        self._tx: Tx | None = None

    @property
    def tx(self) -> Tx:
        """The connection; to be used in its own thread."""
        if self._tx is None:
            raise RuntimeError("This line is not open.")
        return self._tx

    async def open(self) -> Self:
        """Connect, in the line's own thread."""
        await self._thread.start()
        return self

    def post(self, job: Callable[[Tx], None]) -> None:
        """Queue a job that tells its own result and never raises."""
        self._thread.post(lambda: job(self.tx))

    async def run(self, job: Callable[[Tx], T]) -> T:
        """Run a job in the thread and wait for what it gives."""
        return await self._thread.run(lambda: job(self.tx))

    async def close(self) -> None:
        """Finish what is queued and close."""
        if self._thread.running:
            await self.run(self._detach)
            await self._thread.stop()

    def _connect(self) -> sqlite3.Connection:
        self._tx = connect(self._path, self._settings)
        self._tx.info.update({VAULT: self._vault, MEMORY: self._vault.senders})
        return driver(self._tx)

    def _detach(self, tx: Tx) -> None:
        tx.close()
        self._tx = None
