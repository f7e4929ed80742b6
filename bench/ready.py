"""A process that becomes ready to answer, as `hello-circle run` does, and then ends."""

import asyncio
from pathlib import Path

from pydantic import SecretStr

from adapters.runtime import configured, open_circle, ticking
from bench.circle import RING
from bench.memory import tell
from bot.config import Settings
from bot.engine.clock import SystemClock
from bot.engine.invocation import CalledCommand, Invocation, Place, Sender

TOKEN = SecretStr("never sent anywhere")


async def _ready(file: str, settings: Settings) -> None:
    clock = SystemClock()
    configured(settings, clock)
    async with open_circle(f"sqlite+aiosqlite:///{Path(file)}", RING, clock, {}) as circle:
        with ticking(circle):
            # The first answer, so that what is imported late counts.
            place, amina = Place("console", "circle", "Newcomers"), Sender("amina", "Amina")
            await circle.dispatcher.answer(Invocation("ready", place, amina, CalledCommand("help")))
            tell()


def main(file: str, *, everywhere: bool = False) -> None:
    """Become ready on a database file, `everywhere` with both chat platforms, and tell."""
    settings = Settings(discord_token=TOKEN, slack_bot_token=TOKEN) if everywhere else Settings()
    asyncio.run(_ready(file, settings))
