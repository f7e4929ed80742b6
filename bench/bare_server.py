"""The floor on a server: SQLAlchemy Core does ten plain statements a transaction, in threads, with nothing of the bot."""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from secrets import token_bytes, token_hex

import sqlalchemy as sa

POOL = 8
"""Connections, as many as the bot has."""

_PLAIN = sa.MetaData()
_members = sa.Table("plain_members", _PLAIN, sa.Column("id", sa.Text, primary_key=True), sa.Column("n", sa.Integer))
_leads = sa.Table(
    "plain_leads",
    _PLAIN,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, index=True),
    sa.Column("box", sa.LargeBinary),
)
_events = sa.Table(
    "plain_events",
    _PLAIN,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("member", sa.Text),
    sa.Column("week", sa.Text),
    sa.Index(None, "member", "week"),
)
_deliveries = sa.Table(
    "plain_deliveries", _PLAIN, sa.Column("id", sa.Text, primary_key=True), sa.Column("box", sa.LargeBinary)
)
_DELIVERY = sa.select(_deliveries.c.box).where(_deliveries.c.id == sa.bindparam("key"))
_MEMBER = sa.select(_members).where(_members.c.id == sa.bindparam("key"))
_LEADS = sa.select(_leads.c.id).where(_leads.c.member == sa.bindparam("key")).limit(2)
_COUNT = _members.update().where(_members.c.id == sa.bindparam("key")).values(n=_members.c.n + 1)


@dataclass(frozen=True)
class Bare:
    """An open database of four plain tables."""

    engine: sa.Engine
    threads: ThreadPoolExecutor

    async def add(self, member: int) -> None:
        """Do ten statements for a member: four look, five insert, one counts."""
        await asyncio.get_running_loop().run_in_executor(self.threads, self._add, f"m{member}")

    def _add(self, member: str) -> None:
        key = token_hex(8)
        event = {"member": member, "week": "2026-W11"}
        with self.engine.begin() as tx:
            tx.execute(_DELIVERY, {"key": key}).first()
            for _ in range(2):
                tx.execute(_MEMBER, {"key": member}).first()
            tx.execute(_LEADS, {"key": member}).all()
            tx.execute(_leads.insert(), {"id": key, "member": member, "box": token_bytes(150)})
            for _ in range(3):
                tx.execute(_events.insert(), event)
            tx.execute(_COUNT, {"key": member})
            tx.execute(_deliveries.insert(), {"id": key, "box": token_bytes(400)})


@asynccontextmanager
async def open_bare(url: str, size: int) -> AsyncGenerator[Bare]:
    """Open a database that is empty at first, with so many members."""
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), pool_size=POOL, max_overflow=0)
    threads = ThreadPoolExecutor(POOL)
    try:
        await asyncio.to_thread(_fill, engine, size)
        yield Bare(engine, threads)
    finally:
        threads.shutdown()
        engine.dispose()


def _fill(engine: sa.Engine, size: int) -> None:
    _PLAIN.create_all(engine)
    with engine.begin() as tx:
        tx.execute(_members.insert(), [{"id": f"m{number}", "n": 0} for number in range(size)])
