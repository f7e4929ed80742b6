"""Hello Circle on simcord's Discord: the real client and a real store; people type, press and send.

simcord keeps private what is changed here, so its version is pinned, and this is the only file that does it.
"""

import re
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
import simcord
import simcord.env
import simcord.interactions
from simcord.actors import MemberActor
from simcord.builders import UserHandle
from simcord.results import InteractionResult, ResponseMessage

from adapters.discord.platform import DiscordPlatform
from adapters.platform import Circle
from adapters.runtime import open_circle
from bot.config import load_settings
from bot.engine.clock import ManualClock
from bot.engine.messenger import Messenger
from bot.engine.pace import UNLIMITED
from bot.engine.registry import Registry
from tests.support.discord.published import hold
from tests.support.present import present
from tests.support.store import NOW, RING, begin_from_template, url_of
from tests.support.unhurried import unhurried

unhurried()
assert simcord.__version__ == "3.2.1", "look at what is changed here before another simcord is used"
# How long simcord waits for quiet: 50 ms lets 19 actions a second through, 1 ms lets 450.
present(simcord.env.Env._settle_internal.__kwdefaults__)["idle"] = 0.001

SETTLED = 30.0
"""Seconds until what the bot began counts as hung; shorter than anything that it waits for in vain on purpose."""
_MARKUP = re.compile(r"^(?:#{1,3}|-#|>) |\*\*", re.MULTILINE)
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_STAMP = re.compile(r" \(<t:\d+:R>\)")
_COMMAND = re.compile(r"</([^:>]+):\d+>")
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(https://discord\.com/channels/\d+\)")


@dataclass
class Said:
    """What one person got back from one thing they did."""

    result: InteractionResult

    @property
    def message(self) -> ResponseMessage:
        """The message they see."""
        assert self.result.response is not None, f"no message came: {self.result}"
        return self.result.response

    @property
    def text(self) -> str:
        """The words as Discord draws them."""
        return drawn(self.message.components)

    @property
    def source(self) -> str:
        """The words as they were sent, with their marks."""
        return "\n\n".join(
            component["content"] for component in walk(self.message.components) if component["type"] == 10
        )

    @property
    def labels(self) -> list[str]:
        """The buttons, and what a menu has to choose from."""
        labels = []
        for component in walk(self.message.components):
            labels += (
                [component["label"]]
                if component["type"] == 2
                else [option["label"] for option in component.get("options", ())]
            )
        return labels

    @property
    def private(self) -> bool:
        """Whether nobody else sees it."""
        return self.result.ephemeral

    @property
    def form(self) -> dict[str, Any]:
        """The form that opened."""
        assert self.result.modal is not None, f"no form opened: {self.result}"
        return self.result.modal

    @property
    def asked(self) -> dict[str, dict[str, Any]]:
        """Each control of the form by its name."""
        return {label["component"]["custom_id"]: label["component"] for label in self.form["components"]}


async def _no_clock() -> None:
    """Simcord has no web server that tells the time."""


def walk(components: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Go through every component, those inside others too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])


def drawn(components: Iterable[Any]) -> str:
    """Draw the words of a message as a person reads them."""
    texts = [component["content"] for component in walk(components) if component["type"] == 10]
    return "\n\n".join(_drawn(text) for text in texts)


def _drawn(text: str) -> str:
    plain = _MARKUP.sub("", _LINK.sub(r"\1", _STAMP.sub("", text)))
    return _ESCAPED.sub(r"\1", _COMMAND.sub(r"/\1", plain))


@dataclass
class Simulated:
    """One Discord server with the bot on it."""

    folder: Path
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    messengers: dict[str, Messenger] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    people: dict[str, MemberActor] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)
    """The last interaction as Discord delivered it."""
    env: Any = None
    circle: Any = None
    platform: Any = None
    guild: Any = None
    role: Any = None
    general: Any = None
    digest: Any = None

    def client(self, circle: Circle) -> discord.Client:
        """Make the bot's client, as a start of the bot does."""
        self.circle = circle
        settings = load_settings(_env_file=None, discord_token="simcord", database_url=url_of(self.folder))
        self.platform = DiscordPlatform(settings, self.clock)
        self.platform.messenger.time = _no_clock
        return self.platform.client(circle, lambda: self.messengers.update(discord=self.platform.messenger))

    async def restart(self) -> None:
        """Stop the bot and start it again; Discord stays as it is."""
        await self.platform.stop()
        await self.env.restart_bot(self.client(self.circle))

    async def another(self) -> "Simulated":
        """Let the same bot join one more server, with people and channels of its own."""
        other = replace(self, people={})
        await _furnish(other)
        return other

    def someone(self, name: str, *, organiser: bool = False, language: str = "en-US") -> MemberActor:
        """Find or add a person of the server."""
        if name not in self.people:
            roles = [self.role] if organiser else []
            user = self.env.create_user(name.lower(), global_name=name)
            self.people[name] = self.guild.add_member(user, roles=roles)
        self.languages[self.people[name].id] = language
        return self.people[name]

    async def type(self, who: MemberActor, command: str, /, **values: Any) -> Said:
        """Type a command with its values."""
        return Said(await who.slash(self.general, command, **values))

    async def press(self, who: MemberActor | UserHandle, on: Said | discord.Message, label: str) -> Said:
        """Press a button by its label."""
        message = on.message if isinstance(on, Said) else on
        for menu in walk(on.message.components) if isinstance(on, Said) else ():
            chosen = [option["value"] for option in menu.get("options") or () if option["label"] == label]
            if chosen:
                return Said(await who.select(message, chosen, custom_id=menu["custom_id"]))
        return Said(await who.click(message, label=label))

    async def send(self, who: MemberActor, form: Said, values: Mapping[str, Any] = {}, **more: Any) -> Said:
        """Send the form that is open."""
        return Said(await who.submit_modal(form.result, {**values, **more}))

    async def redeliver(self) -> None:
        """Let Discord deliver the last interaction again, as it may after a connection was resumed."""
        self.env.backend.emit("INTERACTION_CREATE", self.last)
        await self.env.settle()

    async def set_up(self, **values: Any) -> Said:
        """Set the community up, as its organiser does."""
        answers = {"channel": self.digest, "zone": "America/Toronto", "language": "en", "guide": False, **values}
        return await self.type(self.someone("Olga", organiser=True), "community setup", **answers)

    async def move(self, to: datetime) -> None:
        """Let time go on; everything that falls due on the way happens in order."""
        rounds, last_due = self.circle.rounds, None
        while (due := await rounds.next_due()) is not None and due <= to and due != last_due:
            self.clock.move(due)
            await rounds.tick()
            last_due = due
        self.clock.move(to)
        await self.env.settle()

    def posted(self) -> list[discord.Message]:
        """What stands in the digest channel."""
        return self.digest.history()

    def letters(self, who: MemberActor) -> list[discord.Message]:
        """The private messages of a person."""
        try:
            return who.user.dm_channel.history()
        except simcord.SetupError:
            return []


@asynccontextmanager
async def simulated(folder: Path, shards: int = 1, product: Registry | None = None) -> AsyncGenerator[Simulated]:
    """Start the bot on a fresh server with two channels."""
    begin_from_template(folder, RING)
    started = Simulated(folder)
    original = simcord.interactions.base_payload

    def as_on_discord(*args: Any, **kwargs: Any) -> Any:
        record, payload = original(*args, **kwargs)
        payload["locale"] = started.languages.get(kwargs["user_id"], "en-US")
        _tell_permissions(started, payload)
        started.last = payload
        return record, payload

    simcord.interactions.base_payload = as_on_discord
    try:
        async with open_circle(url_of(folder), RING, started.clock, started.messengers, UNLIMITED, product) as circle:
            env = started.env = simcord.Env(started.client(circle), shard_count=shards, settle_timeout=SETTLED)
            await env.start()
            try:
                await _furnish(started)
                yield started
            finally:
                await started.platform.stop()
                await env.shutdown()
            env.raise_errors()
            assert [
                wrong for request in env.http_requests for wrong in hold(request.method, request.path, request.json)
            ] == []
    finally:
        simcord.interactions.base_payload = original


def _tell_permissions(started: Simulated, payload: dict[str, Any]) -> None:
    """Say what each member who is named may do, as Discord does in interactions."""
    manages = str(discord.Permissions(manage_guild=True).value)
    for member in payload.get("data", {}).get("resolved", {}).get("members", {}).values():
        member["permissions"] = manages if str(started.role.id) in member["roles"] else "0"


async def _furnish(started: Simulated) -> None:
    started.guild = started.env.create_guild("Newcomers")
    started.role = started.guild.create_role("organisers", permissions=discord.Permissions(manage_guild=True))
    started.general = started.guild.create_text_channel("general")
    started.digest = started.guild.create_text_channel("digest")
    await started.env.settle()
