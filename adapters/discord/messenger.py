"""Posts unasked on Discord: into a channel or to one member, each once, or not at all with a reason."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
import structlog

from adapters.dates import time_at
from adapters.discord import api, limits
from adapters.discord.dialect import DiscordDialect
from adapters.discord.inbound import texts_of
from adapters.discord.pages import is_short, pages
from adapters.discord.permissions import lack_in, missing
from adapters.discord.pictures import draw_all
from adapters.discord.render import MessageBuilder, Rendered, render
from adapters.discord.servers import elsewhere, is_gone, known
from adapters.discord.showing import server_line
from bot.engine.apology import report_fault
from bot.engine.clock import Clock
from bot.engine.messenger import AGAIN, Destination, Outcome, Posted, PutOff, Refused, ToChannel, ToMember, Unknown
from bot.faults import recorded
from bot.ui.reply import Reply

POST_SECONDS = 60
"""Longest wait for one post, retries of the library among it; well within the lease of a claimed post."""
LOOKED_BACK = timedelta(hours=49)
"""How far back a post is looked for: no digest is posted later than 48 hours."""
MOST_LOOKS = 10
PICTURES, NO_PERMISSION = "attach_files", "no-permission"
MARK = 8
"""Letters of the key that stand in the message."""

_ANOTHER_TIME, _FORBIDDEN = {401, 429}, 403
_TROUBLE = (OSError, TimeoutError, aiohttp.ClientError, discord.HTTPException, discord.RateLimited)
_NO_CHANNEL = {10003, 10004, 10008}
_NO_PERMISSION = {50001, 50013}
_ARCHIVED = {50083}

log = structlog.get_logger()


class DiscordMessenger:
    """Discord's way to post; it works while its client is connected."""

    def __init__(self, dialect: DiscordDialect, clock: Clock, asked_at: str) -> None:
        """Post as Discord is spoken to; `asked_at` is where its API is."""
        self._asked_at = asked_at
        self._dialect = dialect
        self._clock = clock
        self._client: discord.Client | None = None

    def use(self, client: discord.Client) -> None:
        """Post through this client from now on."""
        self._client = client

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Post once: within some minutes Discord itself refuses a repeat of the nonce."""
        client = self._client
        if client is None or client.is_closed():
            return PutOff(AGAIN, "not connected")
        lacking = dict[str, None]()
        if isinstance(to, ToChannel) and not elsewhere(client, int(to.community)):
            if known(client, int(to.community)) is None:
                return Refused("left")
            lacking = await missing(client, int(to.community), to.channel)
        message = await self._message(client, to, post, language, key, pictures=PICTURES not in lacking)
        if message is None:
            return Refused("too-long")
        outcome = await self._send(client, to, message, key)
        if isinstance(outcome, Refused) and outcome.reason == NO_PERMISSION and message.files:
            # The cached permissions were stale. Discord posted nothing, so the words may still go without the picture.
            message = await self._message(client, to, post, language, key, pictures=False)
            outcome = outcome if message is None else await self._send(client, to, message, key)
        return await _explained(outcome, client, to)

    async def _send(self, client: discord.Client, to: Destination, message: Rendered, key: str) -> Outcome:
        asked = ""
        try:
            async with asyncio.timeout(POST_SECONDS):
                channel = await _channel(client, to)
                asked = "post"
                # Discord takes a nonce of at most 25 characters.
                posted = await api.post(client.http, channel, message, key[:25])
        except _TROUBLE as error:
            return _outcome(error, to, asked)
        return Posted(f"{channel}/{posted['id']}")

    async def time(self) -> datetime | None:
        """Ask Discord what time it is."""
        return await time_at(f"{self._asked_at}/gateway")

    async def find(self, to: Destination, key: str) -> Outcome:
        """Read back whether a post is there: by its mark, in our own messages."""
        client = self._client
        if client is None or client.is_closed():
            return PutOff(AGAIN, "not connected")
        try:
            async with asyncio.timeout(POST_SECONDS):
                if not await _may_read(client, to):
                    return Unknown("look-up: the history may not be read")
                return await self._look(client, await _channel(client, to), _mark(key))
        except _TROUBLE as error:
            return _outcome(error, to)

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Delete a message of our own, for which Discord asks no permission."""
        client = self._client
        if client is None or client.is_closed():
            return False
        channel, _, message = reference.partition("/")
        try:
            async with asyncio.timeout(POST_SECONDS):
                await api.delete(client.http, int(channel), int(message))
        except discord.NotFound:
            return True
        except _TROUBLE as error:
            log.warning("message not deleted", **recorded(error))
            return False
        return True

    async def _look(self, client: discord.Client, channel: int, mark: str) -> Outcome:
        """Page back through a channel's history for our message with a mark."""
        oldest = discord.utils.time_snowflake(self._clock.now() - LOOKED_BACK)
        before: int | None = None
        for _ in range(MOST_LOOKS):
            messages = await api.history(client.http, channel, limits.LOOK_BACK, before)
            places = [f"{channel}/{message['id']}" for message in messages if _is_the_one(client, message, mark)]
            if places:  # the newest comes first
                return Posted(places[-1], again=tuple(places[:-1]))
            if len(messages) < limits.LOOK_BACK or int(messages[-1]["id"]) < oldest:
                return Refused("absent")
            before = int(messages[-1]["id"])
        return Unknown("look-up: too long")

    async def _message(
        self, client: discord.Client, to: Destination, post: Reply, language: str, key: str, *, pictures: bool
    ) -> Rendered | None:
        """Write the message with its mark; None when it does not fit one, so that the inbox shows it in pages."""
        reader = MessageBuilder(language, self._dialect)
        footer = [f"Hello Circle · {_mark(key)}"]
        if isinstance(to, ToMember):
            footer = [f"{await server_line(client, int(to.community), self._dialect)} · {_mark(key)}"]
        message = render(post, reader, await draw_all(post, language) if pictures else {}, footer)
        return message if is_short(message) or len(pages(post, reader)) == 1 else None


async def _explained(outcome: Outcome, client: discord.Client, to: Destination) -> Outcome:
    """Add what Discord does not allow in the channel to what came of a post there."""
    if not isinstance(to, ToChannel):
        return outcome
    server = int(to.community)
    match outcome:
        case Posted() if not elsewhere(client, server):  # there, each question would cost three requests
            return replace(outcome, lack=await lack_in(client, server, to.channel))
        case Refused() if elsewhere(client, server) and await is_gone(client, server):
            return Refused("left")
        case Refused() if outcome.reason == NO_PERMISSION:
            return replace(outcome, lack=await lack_in(client, server, to.channel))
        case _:
            return outcome


def _mark(key: str) -> str:
    return key[:MARK].upper()


async def _channel(client: discord.Client, to: Destination) -> int:
    if isinstance(to, ToChannel):
        return int(to.channel)
    return await api.private_channel(client.http, int(to.user))


def _is_the_one(client: discord.Client, message: dict[str, Any], mark: str) -> bool:
    """Tell whether a message is ours and has a mark."""
    is_ours = client.user is not None and str(message["author"]["id"]) == str(client.user.id)
    return is_ours and mark in " ".join(texts_of(message.get("components") or ()))


async def _may_read(client: discord.Client, to: Destination) -> bool:
    """Tell whether "not found" would mean anything: without the permission Discord shows an empty channel."""
    if isinstance(to, ToMember):
        return True
    # A channel that is gone cannot hold the post, and asking for it tells why.
    return "read_message_history" not in await missing(client, int(to.community), to.channel)


def _outcome(error: Exception, to: Destination, asked: str = "") -> Outcome:
    """Tell what came of a try that failed; `asked` names what may have been done, if anything may."""
    if isinstance(error, discord.RateLimited):
        return PutOff(timedelta(seconds=error.retry_after), "ratelimited")
    if isinstance(error, discord.HTTPException) and error.status < api.THEIR_FAULT:
        return _refused(error, to)
    if asked and not isinstance(error, aiohttp.ClientConnectorError):
        return Unknown(f"{asked}: {type(error).__name__}")
    return PutOff(AGAIN, f"no answer: {type(error).__name__}")


def _refused(error: discord.HTTPException, to: Destination) -> Outcome:
    """Name why Discord said no."""
    if error.status in _ANOTHER_TIME:
        return PutOff(AGAIN, f"not now: {error.status}")
    if isinstance(to, ToMember):
        return Refused("dm-closed")
    reasons = ((_NO_CHANNEL, "channel-gone"), (_NO_PERMISSION, NO_PERMISSION), (_ARCHIVED, "archived"))
    for codes, reason in reasons:
        if error.code in codes:
            return Refused(reason)
    if error.status == _FORBIDDEN:
        return Refused(NO_PERMISSION)
    report_fault(error, code=str(error.code))
    return Refused("not-taken")
