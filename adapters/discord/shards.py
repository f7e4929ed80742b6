"""A connection to a part of Discord: the shards that this process hears, shared with the others on its database."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import discord
import structlog

from adapters.discord import api
from adapters.discord.connection import CircleClient
from adapters.discord.inbound import PLATFORM
from adapters.discord.servers import ServerNames
from adapters.peers import Peers
from adapters.sharing import Sharing, agree
from bot.store.errors import StoreError

APART = timedelta(seconds=5.5)
"""Between two processes that connect to log in at one place; Discord refuses two logins within five seconds."""
LEAST = timedelta(seconds=5.2)
"""Between the logins themselves: one connection takes longer than another."""
SILENT = 45.0
"""Seconds for which a shard may not be reached; then another process gets it, whose way to Discord may be better."""
CALLS = f"{PLATFORM}:calls"
"""What every process of the bot waits with when Discord wants nothing of it."""

log = structlog.get_logger()


def shard_of(server: int | None, number: int) -> int:
    """Tell which of so many shards hears of a server; private messages go to the first."""
    return 0 if server is None else (server >> 22) % number


class SharedClient(CircleClient):
    """One of several connections of one bot; each answers its own shards."""

    names = ServerNames()
    """The names of servers that other processes hear of."""
    _sharing: Sharing | None = None

    async def share(self, peers: Peers, wanted: int, places: int) -> None:
        """Get ready to share `wanted` shards, of which `places` may log in at once.

        Raises:
            StoreError: the database could not be asked.
        """
        self._peers, self._places = peers, places
        self._may_log_in, self._met = set[int](), set[int]()
        self.shard_count = await agree(peers, PLATFORM, wanted)
        if self.shard_count != wanted:
            log.warning("the others have another number of shards", wanted=wanted, number=self.shard_count)
        self._sharing = Sharing(peers, PLATFORM, self, self.shard_count)
        self._budget.tell = lambda seconds: peers.hold(CALLS, seconds)
        await peers.serve(PLATFORM, able=True)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Hear the share of this process, until the connection ends; then give it back.

        Raises:
            TimeoutError: a shard was not reached for long, so that another process gets it.
        """
        sharing = self._sharing
        assert sharing is not None, "it was shared before"  # noqa: S101 - the platform does so
        works = (super().connect(reconnect=reconnect), sharing.keep(), self._follow_others())
        tasks = [asyncio.create_task(work) for work in works]
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await sharing.end()
            with suppress(StoreError):
                await self._peers.serve(PLATFORM, able=False)

    async def hand_over(self) -> None:
        """Go on until the other processes have taken over, for some seconds at most."""
        if self._sharing is not None:
            await self._sharing.hand_over()

    @property
    def there(self) -> bool:
        """Whether Discord is connected at this moment; where shards log in one after the other, with those that did."""
        if self._sharing is None:
            return False
        met = [shard for shard in self._sharing.held if shard in self._met]
        return all(self._hears(shard) for shard in met) and bool(met or not self._sharing.held)

    def hears_of(self, server: int) -> bool:
        """Tell whether what Discord tells of a server comes to this process, and it was told which ones there are."""
        shard = shard_of(server, self.shard_count or 1)
        return self._sharing is not None and shard in self._met and self._hears(shard)

    async def open(self, part: int) -> None:
        """Connect to one shard, when it may log in."""
        await self._turn(part)
        self._may_log_in.add(part)
        await api.launch(self, part)

    async def hang_up(self, part: int) -> None:
        """Leave one shard, and forget its servers: nobody tells this process any more what becomes of them."""
        connection = self.get_shard(part)
        if connection is not None:
            await connection.disconnect()
        self._met.discard(part)
        for guild in [guild for guild in self.guilds if guild.shard_id == part]:
            self._connection.parse_guild_delete({"id": guild.id})

    async def launch_shards(self) -> None:
        """Connect to nothing yet: the sharing opens one shard after the other."""
        self._connection.shard_count = self.shard_count

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for the turn to log in, which is one of all processes."""
        shard = shard_id or 0
        if shard in self._may_log_in:
            self._may_log_in.discard(shard)
        else:
            await self._turn(shard)
        await self._peers.wait_turn(f"{PLATFORM}:identify:{shard % self._places}", LEAST)

    async def on_shard_connect(self, shard: int) -> None:
        """Take over what this process gets ready for."""
        if shard in self._met:
            self._connected()
        self._met.add(shard)
        if self._sharing is not None:
            self._sharing.connected(shard)

    async def on_shard_ready(self, shard: int) -> None:
        """Compare the servers of a shard with those in the store, as `on_ready` does for all.

        The library says so some seconds after the shard connected. One that was left meanwhile has no servers here.
        """
        if shard not in self._met or not self._hears(shard):
            return
        here = [str(guild.id) for guild in self.guilds if guild.shard_id == shard]
        number = self.shard_count or 1
        await self._homes.compare(here, among=lambda home: shard_of(int(home), number) == shard)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Mark a server as left, unless another process hears of it from now on."""
        if self.hears_of(guild.id):
            await super().on_guild_remove(guild)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer an interaction, when it is for this process, and not for the one before or after it."""
        await self._peers.awake()
        shard = shard_of(interaction.guild_id, self.shard_count or 1)
        # Discord writes into its number when something was done, so every process draws the same line.
        if self._sharing is not None and self._sharing.answers(shard, interaction.created_at):
            await super().on_interaction(interaction)

    def _hears(self, shard: int) -> bool:
        connection = self.get_shard(shard)
        return connection is not None and not connection.is_closed()

    async def _turn(self, shard: int) -> None:
        await self._peers.wait_turn(f"{PLATFORM}:login:{shard % self._places}", APART)

    async def _follow_others(self) -> None:
        """Follow how many share what may be asked, wait when another was told to, and give up where another can do better.

        Raises:
            TimeoutError: a shard is not reached for long, and there are others.
        """
        silent, loop = dict[int, float](), asyncio.get_running_loop()
        while True:
            held = self._sharing.held if self._sharing is not None else []
            silent = {shard: silent.get(shard, loop.time()) for shard in held if not self._hears(shard)}
            others = set(self._peers.view.serving(PLATFORM)) - {self._peers.id}
            # All shards may have to log in one after the other, at each of the places.
            waits = SILENT + APART.total_seconds() * (self.shard_count or 1) / self._places
            if others and any(loop.time() - since > waits for since in silent.values()):
                log.warning("shards not reached, given back", shards=sorted(silent))
                raise TimeoutError
            self._budget.sharers = max(1, len(self._peers.view.serving(PLATFORM)))
            self._budget.close_for(self._peers.held_for(CALLS))
            await self._peers.next_look()
