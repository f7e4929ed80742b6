"""The servers that this process hears of, and those that another one does."""

import asyncio
from collections import OrderedDict
from typing import Protocol, runtime_checkable

import aiohttp
import discord

KNOWN_FOR, MOST_KNOWN = 600.0, 1000
"""Seconds for which a name is remembered that was asked for, and how many of them."""


@runtime_checkable
class PartialConnection(Protocol):
    """A connection that may hear a part of Discord only."""

    names: "ServerNames"

    def hears_of(self, server: int) -> bool:
        """Tell whether what Discord tells of a server comes to this process."""
        ...


class ServerNames:
    """The names of servers that another process hears of, asked for once in a while."""

    def __init__(self) -> None:
        self._known = OrderedDict[int, tuple[float, str]]()

    async def of(self, client: discord.Client, server: int) -> str | None:
        """Give the name of a server; None when Discord does not tell."""
        now = asyncio.get_running_loop().time()
        asked_at, name = self._known.get(server, (float("-inf"), ""))
        if now - asked_at < KNOWN_FOR:
            return name
        try:
            name = (await client.fetch_guild(server, with_counts=False)).name
        except (discord.HTTPException, OSError, TimeoutError, aiohttp.ClientError):
            return None
        self._known[server] = now, name
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return name


def elsewhere(client: discord.Client, server: int) -> bool:
    """Tell whether another process may hear of a server, or this one will and was not yet told what is there."""
    if not isinstance(client, PartialConnection):
        return False
    guild = client.get_guild(server)
    return not client.hears_of(server) or (guild is not None and guild.unavailable)


def known(client: discord.Client, server: int) -> discord.Guild | None:
    """Give a server that this process hears of; None when Discord has to be asked, or the bot is not there."""
    return None if elsewhere(client, server) else client.get_guild(server)


async def is_gone(client: discord.Client, server: int) -> bool:
    """Ask Discord whether the bot was taken out of a server; without an answer it was not."""
    try:
        await client.fetch_guild(server, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return True
    except (discord.HTTPException, OSError, TimeoutError, aiohttp.ClientError):
        return False
    return False


async def name_of(client: discord.Client, server: int) -> str | None:
    """Give the name of a server, whoever hears of it; None when it is not known."""
    guild = known(client, server)
    if guild is not None:
        return guild.name
    return (
        await client.names.of(client, server)
        if isinstance(client, PartialConnection) and elsewhere(client, server)
        else None
    )
