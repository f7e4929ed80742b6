"""A circle of a few members on a durable file, reached through the dispatcher, in this process or another."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.engine.answer import Answer
from bot.engine.clock import ManualClock
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import CalledCommand, Invocation, Place, Sender
from bot.engine.pace import UNLIMITED, Pace
from bot.engine.tokens import Signer
from bot.features import everything
from bot.store import communities, members, tips
from bot.store.database import Database, Tx
from tests.support.store import NOW, open_store

MEMBERS = 8
PLACE = Place("console", "circle", "Newcomers")
SIGNER = Signer((b"tests",))


@dataclass(frozen=True)
class Circle:
    """An open database with its dispatcher."""

    db: Database
    dispatcher: Dispatcher

    async def add(self, delivery: str) -> Answer:
        """Deliver `/lead add`; who adds whom follows from the delivery, so it is the same when it comes again."""
        return await self.dispatcher.answer(adding(delivery))


def adding(delivery: str) -> Invocation:
    """Make the delivery `cycle-member-number`: this member adds this person."""
    member = int(delivery.split("-")[1])
    values = {"name": name_of(delivery), "organisation": "Nordik", "why": "Built the river sensor."}
    return Invocation(delivery, PLACE, sender(member), CalledCommand("lead add", values))


def sender(member: int) -> Sender:
    return Sender(f"user{member}", f"Member {member}")


def name_of(delivery: str) -> str:
    """Name a person for a delivery: letters only, because a long number looks like a telephone's."""
    return "Dana " + delivery.translate(str.maketrans("0123456789-", "abcdefghij "))


@asynccontextmanager
async def open_circle(folder: Path) -> AsyncIterator[Circle]:
    """Open the circle of a folder, setting it up when it is new."""
    async with open_store(folder) as db:
        await db.write(settle)
        # A process that is started again has another time than the one before, if only by milliseconds.
        clock = ManualClock(NOW + timedelta(milliseconds=secrets.randbelow(60_000)))
        yield Circle(db, Dispatcher(db, everything(), SIGNER, clock, Pace(UNLIMITED)))


def settle(tx: Tx, platform_id: str = PLACE.community) -> Community:
    """Set a community up whose first member is its organiser, unless it is set up."""
    community = communities.ensure(tx, PLACE.platform, platform_id, PLACE.name, NOW)
    if community.set_up:
        return community
    whos = [members.ensure(tx, community.id, f"user{n}", f"Member {n}", NOW) for n in range(MEMBERS)]
    communities.set_up(
        tx,
        Who(community.id, whos[0].id),
        zone="America/Toronto",
        language="en",
        second_language=None,
        digest_channel="digest",
        digest_at=None,
    )
    tips.seed(tx, community.id, NOW)
    return communities.get(tx, community.id)
