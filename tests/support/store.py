"""A real store in a temporary folder, with a fixed key ring."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.ids import Who
from bot.store import communities, members
from bot.store.database import Database, Tx
from bot.store.keyring import KeyRing

RING = "test:" + base64.b64encode(b"a key ring for tests only, no sec").decode()[:43] + "="
NOW = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
"""A Monday, 9:00 in Toronto."""


def ring(text: str = RING) -> KeyRing:
    """Give the tests' key ring."""
    return KeyRing.parse(text)


def url_of(folder: Path) -> str:
    """Name the database of a folder."""
    return f"sqlite+aiosqlite:///{folder / 'circle.db'}"


@asynccontextmanager
async def open_store(folder: Path, keys: str = RING) -> AsyncIterator[Database]:
    """Open the store of a folder; opening it again later finds what was kept."""
    db = await Database.open(url_of(folder), ring(keys))
    try:
        yield db
    finally:
        await db.close()


def someone(tx: Tx, name: str = "Amina", platform_id: str = "circle") -> Who:
    """Find or add a member of a community that is set up."""
    community = communities.ensure(tx, "console", platform_id, "Newcomers", NOW)
    member = members.ensure(tx, community.id, name.lower(), name, NOW)
    return Who(community.id, member.id)
