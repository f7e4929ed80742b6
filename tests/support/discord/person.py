"""Somebody on the loopback Discord, who can do there what a person can do with a mouse and a keyboard, and no more."""

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.support.discord import interactions as kinds
from tests.support.discord.hurry import soon
from tests.support.discord.interactions import Interaction
from tests.support.discord.rules import PRIVATE, Json, walk
from tests.support.discord.server import Loopback
from tests.support.discord.world import EVERYONE, Channel, Guild, Message, User

PATIENCE = 60.0
"""Seconds on the wall after which a person gives up, as what never comes; Discord itself does by the clock of the tests."""
_WORDS, _WHOLE, _YES_NO, _CHANNEL, _FILE = 3, 4, 5, 7, 11


@dataclass
class Form:
    """A form that stands open."""

    body: Json
    message: Message | None

    @property
    def controls(self) -> dict[str, Json]:
        """Each control by its name."""
        return {label["component"]["custom_id"]: label["component"] for label in self.body["components"]}


def text_of(message: Message) -> str:
    """Give the words of a message, with their marks."""
    return "\n".join(
        component["content"] for _, component in walk(message.body.get("components") or []) if component["type"] == 10
    )


def buttons_of(message: Message) -> dict[str, Json]:
    """Give the buttons of a message by their labels."""
    return {
        component["label"]: component
        for _, component in walk(message.body.get("components") or [])
        if component["type"] == 2
    }


class Person:
    """Types, presses, fills in and reads."""

    def __init__(
        self, discord: Loopback, guild: Guild, name: str, *, organiser: bool = False, language: str = "en-US"
    ) -> None:
        self._discord, self.guild, self.language = discord, guild, language
        self.user: User = discord.world.add_user(name)
        guild.members[self.user.id] = (self.user, [guild.organisers] if organiser else [])
        self.place: Channel = next(iter(guild.channels.values()))
        self.patience = PATIENCE
        self.form: Form | None = None
        self.answer: Message | None = None
        self.last: Interaction | None = None
        self._attached: dict[str, Json] = {}

    @property
    def messages(self) -> list[Message]:
        """Every message they can see, in order."""
        direct = self._discord.world.direct.get(self.user.id)
        places = [*self.guild.channels.values(), *([direct] if direct else [])]
        seen = [message for place in places for message in place.messages if message.only in (None, self.user.id)]
        return sorted(seen, key=lambda message: int(message.id))

    @property
    def sees(self) -> str:
        """Everything they can read."""
        return "\n".join(text_of(message) for message in self.messages)

    @property
    def reads(self) -> str:
        """What was answered last."""
        assert self.answer is not None, "nothing was answered"
        return text_of(self.answer)

    def attaches(self, name: str, data: bytes) -> str:
        """Bring a file to the next command or form; returns what Discord calls it."""
        file, told = self._discord.keeps(name, data)
        self._attached[file] = told
        return file

    async def types(self, command: str, **values: Any) -> str:
        """Type a command with values, and read the answer; "" when a form opened."""
        return await self.does(kinds.COMMAND, self._command(command, values))

    async def suggests(self, command: str, **values: str) -> list[str]:
        """Begin to type the last of these values, and read what is offered."""
        data = self._command(command, values, typing=list(values)[-1])
        await self.does(kinds.SUGGEST, data)
        assert self.last is not None
        return [choice["name"] for choice in self.last.answers[0]["data"]["choices"]]

    async def presses(self, label: str, on: Message | None = None) -> str:
        """Press the newest button with this label that they can see."""
        holding = [message for message in ([on] if on else reversed(self.messages)) if label in buttons_of(message)]
        assert holding, f"{self.user.name} sees no button {label!r}, but {[list(buttons_of(m)) for m in self.messages]}"
        pressed = buttons_of(holding[0])[label]
        assert "custom_id" in pressed, f"{label!r} is a link"
        data = {"custom_id": pressed["custom_id"], "component_type": 2}
        return await self.does(kinds.PRESS, data, on=holding[0])

    async def fills(self, **values: str) -> str:
        """Fill the open form in and send it; what is not named stays as it stands there."""
        form = self.form
        assert form is not None, "no form is open"
        unknown = set(values) - set(form.controls)
        assert not unknown, f"the form has no {unknown}, but {set(form.controls)}"
        fields = [_filled(control, values.get(name)) for name, control in form.controls.items()]
        data = {
            "custom_id": form.body["custom_id"],
            "components": [{"type": 18, "component": field} for field in fields],
        }
        self.form = None
        return await self.does(kinds.SUBMIT, data, on=form.message)

    async def does(self, kind: int, data: Json, on: Message | None = None) -> str:
        """Do something, and wait until there is an answer to read or a form to fill in."""
        interaction = await self.sends(kind, data, on)
        await self.waits_for(interaction.written, interaction)
        body = interaction.answers[0]
        if body["type"] == kinds.MODAL:
            self.form, self.answer = Form(body["data"], on), None
            return ""
        self.answer = interaction.message
        return text_of(interaction.message) if interaction.message is not None else ""

    async def sends(self, kind: int, data: Json, on: Message | None = None) -> Interaction:
        """Let Discord deliver what they did, and wait for nothing."""
        direct = self._discord.world.direct.get(self.user.id)
        if self._attached:
            data = {**data, "resolved": {"attachments": self._attached}}
            self._attached = {}
        private = on is not None and direct is not None and on.channel == direct.id
        place = direct if private and direct else self.place
        interaction = self.last = self._discord.interactions.open(kind, self.user.id, place)
        interaction.source = on
        interaction.payload = self._payload(interaction, data, on, private=private)
        await self._deliver(interaction, private=private)
        return interaction

    async def sends_again(self) -> None:
        """Let Discord deliver the last thing once more, as it may."""
        assert self.last is not None
        await self._deliver(self.last, private="guild_id" not in self.last.payload)

    async def _deliver(self, interaction: Interaction, *, private: bool) -> None:
        session = self._discord.gateway.session(None if private else self.guild.id)
        await session.dispatch("INTERACTION_CREATE", interaction.payload)

    async def waits_for(self, event: asyncio.Event, interaction: Interaction) -> None:
        """Wait, but not for ever."""

        def seen() -> str:
            received = f"{interaction.payload['data']} got {interaction.answers}; problems: {self._discord.problems}"
            return f"{self.user.name} waited {self.patience} s: {received}"

        await soon(event.wait(), self.patience, seen)

    def _payload(self, interaction: Interaction, data: Json, on: Message | None, *, private: bool) -> Json:
        world = self._discord.world
        payload: Json = {
            "id": interaction.id,
            "application_id": world.bot.id,
            "type": interaction.kind,
            "token": interaction.token,
        }
        payload |= {
            "version": 1,
            "channel_id": interaction.channel.id,
            "locale": self.language,
            "entitlements": [],
            "data": data,
        }
        payload |= {
            "channel": {
                "id": interaction.channel.id,
                "type": interaction.channel.kind,
                "name": interaction.channel.name,
            }
        }
        payload |= {"attachment_size_limit": 10485760, "app_permissions": str(EVERYONE)}
        if on is not None:
            payload["message"] = on.as_json()
        if private:
            return {**payload, "user": self.user.as_json(), "context": 1, "authorizing_integration_owners": {"0": "0"}}
        guild, place = self.guild, interaction.channel
        member = guild.member(self.user.id, permissions=guild.allowed(self.user.id, place))
        payload |= {"app_permissions": str(guild.allowed(world.bot.id, place)), "context": 0}
        payload |= {"guild": {"id": guild.id, "locale": "en-US", "features": []}, "guild_locale": "en-US"}
        return {**payload, "guild_id": guild.id, "member": member, "authorizing_integration_owners": {"0": guild.id}}

    def _command(self, line: str, values: dict[str, Any], typing: str | None = None) -> Json:
        """Write a command as Discord's own input line does, from what the bot registered."""
        words = line.removeprefix("/").split()
        registered = [command for command in self._discord.api.commands if command["name"] == words[0]]
        assert registered, f"no command /{words[0]} is registered"
        bits = registered[0]["default_member_permissions"]
        assert not bits or int(bits) & self.guild.allowed(self.user.id), f"/{words[0]} is not shown to {self.user.name}"
        node, path = registered[0], []
        for word in words[1:]:
            inner = [
                option for option in node.get("options") or () if option["name"] == word and option["type"] in (1, 2)
            ]
            assert inner, f"/{line} is not registered; /{node['name']} has {[o['name'] for o in node['options']]}"
            node = inner[0]
            path.append(node)
        options = _options(node, values, typing)
        for step in reversed(path):
            options = [{"type": step["type"], "name": step["name"], "options": options}]
        return {"id": registered[0]["id"], "name": words[0], "type": 1, "options": options, "guild_id": self.guild.id}


def _options(node: Json, values: dict[str, Any], typing: str | None) -> list[Json]:
    options = {option["name"]: option for option in node.get("options") or ()}
    assert not set(values) - set(options), f"there is no {set(values) - set(options)}, but {set(options)}"
    missing = [name for name, option in options.items() if option.get("required") and name not in values]
    assert not missing or typing, f"{missing} must be given"
    return [_option(options[name], value, focused=name == typing) for name, value in values.items()]


def _option(option: Json, value: Any, *, focused: bool) -> Json:
    entry = {"type": option["type"], "name": option["name"], "value": value}
    if focused:
        assert option.get("autocomplete"), f"{option['name']} offers nothing"
        return {**entry, "focused": True}
    fits = {_WORDS: str, _WHOLE: int, _YES_NO: bool, _CHANNEL: str, _FILE: str}[option["type"]]
    assert type(value) is fits, f"{option['name']} takes {fits.__name__}, not {value!r}"
    choices = [choice["value"] for choice in option.get("choices") or ()]
    assert not choices or value in choices, f"{option['name']} offers {choices}, not {value!r}"
    return entry


def _filled(control: Json, value: str | None) -> Json:
    """Fill a control in, as far as Discord lets anybody."""
    name, kind = control["custom_id"], control["type"]
    component = {"type": kind, "custom_id": name}
    if kind == 4:
        written = control.get("value", "") if value is None else value
        assert written or not control.get("required", True), f"{name} must be filled in"
        assert len(written) <= control.get("max_length", 4000), f"{name} takes {control['max_length']} characters"
        return {**component, "value": written}
    chosen = [value] if value else [option["value"] for option in control.get("options") or () if option.get("default")]
    chosen = chosen or [default["id"] for default in control.get("default_values") or ()]
    offered = [option["value"] for option in control.get("options") or ()]
    assert kind in {8, 19} or set(chosen) <= set(offered), f"{name} offers {offered}, not {chosen}"
    assert chosen or not control.get("required", True), f"{name} must be chosen"
    return {**component, "value": chosen[0] if chosen else None} if kind == 21 else {**component, "values": chosen}


def private(message: Message | None) -> bool:
    """Tell whether a message is for one person only."""
    return message is not None and message.only is not None and not message.body.get("flags", 0) & ~(PRIVATE | 1 << 15)
