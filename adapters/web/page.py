"""Writes what the page shows: its words, who and where one is, the messages of a room, and the margin."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from adapters.discord.render import Component
from adapters.web import menu
from adapters.web.as_discord import AsDiscord
from adapters.web.as_slack import AsSlack
from adapters.web.entry import ChatEntry, Room
from adapters.web.margin import Margin
from adapters.web.rooms import Rooms
from adapters.web.session import WebSession
from adapters.web.words import said
from bot.engine.answer import Answer
from bot.engine.registry import Registry
from bot.ui.languages import locale, right_to_left, spoken
from bot.ui.values import Clock24, Day
from bot.ui.voice import say

Event: TypeAlias = dict[str, Any]
DISCORD, SLACK = "discord", "slack"
ROOMS = {
    DISCORD: (Room.GENERAL, Room.DIGEST, Room.BOT),
    SLACK: (Room.GENERAL, Room.DIGEST, Room.BOT, Room.HOME),
}


class Renderers:
    """The two platforms as which everything can be drawn; all visits share them."""

    def __init__(self, registry: Registry) -> None:
        self.discord = AsDiscord(registry)
        self.slack = AsSlack(registry)


@dataclass(slots=True)
class PageOptions:
    """How a visitor looks at their circle."""

    me: str
    language: str
    platform: str = DISCORD
    room: Room = Room.GENERAL

    @property
    def on_slack(self) -> bool:
        """Whether everything is drawn as on Slack."""
        return self.platform == SLACK


@dataclass(slots=True)
class Page:
    """What one visitor sees."""

    session: WebSession
    renderers: Renderers
    looks: PageOptions
    rooms: Rooms
    margin: Margin
    told: int = 0
    """How many lines of the margin the page has."""

    @property
    def names(self) -> dict[str, str]:
        """Everybody's name, by their handle."""
        return {who: who.capitalize() for who in self.session.screen.profiles}

    @property
    def now(self) -> datetime:
        """The time in the circle."""
        return self.session.clock.now().astimezone(self.session.zone)

    async def whole(self) -> list[Event]:
        """Write everything, as at the beginning."""
        self.told = 0
        return [self.words(), self.state(), *await self.view(), *self.news()]

    def words(self) -> Event:
        """Write the words of the page, and what `/` offers."""
        looks, registry = self.looks, self.session.registry
        commands = menu.slack_menu(registry) if looks.on_slack else menu.discord_menu(registry, looks.language)
        organiser = self.session.screen.profile(looks.me).organiser
        return {
            "kind": "words",
            "words": said(looks.language),
            **spoken_in(looks.language),
            "languages": [
                {"id": language, "name": locale(language).get_display_name(language)} for language in spoken()
            ],
            "menu": [command for command in commands if organiser or not command.get("organisers")],
            "shortcuts": menu.slack_shortcuts(registry) if looks.on_slack else [],
        }

    def state(self) -> Event:
        """Write who one is, where, and when it is."""
        looks, at, profiles = self.looks, self.now, self.session.screen.profiles
        day, hour = say(Day(at.date()), looks.language), say(Clock24(at.hour, at.minute), looks.language)
        return {
            "kind": "state",
            "me": looks.me,
            "people": [
                {"id": who, "name": name, "organiser": profiles[who].organiser} for who, name in self.names.items()
            ],
            "platform": looks.platform,
            "room": looks.room,
            "rooms": [{"id": room, "unread": self.rooms.unread(looks.me, room)} for room in ROOMS[looks.platform]],
            "day": day,
            "time": hour,
            "now": at.timestamp(),
            "zone": self.session.zone.key,
        }

    async def view(self) -> list[Event]:
        """Write every message of the room that is looked at."""
        if self.looks.room is Room.HOME:
            return await self.home()
        entries = self.rooms.seen_by(self.looks.me)
        shown = [message for entry in entries for message in await self._shown(entry)]
        return [{"kind": "view", "room": self.looks.room, "messages": shown}]

    async def message(self, entry: ChatEntry) -> list[Event]:
        """Write one message that is new or was changed, where it stands in the room that is looked at."""
        return [{"kind": "message", "message": message} for message in await self._shown(entry)]

    async def home(self) -> list[Event]:
        """Write the person's own page, where it is looked at."""
        answer = await self.session.home(self.looks.me) if self.looks.room is Room.HOME else None
        if answer is None:
            return []
        return [{"kind": "home", "blocks": self.renderers.slack.home(answer), **spoken_in(answer.language)}]

    def news(self) -> list[Event]:
        """Write the lines of the margin that the page does not have yet."""
        lines = self.margin.said(self.told, self.looks.language, self.session.zone)
        whole, self.told = self.told == 0, self.told + len(lines)
        return [{"kind": "told", "lines": lines, "whole": whole}] if lines or whole else []

    def window(self, answer: Answer) -> Event:
        """Write what opens over the page: Slack's window, or Discord's form."""
        spoken_words = spoken_in(answer.language)
        if self.looks.on_slack or answer.form is None:
            return {"kind": "window", "view": self.renderers.slack.view(answer, self.session.zone), **spoken_words}
        return {"kind": "form", "form": self.renderers.discord.form(answer.form, answer.language), **spoken_words}

    async def payloads(self, entry: ChatEntry) -> list[Component]:
        """Write a message as the platform would be sent it."""
        platform = self.renderers.slack if self.looks.on_slack else self.renderers.discord
        return await platform.messages(self.session.circle.dispatcher, entry)

    async def _shown(self, entry: ChatEntry) -> list[Event]:
        """Write a message where it stands in this room; Slack puts files into private messages."""
        here, on_slack = self.looks.room, self.looks.on_slack
        files = self.renderers.slack.files(entry) if on_slack and here is Room.BOT else []
        payloads = await self.payloads(entry) if entry.room is here and not (on_slack and entry.in_window) else []
        if not payloads and not files:
            return []
        at = entry.at.astimezone(self.session.zone)
        return [
            {
                "number": entry.number,
                "time": say(Clock24(at.hour, at.minute), self.looks.language),
                "day": say(Day(at.date()), self.looks.language),
                "private": entry.to is not None and entry.room is not Room.BOT,
                "asked": entry.asked,
                "own": entry.is_own,
                "by": self.names.get(entry.by, ""),
                "payloads": payloads,
                "files": files,
                **spoken_in(entry.language),
            }
        ]


def spoken_in(language: str) -> dict[str, str]:
    """Say in which language something is, and in which direction it is written."""
    return {"lang": language, "dir": "rtl" if right_to_left(language) else "ltr"}
