"""The floor: one row inserted and committed durably by aiosqlite, with nothing of the bot around it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import aiosqlite

INSERT = "insert into leads (community, member, name, added_at) values (?, ?, ?, ?)"


@asynccontextmanager
async def open_bare(folder: Path) -> AsyncGenerator[aiosqlite.Connection]:
    """Open a file of one plain table, as durable as the bot's."""
    folder.mkdir(parents=True, exist_ok=True)
    async with aiosqlite.connect(folder / "bare.db") as db:
        await db.execute("pragma journal_mode=wal")
        await db.execute("pragma synchronous=full")
        await db.execute(
            "create table if not exists leads (id integer primary key, community text, member text, name text, added_at int)"
        )
        await db.commit()
        yield db


async def insert(db: aiosqlite.Connection, times: int) -> list[float]:
    """Insert rows one after another; gives the seconds of each."""
    took: list[float] = []
    for number in range(times):
        start = perf_counter()
        await db.execute(INSERT, ("circle", "amina", f"Dana {number} Ro", number))
        await db.commit()
        took.append(perf_counter() - start)
    return took
