"""Works of two bots on one server that run at once, with pauses at random between their statements.

What comes of them must be what comes of the same works one after the other, in some order.
"""

import asyncio
import random
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count, permutations
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
import pytest
import sqlalchemy as sa

from bot.domain.ids import Who
from bot.engine.answer import Answer
from bot.engine.clock import ManualClock
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import CalledCommand, Invocation, Place, PressedButton, Request, Sender
from bot.engine.pace import UNLIMITED, Pace
from bot.engine.replanning import replan_touched
from bot.features import everything
from bot.store import communities, members
from bot.store.database import Database, Tx
from bot.store.postgres.pipeline import StatementPipeline
from bot.store.tables import METADATA, communities as homes, community_keys, deliveries
from tests.faults.circle import SIGNER
from tests.support.console import button, said
from tests.support.store import NOW, open_store

PLATFORMS, NEW_PLATFORM = ("slack", "discord"), "console"
PEOPLE = ("amina", "omar")
LONGEST_PAUSE = 0.004
_UNTOLD = (community_keys, deliveries)
"""Tables that say nothing of an outcome which the others do not say."""
_DIFFERENT_EACH_TIME = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])|\d{4}-\d\d-\d\dT[\d:.+]+")


@dataclass
class Bots:
    """Two bots; each round of works has communities of its own, one on each of two platforms."""

    stores: Sequence[Database]
    clock: ManualClock
    rounds: Iterator[int] = field(default_factory=count)
    deliveries: Iterator[int] = field(default_factory=count)
    place: str = ""
    present: int = 0

    def next_store(self) -> Database:
        """Let the two bots take turns."""
        self.present = 1 - self.present
        return self.stores[self.present]

    async def ask(self, user: str, platform: str, request: Request, delivery: str | None = None) -> Answer:
        """Use one of the bots as a member."""
        dispatcher = Dispatcher(self.next_store(), everything(), SIGNER, self.clock, Pace(UNLIMITED))
        sender = Sender(user, user.capitalize(), organiser=True)
        place = Place(platform, self.place, platform.capitalize())
        return await dispatcher.answer(
            Invocation(delivery or f"{self.place}-{next(self.deliveries)}", place, sender, request)
        )

    async def type(self, user: str, platform: str, command: str, delivery: str | None = None, **values: str) -> Answer:
        """Use a command."""
        return await self.ask(user, platform, CalledCommand(command, values), delivery)

    async def press(self, user: str, platform: str, answer: Answer, label: str) -> Answer:
        """Press a button of an answer."""
        return await self.ask(user, platform, PressedButton(button(answer, label).token))

    async def begin(self) -> None:
        """Begin a round: a new community on each platform, with the same people."""
        self.place = f"round {next(self.rounds)}"
        await self.stores[0].write(lambda tx: [self._settle(tx, platform) for platform in PLATFORMS])

    def _settle(self, tx: Tx, platform: str) -> None:
        community = communities.ensure(tx, platform, self.place, platform.capitalize(), NOW)
        first, *_ = [members.ensure(tx, community.id, user, user.capitalize(), NOW) for user in PEOPLE]
        communities.set_up(tx, Who(community.id, first.id), digest_channel="digest", zone="America/Toronto")
        replan_touched(tx, everything().schedules, NOW)

    async def state(self) -> dict[str, Any]:
        """Tell what is kept of the round, without what is different each time."""
        return await self.stores[0].read(self._state)

    def _state(self, tx: Tx) -> dict[str, Any]:
        named: dict[str, str] = {}
        for platform in (*PLATFORMS, NEW_PLATFORM):
            home = communities.find(tx, platform, self.place)
            if home is not None:
                named[home.id] = platform
                named |= {member.id: member.platform_user for member in members.everyone(tx, home.id)}
        tables = [table for table in METADATA.sorted_tables if table not in _UNTOLD]
        owners = {table: homes.c.id if table is homes else table.c.get("community_id") for table in tables}
        return {table.name: _rows(tx, table, owner, named) for table, owner in owners.items() if owner is not None}


Work: TypeAlias = Callable[[Bots], Awaitable[str]]
"""Something that is done by a bot; gives the first words of the answer."""
Kind: TypeAlias = Callable[[Bots], Awaitable[Sequence[Work]]]
"""Prepares a round, and gives the works that meet in it."""
Outcome: TypeAlias = tuple[Sequence[str], dict[str, Any]]


def _rows(tx: Tx, table: sa.Table, owner: sa.Column[Any], named: dict[str, str]) -> list[Any]:
    told = [column for column in table.c if column.name not in ("id", "platform_id")]
    rows = tx.execute(sa.select(owner, *told)).all()
    return sorted(([_plain(value, named) for value in row[1:]] for row in rows if row[0] in named), key=repr)


def _plain(value: Any, named: dict[str, str]) -> Any:
    if isinstance(value, str):
        return named.get(value, _DIFFERENT_EACH_TIME.sub("*", value))
    return value if isinstance(value, int | float | dict | list | None) else "*"


async def in_order(bots: Bots, kind: Kind) -> list[Outcome]:
    """List what may come of works: each order of them is tried, one after the other."""
    await bots.begin()
    outcomes: list[Outcome] = []
    for order in permutations(range(len(await kind(bots)))):
        await bots.begin()
        works = await kind(bots)
        answers = {place: await works[place](bots) for place in order}
        outcomes.append(([answers[place] for place in sorted(answers)], await bots.state()))
    return outcomes


async def at_once(bots: Bots, kind: Kind) -> Outcome:
    """Do works at once, by both bots."""
    await bots.begin()
    works = await kind(bots)
    with pauses():
        answers = await asyncio.gather(*(work(bots) for work in works))
    return list(answers), await bots.state()


@contextmanager
def pauses() -> Generator[None]:
    """Let a moment pass before what goes to the server, now a short one and now a long one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", _late(psycopg.Cursor.execute))
        patch.setattr(StatementPipeline, "_put", _late(StatementPipeline._put))
        yield


def _late(execute: Callable[..., Any]) -> Callable[..., Any]:
    def late(*statement: Any, **more: Any) -> Any:
        time.sleep(random.choice((0.0, random.uniform(0, LONGEST_PAUSE))))
        return execute(*statement, **more)

    return late


@asynccontextmanager
async def two_bots(folder: Path) -> AsyncGenerator[Bots]:
    """Open two bots on one database."""
    async with open_store(folder) as first, open_store(folder) as second:
        yield Bots((first, second), ManualClock(NOW))


def differences(outcome: Outcome, allowed: Sequence[Outcome]) -> str:
    """Write how an outcome differs from each that may come."""
    answers, state = outcome
    lines = [f"came: {answers}"]
    for other_answers, other in allowed:
        lines.append(f"may come: {other_answers}")
        lines += [
            f"  {table}: {state[table]} and not {other[table]}" for table in state if state[table] != other[table]
        ]
    return "\n".join(lines)


def words(answer: Answer) -> str:
    """Give the first words of an answer."""
    return said(answer).partition("\n")[0]
