"""What the bot may do on a server, from what Discord keeps it told; and who organises it, asked afresh.

Of a server that another process hears, this one is told nothing, so Discord is asked.
"""

from collections.abc import Collection, Mapping
from typing import Any

import aiohttp
import discord

from adapters.discord.servers import elsewhere, known
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
_UNSEEN = {"view_channel": None}
"""A channel that is not shown to the bot looks as if it were not there."""
_TO_POST = {"view_channel", "send_messages"}
"""What the words of a digest need; the chart and a look back come beside them."""


async def look(client: discord.Client, server: int | None, channels: Collection[str]) -> Mapping[str, Lack]:
    """Tell what the bot lacks in some channels of a server, from what Discord keeps it told."""
    lacks = {channel: await lack_in(client, server, channel) for channel in channels}
    return {channel: lack for channel, lack in lacks.items() if lack is not None}


async def lack_in(client: discord.Client, server: int | None, channel: str) -> Lack | None:
    """Name what the bot still needs in a channel, as far as it is known; without what a post needs it cannot be chosen."""
    try:
        lacking = await missing(client, server, channel)
    except (discord.HTTPException, OSError, TimeoutError, aiohttp.ClientError):
        # What Discord does not say now, it says when something is posted.
        return None
    if not lacking:
        return None
    permissions, where = Together(tuple(NEEDED[name] for name in lacking)), ChannelRef(channel)
    mend = t("Please allow it in the settings of this channel, or choose another one.")
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


async def missing(client: discord.Client, server: int | None, channel: str) -> dict[str, None]:
    """Name the permissions that are missing in a channel, in the order of their need.

    Raises:
        discord.HTTPException: Discord had to be asked, and did not tell; a broken connection is told by its own faults.
    """
    if server is None or not channel.isdigit():
        return dict(_UNSEEN)
    guild = known(client, server)
    if guild is None and elsewhere(client, server):
        return await _asked(client, server, int(channel))
    place = guild.get_channel_or_thread(int(channel)) if guild is not None else None
    if guild is None or place is None:
        return dict(_UNSEEN)
    allowed = place.permissions_for(guild.me)
    return {name: None for name in NEEDED if not getattr(allowed, name)}


async def _asked(client: discord.Client, server: int, channel: int) -> dict[str, None]:
    """Ask Discord what is missing."""
    assert client.user is not None, "who is connected is somebody"  # noqa: S101 - discord.py sets it at the login
    try:
        home = await client.http.get_guild(server, with_counts=False)
        member = await client.http.get_member(server, client.user.id)
        place = await client.http.get_channel(channel)
    except (discord.NotFound, discord.Forbidden):
        return dict(_UNSEEN)
    allowed = discord.Permissions(allowed_in(dict(home), dict(member), dict(place), str(client.user.id)))
    return {name: None for name in NEEDED if not getattr(allowed, name)}


async def organises(client: discord.Client, server: int, user: int) -> bool | None:
    """Ask Discord whether somebody may manage a server, for a press in a private message, which does not say.

    Returns None when Discord did not answer.
    """
    guild = known(client, server)
    if guild is None and not elsewhere(client, server):
        return False
    try:
        guild = guild or await client.fetch_guild(server, with_counts=False)
        member = await guild.fetch_member(user)
    except (discord.NotFound, discord.Forbidden):
        return False
    except (discord.HTTPException, OSError, TimeoutError, aiohttp.ClientError):
        return None
    return member.guild_permissions.manage_guild


def allowed_in(home: Mapping[str, Any], member: Mapping[str, Any], place: Mapping[str, Any], bot: str) -> int:
    """Count what the bot may do in a channel, in the order in which Discord counts it."""
    roles = {str(home["id"]), *(str(role) for role in member["roles"])}
    allowed = 0
    for role in home["roles"]:
        if str(role["id"]) in roles:
            allowed |= int(role["permissions"])
    if allowed & discord.Permissions(administrator=True).value or str(home["owner_id"]) == bot:
        return discord.Permissions.all().value
    overwrites = place.get("permission_overwrites") or ()
    everyone = [overwrite for overwrite in overwrites if str(overwrite["id"]) == str(home["id"])]
    others = [overwrite for overwrite in overwrites if str(overwrite["id"]) in roles and overwrite not in everyone]
    own = [overwrite for overwrite in overwrites if str(overwrite["id"]) == bot]
    for group in (everyone, others, own):
        for overwrite in group:
            allowed &= ~int(overwrite["deny"])
        for overwrite in group:
            allowed |= int(overwrite["allow"])
    return allowed
