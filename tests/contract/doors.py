"""The doors to the bot, all opened the same way; a platform that is added becomes one more door here."""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from adapters.console.session import Session
from bot.engine.clock import ManualClock
from bot.engine.command import AnyCommand
from bot.engine.form import Form
from bot.engine.invocation import CalledCommand
from bot.engine.rule import Kind
from bot.ui.languages import spoken
from bot.ui.plain import plain
from bot.ui.reply import Image, Reply
from bot.ui.text import t
from bot.ui.voice import say
from tests.support.simulated import Said, Simulated, simulated
from tests.support.slack import Person, Screen
from tests.support.slack_bot import World, open_world
from tests.support.store import NOW, RING, begin_from_template, url_of

CHANNEL = "#the-digest-channel"
"""How a channel is written here, whatever its id is on a platform."""


CHANGE = "Change what I typed"
AGAIN = {say(t(CHANGE), language) for language in spoken()}
"""The button that opens the form again; the console asks again by itself."""


@dataclass(frozen=True)
class Heard:
    """What came back through a door, without the platform's clothes."""

    text: str = ""
    buttons: tuple[str, ...] = ()
    private: bool = True
    form: tuple[str, tuple[str, ...]] | None = None
    """The title of a form that opened, and the values it asks for."""
    again: bool = field(default=False, compare=False)
    """Whether what was typed can be changed."""


class Door(Protocol):
    """A platform, as the contract sees it."""

    name: str

    async def type(self, who: str, command: AnyCommand, values: Mapping[str, str]) -> Heard:
        """Type a command with raw values."""
        ...

    async def press(self, who: str, label: str) -> Heard:
        """Press a button of what this person heard last."""
        ...

    async def fill(self, who: str, values: Mapping[str, str]) -> Heard:
        """Send the form this person has open."""
        ...

    def beside(self, who: str, name: str) -> str:
        """Read what stands in and beside a question of the open form."""
        ...


class ConsoleDoor:
    """The console."""

    name = "console"

    def __init__(self, session: Session) -> None:
        self._session = session

    async def type(self, who: str, command: AnyCommand, values: Mapping[str, str]) -> Heard:
        typed_values = {name: "digest" if value == CHANNEL else value for name, value in values.items()}
        return self._heard(await self._session.ask(who.lower(), CalledCommand(command.name, typed_values)))

    async def press(self, who: str, label: str) -> Heard:
        if label == CHANGE:  # the prompt asks again by itself
            return self._opened(self._session.screen.forms[who.lower()], "en")
        return self._heard(await self._session.press(who.lower(), label))

    async def fill(self, who: str, values: Mapping[str, str]) -> Heard:
        typed_values = {name: "digest" if value == CHANNEL else value for name, value in values.items()}
        return self._heard(await self._session.fill(who.lower(), typed_values))

    def beside(self, who: str, name: str) -> str:
        field = next(shown for shown in self._session.screen.forms[who.lower()].fields if shown.name == name)
        return f"{field.typed} {' '.join(say(remark, 'en') for remark in field.remarks(picked=False, shown=True))}"

    @staticmethod
    def _heard(seen: Any) -> Heard:
        form = seen.form
        if form is not None and not seen.reply.parts:
            return ConsoleDoor._opened(form, seen.language)
        parts = tuple(part for part in seen.reply.parts if not isinstance(part, Image))
        text = plain(Reply(parts), seen.language).replace("#digest", CHANNEL)
        labels = tuple(label for label, _ in seen.buttons)
        return Heard(_plain(text), labels, seen.visibility == "private", again=form is not None)

    @staticmethod
    def _opened(form: Form, language: str) -> Heard:
        return Heard(form=(say(form.title, language), tuple(field.name for field in form.fields)))


class DiscordDoor:
    """Discord, simulated."""

    name = "discord"

    def __init__(self, server: Simulated) -> None:
        self._server = server
        self._last: dict[str, Said] = {}

    async def type(self, who: str, command: AnyCommand, values: Mapping[str, str]) -> Heard:
        person = self._server.someone(who, organiser=who == "Organiser")
        rules = {param.name: param.rule for param in command.params}
        typed_values = {name: self._typed(rules[name], value) for name, value in values.items()}
        heard = self._heard(who, await self._server.type(person, command.name, **typed_values))
        await self._server.circle.rounds.tick()
        return heard

    async def press(self, who: str, label: str) -> Heard:
        return self._heard(who, await self._server.press(self._server.people[who], self._last[who], label))

    async def fill(self, who: str, values: Mapping[str, str]) -> Heard:
        form = self._last[who]
        typed_values = {name: self._filled(form.asked[name], value) for name, value in values.items()}
        return self._heard(
            who, await self._server.send(self._server.people[who], form, {**self._stood(form), **typed_values})
        )

    def beside(self, who: str, name: str) -> str:
        label = next(
            component for component in self._last[who].form["components"] if component["component"]["custom_id"] == name
        )
        return f"{label['component'].get('value', '')} {label.get('description', '')}"

    def _filled(self, control: Mapping[str, Any], value: str) -> Any:
        """Fill a control in as a person can: from its own options, or from Discord's people and channels."""
        match control["type"]:
            case 3 | 21:
                fit = [
                    option["value"]
                    for option in control["options"]
                    if value == option["value"] or value in option["label"]
                ]
                assert len(fit) == 1, f"{value!r} is not one of {control['options']}"
                return fit if control["type"] == 3 else fit[0]
            case 5:
                return [self._server.people[value]]
            case 8:
                return [self._server.digest]
            case _:
                return value

    def _stood(self, form: Said) -> dict[str, Any]:
        """Give what stands in a form already, which Discord sends with the rest."""
        stood: dict[str, Any] = {}
        for name, control in form.asked.items():
            chosen = [option["value"] for option in control.get("options", ()) if option.get("default")]
            if chosen:
                stood[name] = chosen if control["type"] == 3 else chosen[0]
            elif control.get("value"):
                stood[name] = control["value"]
            elif control.get("default_values") and control["type"] == 8:
                stood[name] = [self._server.digest]
        return stood

    def _typed(self, rule: Any, value: str) -> Any:
        match rule.kind:
            case Kind.YES_NO:
                return value == "yes"
            case Kind.NUMBER:
                return int(value)
            case Kind.CHANNEL:
                return self._server.digest
            case Kind.PERSON:
                return self._server.people[value]
            case _:
                return value

    def _heard(self, who: str, reply: Said) -> Heard:
        self._last[who] = reply
        if reply.result.modal is not None:
            return Heard(form=(reply.form["title"], tuple(reply.asked)))
        text = reply.text.replace(f"<#{self._server.digest.id}>", CHANNEL)
        labels = [label for label in reply.labels if label not in AGAIN]
        return Heard(_plain(text), tuple(labels), reply.private, again=len(labels) < len(reply.labels))


BESIDE = re.compile(r"The files? (?:is|are) in our private messages\.")
"""What only Slack says: elsewhere the file is in the answer itself."""


class SlackDoor:
    """Slack, over real sockets."""

    name = "slack"

    def __init__(self, world: World) -> None:
        self._world = world

    async def type(self, who: str, command: AnyCommand, values: Mapping[str, str]) -> Heard:
        person = self._world.slack.people.get(who) or self._world.slack.person(who, admin=who == "Organiser")
        if person.sees.modal is not None:
            await person.closes()
        before = len(person.sees.messages)
        kinds = {param.name: param.rule.kind for param in command.params}
        typed_values = (f"{name}:{self._typed(kinds[name], value)}" for name, value in values.items())
        seen = await person.types(" ".join((f"/hello {command.name}", *typed_values)))
        heard = self._heard(seen, before)
        await self._world.circle.rounds.tick()
        return heard

    @staticmethod
    def _typed(kind: Kind, value: str) -> str:
        """Write a value as a person types it: a name behind an @ is chosen from Slack's own list."""
        if kind is Kind.PERSON:
            return f"@{value}"
        return f'"{"#digest" if value == CHANNEL else value}"'

    async def press(self, who: str, label: str) -> Heard:
        person = self._world.slack.people[who]
        before = len(person.sees.messages)
        return self._heard(await person.presses(label), before)

    async def fill(self, who: str, values: Mapping[str, str]) -> Heard:
        person = self._world.slack.people[who]
        typed_values = {name: self._filled(person, name, value) for name, value in values.items()}
        return self._heard(await person.submits(typed_values), len(person.sees.messages))

    def beside(self, who: str, name: str) -> str:
        modal = self._world.slack.people[who].sees.modal
        assert modal is not None
        field = next(shown for shown in modal.fields if shown.name == name)
        return f"{field.value or ''} {field.hint} {field.error or ''}"

    @staticmethod
    def _filled(person: Person, name: str, value: str) -> Any:
        """Fill a field in as Slack's own pickers do."""
        assert person.sees.modal is not None
        kind = next(field.kind for field in person.sees.modal.fields if field.name == name)
        if kind == "datetimepicker":
            return datetime.fromisoformat(value).replace(tzinfo=ZoneInfo("America/Toronto")).timestamp()
        if kind == "file_input":
            return Path(value).name, Path(value).read_bytes()
        return "digest" if value == CHANNEL else value or None

    def _heard(self, seen: Screen, before: int) -> Heard:
        if seen.modal is not None and seen.modal.submit:
            wrong = any(field.error for field in seen.modal.fields)
            return Heard(form=(seen.modal.title, tuple(field.name for field in seen.modal.fields)), again=wrong)
        if seen.modal is not None:
            shown = [label for label in seen.modal.buttons if label not in AGAIN]
            text = _plain(self._words(seen.modal.text))
            return Heard(text, tuple(shown), again=len(shown) < len(seen.modal.buttons))
        answers = [message for message in seen.messages[before:] if not message.direct]
        lines = [line for message in answers for line in self._words(message.notification).splitlines()]
        labels = [label for message in answers for label in message.buttons if label not in AGAIN]
        text = "\n".join(line for line in lines if not line.startswith("Chart of "))
        again = any(label in AGAIN for message in answers for label in message.buttons)
        return Heard(_plain(text), tuple(labels), all(message.only_for_me for message in answers), again=again)

    def _words(self, text: str) -> str:
        """Write commands and the channel as they are written elsewhere, and leave out where a file is."""
        plain = BESIDE.sub("", text)
        plain = plain.replace("\u2060", "").replace(f"#{self._world.digest.id}", CHANNEL).replace("#digest", CHANNEL)
        return plain.replace("/hello ", "/")


def _plain(text: str) -> str:
    """Leave out how a platform sets its lines apart, and what is random."""
    same = re.sub(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", "CODE", text)
    return "\n".join(line for line in same.splitlines() if line.strip())


@asynccontextmanager
async def console(folder: Path) -> AsyncGenerator[Door]:
    """Open the console."""
    begin_from_template(folder, RING)
    async with Session(url_of(folder), RING, ManualClock(NOW)) as session:
        session.screen.profile("organiser").organiser = True
        yield ConsoleDoor(session)


@asynccontextmanager
async def discord(folder: Path) -> AsyncGenerator[Door]:
    """Open Discord."""
    async with simulated(folder) as server:
        yield DiscordDoor(server)


@asynccontextmanager
async def slack(folder: Path) -> AsyncGenerator[Door]:
    """Open Slack."""
    async with open_world(folder, set_up=False) as world:
        yield SlackDoor(world)


DOORS: dict[str, Any] = {"console": console, "discord": discord, "slack": slack}


def open_door(name: str, folder: Path) -> AbstractAsyncContextManager[Door]:
    """Open a door by its name."""
    folder.mkdir(parents=True, exist_ok=True)
    return DOORS[name](folder)
