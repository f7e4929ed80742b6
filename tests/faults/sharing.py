"""Works of two bots with one writing connection each, so that what waits shares a transaction, and what comes of them."""

import asyncio
import random
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId
from bot.store.database import Database, Tx
from bot.store.prepared import Prepared
from bot.store.reach import enter, place_of
from bot.store.tables import platform_facts as facts
from bot.store.turns import on_behalf_of
from tests.support import postgres
from tests.support.store import open_store, someone

Work = Callable[[Tx], Any]
LONG = 60
OWNERS = {place_of("console", name): name for name in ("x", "y", "z")}
"""By their place, and the name of each there."""
put = Prepared(facts.insert(), "name", "value")
named = Prepared(sa.select(facts.c.value).where(facts.c.name == sa.bindparam("known_as")))
_change = Prepared(facts.update().where(facts.c.name == sa.bindparam("known_as")).values(value=sa.bindparam("now")))


async def of(owner: str, db: Database, work: Work) -> Any:
    """Do a work on behalf of an owner."""
    with on_behalf_of(owner):
        return await (db.row_by_row if owner == "rows" else db.write)(work)


async def shared(db: Database, *works: tuple[str, Work]) -> list[Any]:
    """Do works of owners that wait while another work is done; gives what came of each.

    One for the owner `rows` goes row by row.
    """
    begun, held = threading.Event(), threading.Event()

    def hold(_: Tx) -> None:
        begun.set()
        held.wait(LONG)

    first = asyncio.ensure_future(of("first", db, hold))
    await asyncio.to_thread(begun.wait, LONG)
    asked = [asyncio.ensure_future(of(owner, db, work)) for owner, work in works]
    await asyncio.wait(asked, timeout=0)
    held.set()
    await first
    return await asyncio.gather(*asked, return_exceptions=True)


def number(tx: Tx) -> str:
    """Give the number of the transaction."""
    return tx.execute(sa.text("SELECT pg_current_xact_id()::text")).scalar_one()


def puts(name: str) -> Work:
    """Write a name, without waiting for an answer, and give the number of the transaction."""

    def work(tx: Tx) -> str:
        put.send(tx, name=name, value={})
        return number(tx)

    return work


def noting(order: list[str], name: str) -> Work:
    """Write a name, and note it at once."""
    return lambda tx: (order.append(name), puts(name)(tx))[1]


async def names(db: Database) -> list[str]:
    """List what was written."""
    own = sa.select(facts.c.name).where(facts.c.name.not_like("schema:%")).order_by(facts.c.name)
    return await db.read(lambda tx: list(tx.execute(own).scalars()))


@dataclass
class Counting:
    """A work that counts one up for its owner, and may be refused, fail, need another community, or lose its connection."""

    owner: str
    luck: float
    needed: CommunityId
    database: str
    turns: list[int] = field(default_factory=list[int])

    def __call__(self, tx: Tx) -> int:
        """Do it; gives the number that was written.

        Raises:
            KeyError: nothing is to be kept of it.
        """
        self.turns.append(len(self.turns))
        number = count_of(tx, self.owner) + 1
        if self.luck < 0.1:
            raise KeyError
        if number == 1:
            put.send(tx, name=self.owner, value={"n": 1})
        else:
            _change.send(tx, known_as=self.owner, now={"n": number})
        if self.luck < 0.2:
            raise KeyError
        if self.luck < 0.4:
            enter(tx, [self.needed])
        if self.luck > 0.95 and len(self.turns) == 1:
            postgres.cut(self.database)
        return number


def count_of(tx: Tx, owner: str) -> int:
    """Tell up to which number was counted for an owner."""
    row = named.first(tx, known_as=owner)
    return 0 if row is None else row.value["n"]


async def count_by_chance(
    folder: Path, seed: int, times: int = 15
) -> tuple[Mapping[str, Sequence[list[int]]], dict[str, int]]:
    """Let two bots count up for the same owners at once; gives the numbers that each was told, in order, and the last ones."""
    chance, database = random.Random(seed), postgres.database_of(folder)
    async with open_store(folder) as first, open_store(folder) as other:
        homes = [
            await first.write(lambda tx, name=name: someone(tx, platform_id=name).community) for name in OWNERS.values()
        ]
        works = [
            [
                Counting(owner, chance.random(), chance.choice(homes), database)
                for owner in chance.choices([*OWNERS], k=times)
            ]
            for _ in range(2)
        ]
        answers = await asyncio.gather(
            *(
                shared(db, *((work.owner, work) for work in mine))
                for db, mine in zip((first, other), works, strict=True)
            )
        )
        last = await first.read(lambda tx: {owner: count_of(tx, owner) for owner in OWNERS})
    told: Mapping[str, Sequence[list[int]]] = defaultdict(lambda: ([], []))
    for bot, mine in enumerate(works):
        for work, answer in zip(mine, answers[bot], strict=True):
            if not isinstance(answer, KeyError):
                told[work.owner][bot].append(answer)
    return told, last


async def check_by_chance(folder: Path, seed: int) -> None:
    """See that each who was told a number was kept once, and those of one bot in the order that they were given."""
    told, last = await count_by_chance(folder, seed)
    for owner, numbers in told.items():
        assert all(mine == sorted(mine) for mine in numbers), numbers
        assert sorted(numbers[0] + numbers[1]) == list(range(1, last[owner] + 1))
