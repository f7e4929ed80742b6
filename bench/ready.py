"""A process that becomes ready to answer, as `hello-circle run` does, and then ends."""

import asyncio
from pathlib import Path

from adapters.runtime import open_circle
from bench.circle import RING
from bench.memory import tell
from bot.engine.clock import SystemClock
from bot.engine.invocation import Called, Invocation, Place, Sender


async def _ready(file: str) -> None:
    async with open_circle(f"sqlite+aiosqlite:///{Path(file)}", RING, SystemClock(), {}) as circle:
        # The first answer, so that what is imported late counts.
        place, amina = Place("console", "circle", "Newcomers"), Sender("amina", "Amina")
        await circle.dispatcher.answer(Invocation("ready", place, amina, Called("help")))
        tell()


def main(file: str) -> None:
    """Become ready on a database file, and tell."""
    asyncio.run(_ready(file))
