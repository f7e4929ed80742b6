"""Fake platforms that enforce the documented limits, and post nothing; what is sent to them is really written out."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import thread_time

from adapters.discord.dialect import DiscordDialect
from adapters.discord.pages import pages as discord_pages
from adapters.discord.render import MessageBuilder, render
from adapters.slack.pages import pages as slack_pages
from bench.wave.events import EventClock
from bench.wave.process import Process
from bot.engine.clock import pause
from bot.engine.messenger import AGAIN, Destination, Outcome, Posted, PutOff, Refused
from bot.ui.reply import Reply

DISCORD, SLACK = "discord", "slack"
DISCORD_A_SECOND = 50
"""Requests for one bot, all its processes together."""
DISCORD_TAKES, SLACK_TAKES = 0.25, 0.15
"""Seconds until a request is answered."""
SLACK_METHODS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal", "chat.postMessage")
"""What a digest with its picture asks of a workspace, one after the other."""
TIERS = {"files.getUploadURLExternal": 100, "files.completeUploadExternal": 100, "chat.postMessage": 60}
"""Requests a minute in one workspace; posting is one a second in a channel."""
TRIES = 5
"""How often discord.py sends a request again that was refused for now."""


@dataclass
class Platforms:
    """Both platforms: what they were asked in each second, what they refused, and when each digest was taken."""

    asked: dict[str, Counter[int]] = field(default_factory=lambda: {DISCORD: Counter(), SLACK: Counter()})
    refused: Counter[str] = field(default_factory=Counter)
    posted: dict[str, float] = field(default_factory=dict)
    twice: int = 0
    _minutes: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    async def discord(self) -> float:
        """Take a request of the bot; gives 0, or the seconds after which it may be tried again."""
        now = asyncio.get_running_loop().time()
        await pause(DISCORD_TAKES / 2)
        second = int(asyncio.get_running_loop().time())
        if self.asked[DISCORD][second] >= DISCORD_A_SECOND:
            self.refused[DISCORD] += 1
            await pause(DISCORD_TAKES / 2)
            return second + 1 - now
        self.asked[DISCORD][second] += 1
        await pause(DISCORD_TAKES / 2)
        return 0.0

    async def slack(self, workspace: str, method: str) -> float:
        """Take a request in a workspace; gives 0, or the seconds after which it may be tried again."""
        now = asyncio.get_running_loop().time()
        await pause(SLACK_TAKES)
        minute = workspace, method, int(now // 60)
        if self._minutes[minute] >= TIERS.get(method, 1_000):
            self.refused[SLACK] += 1
            return 60.0
        self._minutes[minute] += 1
        self.asked[SLACK][int(now)] += 1
        return 0.0

    def take(self, community: str) -> None:
        """Note a post; a second one in the same place is noted too."""
        self.twice += community in self.posted
        self.posted[community] = asyncio.get_running_loop().time()


@dataclass
class Messenger:
    """How one process posts on one platform; on Discord it keeps to its share of the requests."""

    process: Process
    platforms: Platforms
    platform: str
    clock: EventClock
    share: float
    _next_at: float = 0.0

    async def post(self, to: Destination, post: Reply, language: str, key: str) -> Outcome:
        """Draw, write and send one post."""
        await self.process.draw()
        before = thread_time()
        written(self.platform, post, language)
        await self.process.spend(thread_time() - before)
        outcome = await (self._on_discord() if self.platform == DISCORD else self._on_slack(to.community))
        if isinstance(outcome, Posted):
            self.platforms.take(to.community)
        return outcome

    async def time(self) -> datetime | None:
        """Tell the time, which is the clock's."""
        return self.clock.now()

    async def find(self, to: Destination, key: str) -> Outcome:
        """Tell whether a post is there."""
        return Posted(key) if to.community in self.platforms.posted else Refused("absent")

    async def take_back(self, to: Destination, reference: str) -> bool:
        """Take nothing back, so that what came twice is seen."""
        return False

    async def _on_discord(self) -> Outcome:
        loop = asyncio.get_running_loop()
        for _ in range(TRIES):
            self._next_at = max(loop.time(), self._next_at) + 1 / self.share
            await pause(self._next_at - 1 / self.share - loop.time())
            wait = await self.platforms.discord()
            if not wait:
                return Posted("1/1")
            self._next_at = max(self._next_at, loop.time() + wait)
        return PutOff(AGAIN, "not now: 429")

    async def _on_slack(self, workspace: str) -> Outcome:
        for method in SLACK_METHODS:
            wait = await self.platforms.slack(workspace, method)
            if wait:
                return PutOff(timedelta(seconds=wait), "ratelimited")
        return Posted("C1:1")


def written(platform: str, post: Reply, language: str) -> None:
    """Write a post as it is sent to a platform."""
    if platform == DISCORD:
        reader = MessageBuilder(language, DiscordDialect())
        discord_pages(post, reader)
        render(post, reader, {}, ["Hello Circle"])
    else:
        slack_pages(post, language, "F0123")[0].message(language)
