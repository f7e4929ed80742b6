"""The doors to the bot, all opened the same way; a platform that is added becomes one more door here."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from adapters.console.session import Session
from bot.core.clock import ManualClock
from bot.core.invocation import Called
from bot.core.registry import AnyCommand
from bot.core.rules import Kind, Number, YesNo
from bot.ui.languages import spoken
from bot.ui.plain import plain
from bot.ui.reply import Image, Reply
from bot.ui.text import t
from bot.ui.voice import say
from tests.support.simulated import Said, Simulated, simulated
from tests.support.store import NOW, RING, begin_from_template, url_of

CHANNEL = "#the-digest-channel"
"""How a channel is written here, whatever its id is on a platform."""


AGAIN = {say(t("Change what I typed"), language) for language in spoken()}
"""The button with which Discord asks again; other platforms ask in the form itself."""


@dataclass(frozen=True)
class Heard:
    """What came back through a door, without the platform's clothes."""

    text: str = ""
    buttons: tuple[str, ...] = ()
    private: bool = True
    form: tuple[str, tuple[str, ...]] | None = None
    """The title of a form that opened, and the values it asks for."""


class Door(Protocol):
    """A platform, as the contract sees it."""

    name: str

    async def type(self, who: str, made: AnyCommand, values: Mapping[str, str]) -> Heard:
        """Type a command with raw values."""
        ...

    async def press(self, who: str, label: str) -> Heard:
        """Press a button of what this person heard last."""
        ...

    async def fill(self, who: str, values: Mapping[str, str]) -> Heard:
        """Send the form this person has open."""
        ...


class ConsoleDoor:
    """The console."""

    name = "console"

    def __init__(self, session: Session) -> None:
        self._session = session

    async def type(self, who: str, made: AnyCommand, values: Mapping[str, str]) -> Heard:
        given = {name: "digest" if value == CHANNEL else value for name, value in values.items()}
        return self._heard(await self._session.ask(who.lower(), Called(made.name, given)))

    async def press(self, who: str, label: str) -> Heard:
        return self._heard(await self._session.press(who.lower(), label))

    async def fill(self, who: str, values: Mapping[str, str]) -> Heard:
        return self._heard(await self._session.fill(who.lower(), values))

    @staticmethod
    def _heard(seen: Any) -> Heard:
        form = seen.form
        if form is not None and not seen.reply.parts:
            return Heard(form=(say(form.title, seen.language), tuple(field.name for field in form.fields)))
        parts = tuple(part for part in seen.reply.parts if not isinstance(part, Image))
        text = plain(Reply(parts), seen.language).replace("#digest", CHANNEL)
        return Heard(_plain(text), tuple(label for label, _ in seen.buttons), seen.visibility == "private")


class DiscordDoor:
    """Discord, simulated."""

    name = "discord"

    def __init__(self, server: Simulated) -> None:
        self._server = server
        self._last: dict[str, Said] = {}

    async def type(self, who: str, made: AnyCommand, values: Mapping[str, str]) -> Heard:
        person = self._server.someone(who, organiser=who == "Organiser")
        rules = {param.name: param.rule for param in made.params}
        given = {name: self._typed(rules[name], value) for name, value in values.items()}
        heard = self._heard(who, await self._server.type(person, made.name, **given))
        await self._server.circle.rounds.tick()
        return heard

    async def press(self, who: str, label: str) -> Heard:
        return self._heard(who, await self._server.press(self._server.people[who], self._last[who], label))

    async def fill(self, who: str, values: Mapping[str, str]) -> Heard:
        form = self._last[who]
        given = {name: [value] if form.asked[name]["type"] == 3 else value for name, value in values.items()}
        return self._heard(who, await self._server.send(self._server.people[who], form, given))

    def _typed(self, rule: Any, value: str) -> Any:
        match rule:
            case YesNo():
                return value == "yes"
            case Number():
                return int(value)
            case _ if rule.kind is Kind.CHANNEL:
                return self._server.digest
            case _:
                return value

    def _heard(self, who: str, said: Said) -> Heard:
        self._last[who] = said
        if said.result.modal is not None:
            return Heard(form=(said.form["title"], tuple(said.asked)))
        text = said.text.replace(f"<#{self._server.digest.id}>", CHANNEL)
        labels = [label for label in said.labels if label not in AGAIN]
        return Heard(_plain(text), tuple(labels), said.private)


def _plain(text: str) -> str:
    """Leave out how a platform sets its lines apart."""
    return "\n".join(line for line in text.splitlines() if line.strip())


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


DOORS: dict[str, Any] = {"console": console, "discord": discord}


def open_door(name: str, folder: Path) -> AbstractAsyncContextManager[Door]:
    """Open a door by its name."""
    folder.mkdir(parents=True, exist_ok=True)
    return DOORS[name](folder)
