"""The gateway connection to Discord: minimal intents, no caches, and the slash commands kept in sync."""

import sys
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord import api, commands
from adapters.discord.answering import DiscordAnswering
from adapters.discord.budget import Budget
from adapters.discord.dialect import DiscordDialect
from adapters.discord.inbound import PLATFORM
from adapters.platform import Circle
from adapters.waits import answered, asked
from bot.engine.apology import report_fault

RATE_LIMIT_SECONDS = 30.0
"""Longest wait for a rate limit to end; after a longer one the next round tries again."""

log = structlog.get_logger()


class CircleClient(discord.AutoShardedClient):
    """One bot on Discord; it answers what is asked and never reads what people write."""

    def __init__(
        self,
        circle: Circle,
        answering: DiscordAnswering,
        dialect: DiscordDialect,
        ready: Callable[[], None],
        budget: Budget,
        **options: Any,
    ) -> None:
        super().__init__(
            # The servers and their channels, and no messages or members.
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=RATE_LIMIT_SECONDS,
            http_trace=budget.trace(),
            **options,
        )
        self._circle, self._homes, self._budget = circle, circle.homes(PLATFORM), budget
        self._answering = answering
        self._dialect, self._tell_ready = dialect, ready
        self.answers: aiohttp.ClientSession | None = None
        """What answers to interactions go by, past the budget and the library's traces: Discord does not count them."""
        self._connects = False
        self.was_there = False
        """Whether it was connected before, by this client or an earlier one."""

    @property
    def there(self) -> bool:
        """Whether Discord is connected at this moment."""
        return self._connects

    async def setup_hook(self) -> None:
        """Get ready to answer; upload the slash commands when they differ from the last upload, and learn their ids."""
        self.answers = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        application = self.application_id
        assert application is not None, "a login gives the application's id"  # noqa: S101 - discord.py sets it
        payloads = commands.payloads(self._circle.dispatcher.registry)
        name, wanted = f"{PLATFORM}:commands:{application}", commands.fingerprint(payloads)
        sent = await self._circle.recall(name)
        ids: dict[str, str] = sent.get("ids", {})
        if sent.get("fingerprint") != wanted:
            ids = await api.put_commands(self.http, application, payloads)
            await self._circle.remember(name, {"fingerprint": wanted, "ids": ids})
            log.info("commands sent", number=len(payloads))
        leaves = {
            leaf: ids[payload["name"]]
            for payload in payloads
            for leaf in commands.leaves(payload)
            if payload["name"] in ids
        }
        self._dialect.learn(leaves)

    async def close(self) -> None:
        """Close the connections."""
        await super().close()
        if self.answers is not None:
            await self.answers.close()

    async def on_ready(self) -> None:
        """Compare the servers with those in the store, since some came or went while the bot was away; then posts may go."""
        self._connected()
        await self._homes.compare(str(guild.id) for guild in self.guilds)
        self._tell_ready()

    async def on_resumed(self) -> None:
        """Note that the connection is there again."""
        self._connected()

    async def on_disconnect(self) -> None:
        """Note that the connection is gone; the library makes a new one."""
        self._connects = False

    def _connected(self) -> None:
        self._connects = True
        if self.was_there:
            log.info("reconnected", platform=PLATFORM)
            self._circle.db.measures.reconnected(PLATFORM)
        self.was_there = True

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Take a server up again that comes back; nothing is posted, and a new one waits for its organiser."""
        await self._homes.returned(str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Mark a server as left."""
        await self._homes.left(str(guild.id))

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Keep a record of a fault in an event, without its words; the library would print them."""
        fault = sys.exc_info()[1]
        if isinstance(fault, Exception):
            report_fault(fault, event=event_method)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer an interaction, and measure how long the person waits."""
        if interaction.type is not discord.InteractionType.autocomplete:
            asked(self._circle.db.measures, PLATFORM)
        await self._answering.take(interaction)
        answered()
