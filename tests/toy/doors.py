"""The doors to the garden: those of the contract, with what comes by itself, suggestions and a restart."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from adapters.console.session import Session
from bot.engine.clock import ManualClock
from tests.contract.doors import CHANGE, CHANNEL, ConsoleDoor, DiscordDoor, Door, Heard, SlackDoor
from tests.support.simulated import Said, Simulated, drawn, simulated
from tests.support.slack_bot import World, a_workspace, running
from tests.support.store import NOW, RING, url_of
from tests.toy import garden
from tests.toy.beginning import begin

LIST = "plant list"


class Garden(Door, Protocol):
    """A platform with the garden on it."""

    async def suggested(self, who: str, typed: str) -> list[str]:
        """Give the plants that are offered to somebody who has typed this much."""
        ...

    async def move(self, to: datetime) -> None:
        """Let time go on."""
        ...

    async def restart(self) -> None:
        """Stop the bot, and start it again."""
        ...

    def posted(self) -> list[str]:
        """Give what stands in the channel."""
        ...

    def letters(self, who: str) -> list[str]:
        """Give the private messages that came to somebody by themselves."""
        ...

    async def press_letter(self, who: str, label: str) -> str:
        """Press a button of the newest private message; gives what is said then."""
        ...


class ConsoleGarden(ConsoleDoor):
    """The console."""

    async def suggested(self, who: str, typed: str) -> list[str]:
        seen = await self._session.suggest(who.lower(), LIST, "plant", typed)
        return list(seen.suggestions)

    async def move(self, to: datetime) -> None:
        await self._session.move(to)

    async def restart(self) -> None:
        await self._session.restart()

    def posted(self) -> list[str]:
        return self._unasked("#digest")

    def letters(self, who: str) -> list[str]:
        return self._unasked(f"@{who.lower()}")

    async def press_letter(self, who: str, label: str) -> str:
        return (await self.press(who, label)).text

    def _unasked(self, to: str) -> list[str]:
        return [seen.text for seen in self._session.screen.seen if seen.to == to and not seen.command]


class DiscordGarden(DiscordDoor):
    """Discord."""

    def __init__(self, server: Simulated) -> None:
        super().__init__(server)
        self._seen: list[Said] = []

    async def suggested(self, who: str, typed: str) -> list[str]:
        person = self._server.someone(who)
        return [choice["name"] for choice in await person.autocomplete(self._server.general, LIST, "plant", typed)]

    async def move(self, to: datetime) -> None:
        await self._server.move(to)

    async def restart(self) -> None:
        await self._server.restart()
        await self._server.circle.rounds.tick()

    def posted(self) -> list[str]:
        return self._words(self._server.posted())

    def letters(self, who: str) -> list[str]:
        return self._words(self._server.letters(self._server.people[who]))

    async def press(self, who: str, label: str) -> Heard:
        """Press it where it was seen last; an answer does not take the buttons before it away."""
        seen = (answer for answer in reversed(self._seen) if answer.result.response and label in answer.labels)
        return self._heard(who, await self._server.press(self._server.people[who], next(seen), label))

    async def press_letter(self, who: str, label: str) -> str:
        person = self._server.people[who]
        return (await self._server.press(person.user, self._server.letters(person)[-1], label)).text

    def _heard(self, who: str, answer: Said) -> Heard:
        self._seen.append(answer)
        return super()._heard(who, answer)

    @staticmethod
    def _words(messages: list[Any]) -> list[str]:
        return [drawn([component.to_dict() for component in message.components]) for message in messages]


class SlackGarden(SlackDoor):
    """Slack."""

    def __init__(self, world: World, run: AsyncExitStack) -> None:
        super().__init__(world)
        self._run = run

    async def suggested(self, who: str, typed: str) -> list[str]:
        """Slack offers in the window that asks, so a plant is first named wrong."""
        person = self._world.slack.people[who]
        await person.types(f"/hello {LIST} plant:zebra")
        await person.presses(CHANGE)
        offered = await person.looks_up("plant", typed)
        await person.closes()
        return [choice["text"]["text"] for choice in offered]

    async def move(self, to: datetime) -> None:
        await self._world.move(to)

    async def restart(self) -> None:
        await self._run.aclose()
        await self._run.enter_async_context(running(self._world))
        await self._world.tick()

    def posted(self) -> list[str]:
        return [message.text for message in self._world.owner.sees.messages if message.where == "digest"]

    def letters(self, who: str) -> list[str]:
        return [message.text for message in self._world.slack.people[who].sees.messages if message.direct]

    async def press_letter(self, who: str, label: str) -> str:
        return (await self._world.slack.people[who].presses(label)).last.text


@asynccontextmanager
async def console(folder: Path) -> AsyncGenerator[Garden]:
    async with Session(url_of(folder), RING, ManualClock(NOW), garden()) as session:
        session.screen.profile("organiser").organiser = True
        yield ConsoleGarden(session)


@asynccontextmanager
async def discord(folder: Path) -> AsyncGenerator[Garden]:
    async with simulated(folder, product=garden()) as server:
        yield DiscordGarden(server)


@asynccontextmanager
async def slack(folder: Path) -> AsyncGenerator[Garden]:
    opening = a_workspace(folder, ManualClock(NOW), product=garden())
    async with opening as world, AsyncExitStack() as run:
        await run.enter_async_context(running(world))
        yield SlackGarden(world, run)


DOORS: dict[str, Any] = {"console": console, "discord": discord, "slack": slack}


@asynccontextmanager
async def open_garden(name: str, folder: Path) -> AsyncGenerator[Garden]:
    """Open a door by its name; the organiser has opened the garden."""
    begin(folder)
    opening: AbstractAsyncContextManager[Garden] = DOORS[name](folder)
    command = garden().need("garden open")
    async with opening as door:
        await door.type("Organiser", command, {"channel": CHANNEL, "zone": "America/Toronto"})
        yield door
