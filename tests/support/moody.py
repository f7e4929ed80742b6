"""A platform in a bad mood: the console's own way to post, which refuses, falls silent or loses its memory when told."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from bot.engine.messenger import Destination, Messenger, Outcome, ToChannel
from bot.ui.reply import Reply
from tests.support.console import Console

PATIENCE = 60.0
"""Seconds after which a test gives up; nothing waits that long when all is well."""


@dataclass
class Moody:
    """Posts as the console does, unless a mood is set for a kind of destination."""

    real: Messenger
    channel: Outcome | Exception | None = None
    member: Outcome | Exception | None = None
    finds: Outcome | Exception | None = None
    waits_for_another: str | None = None
    """A channel for which the platform is slow: nothing is posted there until something was posted elsewhere."""
    arrives: bool = False
    """Whether a post whose answer is lost is there all the same."""
    tried: list[Destination] = field(default_factory=list[Destination])
    elsewhere: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Post, or do what the mood says."""
        self.tried.append(to)
        if isinstance(to, ToChannel) and self.waits_for_another == to.channel:
            async with asyncio.timeout(PATIENCE):
                await self.elsewhere.wait()
        mood = self.channel if isinstance(to, ToChannel) else self.member
        if mood is None or self.arrives:
            outcome = await self.real.post(to, post, language, key)
        self.elsewhere.set()
        return _outcome(mood) if mood is not None else outcome

    time_is: datetime | Exception | None = None
    """What the platform's own clock says."""

    async def time(self) -> datetime | None:
        """Tell the time, or do what the mood says."""
        if isinstance(self.time_is, Exception):
            raise self.time_is
        return self.time_is

    async def find(self, to: Destination, key: str) -> Outcome:
        """Look for a post, or do what the mood says."""
        return await self.real.find(to, key) if self.finds is None else _outcome(self.finds)

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Delete a post."""
        return await self.real.take_back(to, reference)


def _outcome(mood: Outcome | Exception) -> Outcome:
    if isinstance(mood, Exception):
        raise mood
    return mood


def moody(circle: Console) -> Moody:
    """Put the console of a circle into a mood, which the test sets."""
    messengers = cast("dict[str, Messenger]", circle.session.circle.rounds.messengers)
    messengers["console"] = messenger = Moody(messengers["console"])
    return messenger
