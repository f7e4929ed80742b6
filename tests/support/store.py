"""A real store in a temporary folder, with a fixed key ring."""

import base64
import shutil
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.domain.ids import Who
from bot.store import communities, members
from bot.store.address import server_url
from bot.store.backups.copies import Copies
from bot.store.batch import driver
from bot.store.crypto import VAULT, Vault
from bot.store.database import Database, Tx, open_database
from bot.store.keyring import KeyRing
from bot.store.opening import prepare
from bot.store.postgres.dialect import engine_of
from bot.store.postgres.locks import HeldLocks
from bot.store.postgres.worker import ConnectionWorker, begin
from bot.store.server_opening import prepare as prepare_server
from bot.store.sqlite import WRITER, connect, keep_private
from tests.support import postgres

RING = "test:" + base64.b64encode(b"for tests only, never in the fie"[:32]).decode()
NOW = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
"""A Monday, 9:00 in Toronto."""


NOTE = "database.url"
"""The file of a folder that stands for a database on the server; other processes read it there."""
_ON_SERVER: list[set[str]] = []
"""The databases that the present test made on a server, when it keeps its data on one instead of in files."""


@contextmanager
def on_server() -> Generator[None]:
    """Let every folder inside stand for a database on the server of the run."""
    databases: set[str] = set()
    _ON_SERVER.append(databases)
    try:
        yield
    finally:
        _ON_SERVER.pop()
        for database in databases:
            postgres.drop(database)


def is_on_server() -> bool:
    """Tell whether the present test keeps its data on a server."""
    return bool(_ON_SERVER)


def path_in(folder: Path) -> Path:
    """Name the database file of a folder."""
    return folder / "circle.db"


def url_of(folder: Path) -> str:
    """Name the database of a folder; one on a server is made, empty, when it is not there."""
    if _ON_SERVER:
        _make(folder, "template0")
    if (folder / NOTE).exists():
        return (folder / NOTE).read_text()
    return f"sqlite+aiosqlite:///{path_in(folder)}"


def begun(folder: Path) -> bool:
    """Tell whether a folder has a database."""
    return (folder / NOTE).exists() or path_in(folder).exists()


@asynccontextmanager
async def open_store(folder: Path, keys: str = RING) -> AsyncGenerator[Database]:
    """Open the store of a folder; opening it again later finds what was kept."""
    begin_from_template(folder, keys)
    db = await open_database(
        url_of(folder), KeyRing.parse(keys), copies=Copies(folder / "backups") if _ON_SERVER else None
    )
    try:
        yield db
    finally:
        await db.close()


@contextmanager
def open_tx(folder: Path) -> Generator[Tx]:
    """Open a transaction without threads, for tests of what happens inside one; nothing of it is kept."""
    begin_from_template(folder, RING)
    if _ON_SERVER:
        line = ConnectionWorker(engine_of(server_url(url_of(folder))), Vault(KeyRing.parse(RING)))
        begin(line.open(), HeldLocks(None))
        yield line.open()
        line.close()
        return
    tx = connect(path_in(folder), WRITER)
    tx.info[VAULT] = Vault(KeyRing.parse(RING))
    driver(tx).execute("BEGIN IMMEDIATE")
    try:
        yield tx
    finally:
        if driver(tx).in_transaction:
            driver(tx).execute("ROLLBACK")
        tx.close()
        tx.engine.dispose()


def begin_from_template(folder: Path, keys: str) -> None:
    """Put an empty database into a folder, the quick way; nothing happens when there is one."""
    if keys != RING or begun(folder):
        return
    if _ON_SERVER:
        _make(folder, _server_template())
        return
    keep_private(path_in(folder))
    shutil.copyfile(_template(), path_in(folder))


def kept_as_template(folder: Path) -> bytes | str:
    """Keep the database of a folder, for others to begin like it."""
    if not _ON_SERVER:
        return path_in(folder).read_bytes()
    database = postgres.database_of(folder)
    _ON_SERVER[-1].discard(database)
    return database


def put_like(folder: Path, template: bytes | str) -> None:
    """Make the database of a folder as another one was."""
    if isinstance(template, str):
        _make(folder, template)
    else:
        keep_private(path_in(folder))
        path_in(folder).write_bytes(template)


def _make(folder: Path, template: str) -> None:
    database = postgres.database_of(folder)
    if database not in _ON_SERVER[-1]:
        _ON_SERVER[-1].add(database)
        postgres.create(database, template)
        (folder / NOTE).write_text(postgres.address(database))


@cache
def _server_template() -> str:
    """Name a database on the server that has every table, making it when it is not there."""
    postgres.start()
    with postgres.alone():
        if not postgres.exists("empty"):
            postgres.create("empty_")
            line = ConnectionWorker(engine_of(server_url(postgres.address("empty_"))), Vault(KeyRing.parse(RING)))
            prepare_server(line.open(), "", KeyRing.parse(RING), Copies(postgres.place() / "backups", wanted=False))
            line.close()
            with postgres.connected() as server:
                server.execute("ALTER DATABASE empty_ RENAME TO empty")
    return "empty"


@cache
def _template() -> Path:
    path = path_in(Path(tempfile.mkdtemp(prefix="hello-circle-tests-")))
    keep_private(path)
    tx = connect(path, WRITER)
    prepare(tx, path, KeyRing.parse(RING), Copies.beside(path))
    tx.close()
    tx.engine.dispose()
    return path


def someone(tx: Tx, name: str = "Amina", platform_id: str = "circle") -> Who:
    """Find or add a member, and their community."""
    community = communities.ensure(tx, "console", platform_id, "Newcomers", NOW)
    member = members.ensure(tx, community.id, name.lower(), name, NOW)
    return Who(community.id, member.id)
