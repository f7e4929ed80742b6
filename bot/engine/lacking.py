"""What the bot lacks in the digest channel is said in every answer to an organiser, until it is right."""

from collections.abc import Mapping
from dataclasses import replace

from bot.engine.call import Call
from bot.engine.command import Command
from bot.engine.finding import Parsed
from bot.engine.invocation import Invocation
from bot.engine.refs import channel_in
from bot.engine.rule import Kind
from bot.store import communities
from bot.store.database import Database
from bot.ui.reply import Note, Paragraph, Reply


async def look_at_channels(db: Database, invocation: Invocation, invoked: Parsed) -> Invocation:
    """Ask the platform what the bot lacks in the channels that an organiser's answer speaks of."""
    place = invocation.place
    community = await db.read(lambda tx: communities.find(tx, place.platform, place.community))
    channels = _named_channels(invoked.command, invoked.raw)
    if community is not None and community.digest_channel is not None:
        channels.add(community.digest_channel)
    if not channels:
        return invocation
    return replace(invocation, place=replace(place, lacks=await place.look(channels)))


def with_lack(call: Call, reply: Reply) -> Reply:
    """Add what keeps the digest from coming as it should, and what to do about it."""
    channel = communities.get(call.tx, call.community.id).digest_channel
    lack = call.place.lacks.get(channel) if channel is not None else None
    if lack is None:
        return reply
    return Reply((*reply.parts, Paragraph(lack.why), Note(lack.mend)), reply.error)


def _named_channels(command: Command[...], raw: Mapping[str, str]) -> set[str]:
    """Name the channels among the values of a command, by the platform's own ids."""
    channels = (raw.get(param.name, "") for param in command.params if param.rule.kind is Kind.CHANNEL)
    return {channel_in(channel) for channel in channels} - {""}
