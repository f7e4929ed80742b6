"""The bot with its real adapter on a loopback Discord, in this process: started, stopped and started again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.discord.platform import DiscordPlatform
from adapters.runtime import open_circle
from bot.config import load_settings
from bot.engine.clock import ManualClock
from bot.engine.messenger import Messenger
from bot.engine.pace import UNLIMITED
from tests.support.discord.hurry import soon
from tests.support.discord.person import Person
from tests.support.discord.server import TOKEN, Loopback, loopback
from tests.support.discord.world import Channel, Guild
from tests.support.store import NOW, RING, begin_from_template, url_of
from tests.support.unhurried import unhurried

unhurried()
PATIENCE = 60.0
SERVERS_KNOWN = 0.05
"""How long the library waits for more servers before it says it is ready; two seconds, if nobody tells it."""


@dataclass
class Running:
    """One bot on one Discord; the clock is one for both."""

    discord: Loopback
    folder: Path
    clock: ManualClock
    guild: Guild
    token: str = TOKEN
    silence: float = 60.0
    """Seconds without a word from Discord after which a connection counts as dead."""
    messengers: dict[str, Messenger] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    circle: Any = None
    platform: Any = None
    run: Any = None

    def make_platform(self) -> DiscordPlatform:
        """Make the adapter with its settings."""
        settings = load_settings(
            _env_file=None,
            discord_token=self.token,
            discord_api_url=self.discord.api_url,
            discord_gateway_url=self.discord.gateway_url,
        )
        waits = {"guild_ready_timeout": SERVERS_KNOWN, "heartbeat_timeout": self.silence}
        self.platform = DiscordPlatform(settings, self.clock, **waits)
        return self.platform

    async def start(self) -> None:
        """Connect, and return when posts can be sent."""
        self.make_platform()
        ready = asyncio.Event()

        def tell() -> None:
            self.messengers["discord"] = self.platform.messenger
            ready.set()

        self.run = asyncio.create_task(self.platform.run(self.circle, tell))
        waiting = asyncio.create_task(ready.wait())
        first = asyncio.wait({self.run, waiting}, return_when=asyncio.FIRST_COMPLETED)
        ended, _ = await soon(first, PATIENCE, lambda: f"not ready in {PATIENCE} s; problems: {self.discord.problems}")
        waiting.cancel()
        if self.run in ended:
            await self.run

    async def stop(self) -> None:
        """Disconnect, as at the end of the process."""
        self.messengers.clear()

        async def ended() -> None:
            await self.platform.stop()
            await self.run

        await soon(ended(), PATIENCE, lambda: f"it still runs after {PATIENCE} s")

    async def restart(self) -> None:
        """Stop, and start anew with what is in the store."""
        await self.stop()
        await self.start()

    def someone(self, name: str, *, organiser: bool = False, language: str = "en-US") -> Person:
        """Find or add a person of the server."""
        if name not in self.people:
            self.people[name] = Person(self.discord, self.guild, name, organiser=organiser, language=language)
        return self.people[name]

    def channel(self, name: str) -> Channel:
        """Find a channel of the server."""
        return next(channel for channel in self.guild.channels.values() if channel.name == name)

    async def set_up(self) -> Person:
        """Set the community up, as its organiser does."""
        olga = self.someone("Olga", organiser=True)
        answer = await olga.types(
            "/community setup", channel=self.channel("digest").id, zone="America/Toronto", language="en", guide=False
        )
        assert "Monday" in answer, answer
        return olga

    async def move(self, to: datetime) -> None:
        """Let time go on; everything that falls due on the way happens in order."""
        last_due = None
        while (due := await self.circle.rounds.next_due()) is not None and due <= to and due != last_due:
            self.clock.move(due)
            await self.circle.rounds.tick()
            last_due = due
        self.clock.move(to)


@asynccontextmanager
async def prepared(folder: Path, **options: Any) -> AsyncGenerator[Running]:
    """Make a Discord with one server, and a bot that is not started yet."""
    clock = ManualClock(NOW)
    begin_from_template(folder, RING)
    async with loopback(clock) as discord:
        running_bot = Running(discord, folder, clock, discord.world.add_guild("Newcomers"), **options)
        async with open_circle(url_of(folder), RING, clock, running_bot.messengers, UNLIMITED) as circle:
            running_bot.circle = circle
            try:
                yield running_bot
            finally:
                if running_bot.run is not None and not running_bot.run.done():
                    await running_bot.stop()


@asynccontextmanager
async def running(folder: Path, **options: Any) -> AsyncGenerator[Running]:
    """Start the bot on a server whose organiser has set the community up."""
    async with prepared(folder, **options) as running_bot:
        await running_bot.start()
        await running_bot.set_up()
        yield running_bot
