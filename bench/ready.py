"""A process that becomes ready to answer, as `hello-circle run` does, and then ends."""

import asyncio

from bench.circle import NOW, PLACE, RING
from bench.memory import tell
from bot.core.clock import ManualClock
from bot.core.dispatch import Dispatcher
from bot.core.invocation import Called, Invocation, Sender
from bot.core.registry import everything
from bot.core.tokens import Signer
from bot.store.database import Database
from bot.store.keyring import KeyRing


async def _ready(file: str) -> None:
    db = await Database.open(f"sqlite+aiosqlite:///{file}", KeyRing.parse(RING))
    dispatcher = Dispatcher(db, everything(), Signer((b"bench",)), ManualClock(NOW))
    # The first answer, so that what is imported late counts.
    await dispatcher.answer(Invocation("ready", PLACE, Sender("amina", "Amina"), Called("help")))
    tell()
    await db.close()


def main(file: str) -> None:
    """Become ready on a database file, and tell."""
    asyncio.run(_ready(file))
