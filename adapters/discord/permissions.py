"""What the bot may do on a server, from what Discord keeps it told; and who organises it, asked afresh."""

from collections.abc import Collection, Mapping

import aiohttp
import discord

from bot.engine.invocation import Lack
from bot.ui.text import Text, t
from bot.ui.values import ChannelRef, Together

NEEDED: dict[str, Text] = {
    "view_channel": t("View Channel"),
    "send_messages": t("Send Messages"),
    "attach_files": t("Attach Files"),
    "read_message_history": t("Read Message History"),
}
"""What a digest needs in its channel, as Discord calls it: to see, to post, the chart, and never to post twice."""
_TO_POST = {"view_channel", "send_messages"}
"""What the words of a digest need; the chart and a look back come beside them."""


async def look(client: discord.Client, server: int | None, channels: Collection[str]) -> Mapping[str, Lack]:
    """Tell what the bot lacks in some channels of a server, from what Discord keeps it told."""
    lacks = {channel: lack_in(client, server, channel) for channel in channels}
    return {channel: lack for channel, lack in lacks.items() if lack is not None}


def lack_in(client: discord.Client, server: int | None, channel: str) -> Lack | None:
    """Name the permissions the bot still needs in a channel; without the needed ones it cannot be chosen."""
    lacking = missing(client, server, channel)
    if not lacking:
        return None
    permissions, where = Together(tuple(NEEDED[name] for name in lacking)), ChannelRef(channel)
    mend = t("Please allow it in the settings of this channel.")
    if lacking.keys() & _TO_POST:
        return Lack(
            t("I may not post in {channel} yet. I need: {permissions}.", channel=where, permissions=permissions),
            mend,
            refuses=True,
            stops=True,
        )
    if "attach_files" in lacking:
        return Lack(
            t(
                "The digest comes to {channel} without its chart. I still need: {permissions}.",
                channel=where,
                permissions=permissions,
            ),
            mend,
        )
    return Lack(t("In {channel} I still need: {permissions}.", channel=where, permissions=permissions), mend)


def missing(client: discord.Client, server: int | None, channel: str) -> dict[str, None]:
    """Name the permissions that are missing in a channel, in the order of their need."""
    guild = client.get_guild(server) if server is not None else None
    place = guild.get_channel_or_thread(int(channel)) if guild is not None and channel.isdigit() else None
    if guild is None or place is None:
        # A channel that is not shown to the bot looks as if it were not there.
        return {"view_channel": None}
    allowed = place.permissions_for(guild.me)
    return {name: None for name in NEEDED if not getattr(allowed, name)}


async def organises(client: discord.Client, server: int, user: int) -> bool | None:
    """Ask Discord whether somebody may manage a server, for a press in a private message, which does not say.

    Returns None when Discord did not answer.
    """
    guild = client.get_guild(server)
    if guild is None:
        return False
    try:
        member = await guild.fetch_member(user)
    except (discord.NotFound, discord.Forbidden):
        return False
    except (discord.HTTPException, OSError, TimeoutError, aiohttp.ClientError):
        return None
    return member.guild_permissions.manage_guild
