"""Discord as one of the platforms: connects, comes back after trouble, and stops when only the operator can help."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord import api
from adapters.discord.answering import DiscordAnswering
from adapters.discord.budget import Budget
from adapters.discord.connection import CircleClient
from adapters.discord.dialect import DiscordDialect
from adapters.discord.inbound import PLATFORM
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.shards import SharedClient
from adapters.peers import Peers
from adapters.platform import CannotRun, Circle
from bot.config import Settings
from bot.engine.clock import Clock
from bot.engine.messenger import Messenger
from bot.faults import recorded
from bot.store.errors import StoreError

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds before Discord is tried again; each time twice as long."""
SPARE_LOGINS = 2
"""Logins of the day that are left alone: Discord resets the token of a bot that uses all."""
UNAUTHORIZED = 401
TOO_FEW_SHARDS = 4011
"""How Discord closes a connection of a bot that is in too many servers for its number of shards."""

log = structlog.get_logger()


class DiscordPlatform:
    """The bot on Discord."""

    name = PLATFORM

    def __init__(self, settings: Settings, clock: Clock, **options: Any) -> None:
        """Take the settings; `options` go to discord.py's client, such as a shorter `guild_ready_timeout`."""
        api.self_check()
        api.point_at(settings.discord_api_url, settings.discord_gateway_url)
        self._token = settings.discord_token.get_secret_value().strip()
        self._clock, self._options = clock, options
        self._wanted_shards = settings.discord_shards
        self._budget = Budget()
        self._dialect = DiscordDialect()
        self._messenger = DiscordMessenger(self._dialect, clock, settings.discord_api_url)
        self._answering: DiscordAnswering | None = None
        self._stopping = asyncio.Event()
        self._client: CircleClient | None = None

    @property
    def messenger(self) -> Messenger:
        """What posts on Discord."""
        return self._messenger

    @property
    def there(self) -> bool:
        """Whether Discord is connected at this moment."""
        return self._client is not None and self._client.there and not self._client.is_closed()

    async def run(self, circle: Circle, ready: Callable[[], None]) -> None:
        """Answer people until `stop`; each connection that cannot be made is tried again after a longer pause.

        Raises:
            CannotRun: the token is wrong, or Discord refuses the bot for good.
        """
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            client = self.client(circle, ready)
            try:
                await client.login(self._token)
                await self._connect(client, circle.peers, ready)
            except discord.LoginFailure:
                raise CannotRun("DISCORD_TOKEN is not right. Copy it again from Discord's developer page.") from None
            except discord.ConnectionClosed as closed:
                if closed.code == TOO_FEW_SHARDS:
                    raise CannotRun("Discord wants more shards. Stop every bot, then start them again.") from None
                raise CannotRun("Discord refuses this bot ({code}). Check DISCORD_TOKEN.", code=closed.code) from None
            except discord.PrivilegedIntentsRequired:
                raise CannotRun("Discord refuses what this bot asks to see. Update it, or report this.") from None
            except api.NoLoginsLeft as wait:
                log.warning("no logins left today", seconds=wait.seconds)
                pause = max(pause, wait.seconds)
            except (
                OSError,
                TimeoutError,
                aiohttp.ClientError,
                discord.HTTPException,
                discord.GatewayNotFound,
                StoreError,
            ) as error:
                log.warning("no connection", again_in=pause, **recorded(error))
            finally:
                was_up = client.is_ready() or (isinstance(client, SharedClient) and client.there)
                await client.close()
            await self._rest(FIRST_PAUSE if was_up else pause)
            pause = FIRST_PAUSE if was_up else min(pause * 2, LONGEST_PAUSE)

    async def _connect(self, client: CircleClient, peers: Peers | None, ready: Callable[[], None]) -> None:
        """Hear Discord until the connection ends: all of it, or the share of this process."""
        advice = await api.advice(client.http, SPARE_LOGINS)
        # With the number of shards known, the library goes to the address of the settings.
        client.shard_count = self._wanted_shards or advice.shards
        if peers is not None and isinstance(client, SharedClient):
            await client.share(peers, client.shard_count, advice.at_once)
            # Posts need no shard, so whoever waits for one does its rounds.
            ready()
        await client.connect()

    def client(self, circle: Circle, ready: Callable[[], None]) -> CircleClient:
        """Make the client of one connection."""
        self._answering, before = DiscordAnswering(circle.dispatcher, self._dialect), self._client
        kind = CircleClient if circle.peers is None else SharedClient
        self._client = kind(circle, self._answering, self._dialect, ready, self._budget, **self._options)
        self._client.was_there = before is not None and before.was_there
        self._messenger.use(self._client)
        return self._client

    async def ask(self) -> str | None:
        """Ask Discord whether it still takes the token; when not, the connection is given up, and `run` says why."""
        client = self._client
        if client is None or not self.there:
            return "not connected"
        try:
            await api.who_am_i(client.http)
        except discord.HTTPException as error:
            if error.status != UNAUTHORIZED:
                return f"Discord has trouble ({error.status})"
            await client.close()
            return "Discord does not take DISCORD_TOKEN any more"
        except (OSError, aiohttp.ClientError) as error:
            return f"no answer ({type(error).__name__})"
        return None

    async def stop(self) -> None:
        """Let other processes take over, answer what was taken up, then hang up."""
        self._stopping.set()
        if isinstance(self._client, SharedClient):
            await self._client.hand_over()
        if self._answering is not None:
            await self._answering.drain()
        if self._client is not None:
            await self._client.close()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
