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
from bot.store.backups.copies import Copies
from bot.store.batch import driver
from bot.store.crypto import VAULT, Vault
from bot.store.database import Database, Tx
from bot.store.keyring import KeyRing
from bot.store.opening import prepare
from bot.store.sqlite import WRITER, connect, keep_private

RING = "test:" + base64.b64encode(b"for tests only, never in the fie"[:32]).decode()
NOW = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
"""A Monday, 9:00 in Toronto."""


def path_in(folder: Path) -> Path:
    """Name the database file of a folder."""
    return folder / "circle.db"


def url_of(folder: Path) -> str:
    """Name the database of a folder."""
    return f"sqlite+aiosqlite:///{path_in(folder)}"


@asynccontextmanager
async def open_store(folder: Path, keys: str = RING) -> AsyncGenerator[Database]:
    """Open the store of a folder; opening it again later finds what was kept."""
    begin_from_template(folder, keys)
    db = await Database.open(url_of(folder), KeyRing.parse(keys))
    try:
        yield db
    finally:
        await db.close()


@contextmanager
def open_tx(folder: Path) -> Generator[Tx]:
    """Open a transaction without threads, for tests of what happens inside one; nothing of it is kept."""
    begin_from_template(folder, RING)
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
    if keys == RING and not path_in(folder).exists():
        keep_private(path_in(folder))
        shutil.copyfile(_template(), path_in(folder))


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
