"""What the bot may do on a server, from what Discord keeps it told; and who organises it, asked afresh."""

import discord

from bot.ui.text import Text, t

NEEDED: dict[str, Text] = {
    "view_channel": t("View Channel"),
    "send_messages": t("Send Messages"),
    "attach_files": t("Attach Files"),
    "read_message_history": t("Read Message History"),
}
"""What a digest needs in its channel, as Discord calls it: to see, to post, the chart, and never to post twice."""


def lacking(client: discord.Client, server: int | None, channel: str) -> tuple[Text, ...]:
    """Name the permissions the bot still needs to post in a channel of a server."""
    guild = client.get_guild(server) if server is not None else None
    found = guild.get_channel_or_thread(int(channel)) if guild is not None and channel.isdigit() else None
    if guild is None or found is None:
        # A channel that is not shown to the bot looks as if it were not there.
        return (NEEDED["view_channel"],)
    allowed = found.permissions_for(guild.me)
    return tuple(text for name, text in NEEDED.items() if not getattr(allowed, name))


async def organises(client: discord.Client, server: int, user: int) -> bool:
    """Ask Discord whether somebody may manage a server, for a press in a private message, which does not say."""
    guild = client.get_guild(server)
    if guild is None:
        return False
    try:
        member = await guild.fetch_member(user)
    except discord.HTTPException:
        return False
    return member.guild_permissions.manage_guild
