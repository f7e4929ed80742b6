"""A circle to measure: a real database in a folder, and the dispatcher over it."""

import base64
import itertools
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.engine.answer import Answer
from bot.engine.clock import ManualClock
from bot.engine.dispatch import Dispatcher
from bot.engine.invocation import CalledCommand, Invocation, Place, Sender
from bot.engine.pace import UNLIMITED, Pace, Rates
from bot.engine.tokens import Signer
from bot.features import everything
from bot.store import communities, members
from bot.store.backups.copies import Copies
from bot.store.database import Database, Tx, open_database
from bot.store.keyring import KeyRing
from bot.ui.reply import Paragraph
from bot.ui.text import Text

RING = "bench:" + base64.b64encode(b"for benchmarks only, never for real"[:32]).decode()
NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
"""A Wednesday, 11:00 in Toronto."""
ADDED = "{person} is on your list."
"""What is said of a person who was not on it before."""
PLACE = Place("console", "circle", "Newcomers")


@dataclass(frozen=True)
class Circle:
    """An open database with its dispatcher; members are named by number."""

    db: Database
    dispatcher: Dispatcher
    numbers: Iterator[int] = field(default_factory=itertools.count)

    async def call(self, member: int, command: str, place: Place = PLACE, /, **values: str) -> Answer:
        """Use a command as a member, as an adapter does."""
        delivery = f"bench-{next(self.numbers)}"
        sender = Sender(f"user{member}", f"Member {member}", organiser=True)
        return await self.dispatcher.answer(Invocation(delivery, place, sender, CalledCommand(command, values)))

    async def add(self, member: int, place: Place = PLACE) -> None:
        """Add a lead nobody added before.

        Raises:
            RuntimeError: it was not added.
        """
        name = f"Dana {in_letters(next(self.numbers))}"
        answer = await self.call(
            member, "lead add", place, name=name, organisation="Nordik", why="Built the sensor that is in the river."
        )
        first = answer.reply.parts[0]
        if not (isinstance(first, Paragraph) and isinstance(first.text, Text) and first.text.message == ADDED):
            message = f"/lead add answered {answer}"
            raise RuntimeError(message)


def in_letters(number: int) -> str:
    """Make a name of a number; no two are so alike that a member would be asked whether they are one person."""
    return "".join(chr(ord("a") + byte % 26) for byte in sha256(str(number).encode()).digest()[:10]).capitalize()


@asynccontextmanager
async def open_circle(
    folder: Path, size: int = 64, rates: Rates = UNLIMITED, url: str | None = None
) -> AsyncGenerator[Circle]:
    """Open the circle of a folder, or of a database on a server; a new one is set up with so many members."""
    folder.mkdir(parents=True, exist_ok=True)
    url = url or f"sqlite+aiosqlite:///{folder / 'circle.db'}"
    db = await open_database(url, KeyRing.parse(RING), copies=Copies(folder / "backups"))
    try:
        await db.write(lambda tx: _settle(tx, size))
        yield Circle(db, Dispatcher(db, everything(), Signer((b"bench",)), ManualClock(NOW), Pace(rates)))
    finally:
        await db.close()


def settle_in(tx: Tx, platform_id: str, name: str, size: int, platform: str = PLACE.platform) -> Community:
    """Set up a community with members numbered from 0, unless it is there."""
    existing = communities.find(tx, platform, platform_id)
    if existing is not None:
        return existing
    community = communities.ensure(tx, platform, platform_id, name, NOW)
    whos = [members.ensure(tx, community.id, f"user{n}", f"Member {n}", NOW).id for n in range(size)]
    communities.set_up(
        tx,
        Who(community.id, whos[0]),
        zone="America/Toronto",
        language="en",
        second_language=None,
        digest_channel="digest",
        digest_at=None,
    )
    return communities.get(tx, community.id)


def _settle(tx: Tx, size: int) -> None:
    settle_in(tx, PLACE.community, PLACE.name, size)
