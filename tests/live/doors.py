"""The three ways in which the bot is reached when it runs, each with people, a digest channel, and what they see."""

import asyncio
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.live.waiting import until
from tests.support.discord import person as discord_person
from tests.support.discord.process import settings_for as discord_settings
from tests.support.discord.server import Loopback
from tests.support.ports import free_port
from tests.support.slack import APP_TOKEN, BOT_TOKEN, SECRET, Channel, Slack
from tests.support.slack.screen import Seen

ORGANISER, AUTHOR = "olga", "amina"
BUSY = 60.0
"""Seconds in which the program answers on a machine that does other things too; elsewhere it is held to three."""


@dataclass(frozen=True)
class Arrived:
    """A message that somebody can read."""

    text: str
    at: datetime
    press: Callable[[str], Awaitable[object]]
    """Presses a button on it."""


class Door(ABC):
    """One platform with one community."""

    settings: dict[str, str]

    @abstractmethod
    async def ready(self) -> None:
        """Wait until the bot is there, for the first time or again."""

    @abstractmethod
    async def types(self, who: str, command: str, **values: Any) -> None:
        """Type a command with values."""

    @abstractmethod
    async def presses(self, who: str, label: str) -> None:
        """Press the newest button with this label."""

    @abstractmethod
    def reads(self, who: str) -> Counter[str]:
        """Count every text that somebody can read now."""

    async def does(self, who: str, command: str, hears: str, **values: Any) -> None:
        """Type a command, and wait until its answer is there; others may come beside it."""
        await self._hears(who, hears, lambda: self.types(who, command, **values))

    async def presses_and(self, who: str, label: str, hears: str) -> None:
        """Press a button, and wait until its answer is there."""
        await self._hears(who, hears, lambda: self.presses(who, label))

    async def _hears(self, who: str, words: str, acting: Callable[[], Awaitable[None]]) -> None:
        before = self.reads(who)
        await acting()
        await until(f"{who} reads {words!r}", lambda: any(words in text for text in self.reads(who) - before))

    @abstractmethod
    def private(self, who: str) -> list[Arrived]:
        """List the private messages that the bot sent somebody by itself."""

    @abstractmethod
    def channel(self) -> list[Arrived]:
        """List the messages in the digest channel."""


@dataclass
class OnSlack(Door):
    """A Slack workspace, by Socket Mode or, with a port, by HTTP."""

    slack: Slack
    zone: ZoneInfo
    http: bool = False
    settings: dict[str, str] = field(init=False)
    digest: Channel = field(init=False)
    asked: int = 0
    """How often the bots before this one asked who they are; one may ask again."""

    def __post_init__(self) -> None:
        self.slack.ack_within = BUSY
        self.settings = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": self.slack.api_url}
        for name in (ORGANISER, AUTHOR):
            self.slack.person(name, owner=name == ORGANISER, tz=self.zone.key)
        self.digest = self.slack.channel("digest")
        if self.http:
            port = free_port()
            self.settings |= {"SLACK_HTTP_PORT": str(port), "SLACK_SIGNING_SECRET": SECRET}
            self.slack.uses_http(f"http://127.0.0.1:{port}/slack/events")
        else:
            self.settings |= {"SLACK_APP_TOKEN": APP_TOKEN}

    async def ready(self) -> None:
        await until("Slack hears of the bot", lambda: len(self.slack.called("auth.test")) > self.asked)
        if self.http:
            await until("the bot listens", self._listens)
        else:
            await until("two sockets are open", lambda: len(self.slack.sockets.open) == 2)
        self.asked = len(self.slack.called("auth.test"))

    async def types(self, who: str, command: str, **values: Any) -> None:
        options = " ".join(f'{name}:"{_written(value)}"' for name, value in values.items())
        await self.slack.people[who].types(f"/hello {command} {options}")

    async def presses(self, who: str, label: str) -> None:
        await self.slack.people[who].presses(label)

    def reads(self, who: str) -> Counter[str]:
        return Counter(message.text for message in self.slack.people[who].sees.messages)

    def private(self, who: str) -> list[Arrived]:
        return [self._arrived(who, message) for message in self.slack.people[who].sees.messages if message.direct]

    def channel(self) -> list[Arrived]:
        seen = self.slack.people[AUTHOR].sees.messages
        return [
            self._arrived(AUTHOR, message) for message in seen if message.where == "digest" and not message.only_for_me
        ]

    def _arrived(self, who: str, seen: Seen) -> Arrived:
        at = datetime.fromtimestamp(float(seen.message.ts), UTC)
        return Arrived(seen.text, at, lambda label: self.slack.people[who].presses(label, on=seen))

    async def _listens(self) -> bool:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", int(self.settings["SLACK_HTTP_PORT"]))
            writer.close()
            return True
        return False


def _written(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@dataclass
class OnDiscord(Door):
    """A Discord server."""

    discord: Loopback
    settings: dict[str, str] = field(init=False)
    people: dict[str, discord_person.Person] = field(default_factory=dict)
    logins: int = 0
    """How often the bots before this one logged in."""

    def __post_init__(self) -> None:
        self.discord.interactions.first_answer = timedelta(seconds=BUSY)
        self.settings = discord_settings(self.discord)
        self.guild = self.discord.world.add_guild("Newcomers")
        for name in (ORGANISER, AUTHOR):
            person = discord_person.Person(self.discord, self.guild, name, organiser=name == ORGANISER)
            person.patience = BUSY
            self.people[name] = person
        self.digest = next(channel for channel in self.guild.channels.values() if channel.name == "digest")

    async def ready(self) -> None:
        await until("Discord hears of the bot", lambda: len(self.discord.gateway.identifies) > self.logins)
        await until("the connection is there", lambda: self.discord.gateway.sessions[0].socket is not None)
        self.logins = len(self.discord.gateway.identifies)

    async def types(self, who: str, command: str, **values: Any) -> None:
        typed_values = {name: self.digest.id if value == "#digest" else value for name, value in values.items()}
        await self.people[who].types(f"/{command}", **typed_values)

    async def presses(self, who: str, label: str) -> None:
        await self.people[who].presses(label)

    def reads(self, who: str) -> Counter[str]:
        return Counter(discord_person.text_of(message) for message in self.people[who].messages)

    def private(self, who: str) -> list[Arrived]:
        direct = self.discord.world.direct.get(self.people[who].user.id)
        return [self._arrived(who, message) for message in (direct.messages if direct else [])]

    def channel(self) -> list[Arrived]:
        return [self._arrived(AUTHOR, message) for message in self.digest.messages if message.only is None]

    def _arrived(self, who: str, message: Any) -> Arrived:
        person = self.people[who]
        return Arrived(discord_person.text_of(message), message.at, lambda label: person.presses(label, on=message))
