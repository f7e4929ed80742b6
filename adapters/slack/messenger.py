"""Posts unasked in Slack, once: each post carries its key, and only what was surely not done is done again."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import structlog

from adapters.dates import time_at
from adapters.slack.api import GONE, Api, RateLimited, SlackDenied, SlackUnanswered, SlackUnreached
from adapters.slack.dialect import WORDS
from adapters.slack.files import complete, upload
from adapters.slack.pages import pages
from adapters.slack.permissions import NOT_ALLOWED, lack_of
from adapters.slack.render import ALT, cut
from bot.engine.clock import Clock, pause
from bot.engine.invocation import Lack
from bot.engine.messenger import AGAIN, Destination, Outcome, Posted, PutOff, Refused, ToChannel, Unknown
from bot.faults import recorded
from bot.store.errors import StoreError
from bot.ui.chart import PictureError
from bot.ui.reply import Image, Reply
from bot.ui.studio import STUDIO
from bot.ui.text import t
from bot.ui.values import UserText
from bot.ui.voice import say

EVENT = "hello_circle_post"
"""The event type of our posts' metadata, which holds the key of the ledger."""
PICTURE_PAUSES = (0.0, 2.0, 4.0)
"""Seconds before each try to post with the picture: Slack looks at a file for a moment after it was sent."""
LOOK_BACK = timedelta(days=3)
"""Longer than any post is tried for."""
LOOKED_AT = 100
"""Messages of a channel that are looked through."""
MISSING_SCOPE = "missing_scope"
_NO_PICTURE = Lack(
    t("The digest came without its chart. The app needs the permission {scope}.", scope=UserText("files:write")),
    t("Whoever runs me can add it in the settings of the app, under OAuth."),
)
REASONS = {
    "channel_not_found": "channel-gone",
    "is_archived": "archived",
    "not_in_channel": "not-in-channel",
    **dict.fromkeys(NOT_ALLOWED, "no-permission"),
    MISSING_SCOPE: "no-permission",
    "no_permission": "no-permission",
}
NOTHING_THERE = frozenset({"message_not_found", "channel_not_found"})
"""What Slack says when there is nothing to delete."""
_CHANNEL_ID = re.compile(r"[CGDU][A-Z0-9]+")

Find: TypeAlias = Callable[[str], Awaitable[Api | None]]
"""Gives the way to call Slack for a workspace; None when the bot is not in it."""

log = structlog.get_logger()


class SlackMessenger:
    """The way to post in every workspace; used once Slack is connected."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._find: Find | None = None
        self._url = ""

    def connect(self, find: Find, url: str) -> None:
        """Post from now on in the workspaces that are found; `url` is where Slack's API is."""
        self._find, self._url = find, url

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Post once; a chart that cannot be shown leaves its words."""
        api = await self._api_of(to)
        if not isinstance(api, Api):
            return api
        if api.gone:
            return PutOff(AGAIN, api.gone)
        try:
            picture, lack = await self._picture(api, post, language), None
        except SlackDenied as denied:
            picture, lack = None, _NO_PICTURE if denied.code == MISSING_SCOPE else None
        for seconds in PICTURE_PAUSES if picture is not None else ():
            await pause(seconds)
            outcome = await self._send(api, to, pages(post, language, picture)[0].message(language), key)
            if outcome != Refused("invalid_blocks"):
                return outcome
        # Without a picture, or Slack did not take it, so that nothing was posted: the words stand alone.
        outcome = await self._send(api, to, pages(post, language)[0].message(language), key)
        return replace(outcome, lack=lack) if isinstance(outcome, Posted) else outcome

    async def time(self) -> datetime | None:
        """Ask Slack what time it is."""
        return await time_at(f"{self._url}api.test") if self._url else None

    async def find(self, to: Destination, key: str) -> Outcome:
        """Look for a post in the channel's history, where the bot may read it."""
        api = await self._api_of(to)
        if isinstance(api, PutOff):
            return api
        if isinstance(api, Refused) or api.gone or not isinstance(to, ToChannel):
            return Unknown("look-up: nothing can be read there")
        oldest = f"{(self._clock.now() - LOOK_BACK).timestamp():.6f}"
        try:
            history = await api.read(
                "conversations.history",
                channel=to.channel,
                oldest=oldest,
                include_all_metadata=True,
                limit=LOOKED_AT,
            )
        except (SlackDenied, SlackUnanswered) as fault:
            return _unread(fault)
        places = [f"{to.channel}:{message['ts']}" for message in history.get("messages", ()) if key_in(message) == key]
        if places:
            first, *again = sorted(places)
            return Posted(first, again=tuple(again))
        return Unknown("conversations.history: too long") if history.get("has_more") else Refused("absent")

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Delete a message of our own, which needs no more than to write one."""
        api = await self._api_of(to)
        if not isinstance(api, Api):
            return False
        channel, _, ts = reference.partition(":")
        try:
            await api.write("chat.delete", channel=channel, ts=ts)
        except SlackDenied as denied:
            log.warning("message not deleted", reason=denied.code)
            return denied.code in NOTHING_THERE
        except SlackUnanswered as fault:
            log.warning("message not deleted", **recorded(fault))
            return False
        return True

    async def _api_of(self, to: Destination) -> Api | PutOff | Refused:
        """Find the way to call Slack for a workspace; else say why nothing can be posted there."""
        if self._find is None:
            return PutOff(AGAIN, "not connected")
        try:
            api = await self._find(to.community)
        except StoreError as fault:
            log.warning("workspace not looked up", **recorded(fault))
            return PutOff(AGAIN, "not looked up")
        return Refused("left") if api is None else api

    async def _send(self, api: Api, to: Destination, message: dict[str, Any], key: str) -> Outcome:
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        try:
            sent = await api.write("chat.postMessage", channel=_address(to), metadata=metadata, **message)
        except RateLimited as wait:
            return PutOff(timedelta(seconds=wait.seconds), "ratelimited")
        except SlackDenied as denied:
            if denied.code in GONE:
                return PutOff(AGAIN, denied.code)
            lack = lack_of(denied.code, to.channel) if isinstance(to, ToChannel) else None
            return Refused(REASONS.get(denied.code, denied.code), lack)
        except SlackUnreached:
            return PutOff(AGAIN, "not reached")
        except SlackUnanswered:
            return Unknown("chat.postMessage: no answer")
        return Posted(f"{sent.get('channel', '')}:{sent.get('ts', '')}")

    async def _picture(self, api: Api, post: Reply, language: str) -> str | None:
        """Bring a post's chart to Slack; None when there is none, or when it cannot be drawn or sent.

        Raises:
            Denied: Slack does not take files from this app.
        """
        image = next((part for part in post.parts if isinstance(part, Image)), None)
        if image is None:
            return None
        alt = cut(say(image.alt, language, WORDS), ALT)
        try:
            drawn = await STUDIO.draw(image.chart, language)
            file = await upload(api, "week.png", drawn, alt)
            await complete(api, file, alt)
        except (PictureError, SlackUnanswered) as fault:
            log.info("no picture", **recorded(fault))
            return None
        except SlackDenied as denied:
            log.info("no picture", reason=denied.code)
            raise
        return file


def _unread(fault: SlackDenied | SlackUnanswered) -> Outcome:
    """Tell what a look that failed means: only a refusal says that another would find nothing either."""
    match fault:
        case RateLimited():
            return PutOff(timedelta(seconds=fault.seconds), "ratelimited")
        case SlackDenied():
            return Unknown(f"conversations.history: {fault.code}")
        case SlackUnanswered():
            return PutOff(AGAIN, "no answer")


def key_in(message: Mapping[str, Any]) -> str | None:
    """Read the key of the ledger from a message of ours."""
    metadata: Mapping[str, Any] = message.get("metadata") or {}
    payload: Mapping[str, Any] = metadata.get("event_payload") or {}
    return payload.get("key") if metadata.get("event_type") == EVENT else None


def _address(to: Destination) -> str:
    if not isinstance(to, ToChannel):
        return to.user
    return to.channel if _CHANNEL_ID.fullmatch(to.channel) else f"#{to.channel}"
