"""Slack and Discord in one process, on one database; Amina is in both."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.simulated import Said, Simulated, drawn, simulated
from tests.support.slack import Person
from tests.support.slack.screen import Screen
from tests.support.slack_bot import World, a_workspace, beside


@dataclass
class Both:
    """A Slack workspace and a Discord server with the same bot in them."""

    slack: World
    discord: Simulated

    def slacker(self, name: str = "amina") -> Person:
        """Find or add a person of the workspace."""
        return self.slack.slack.people.get(name) or self.slack.slack.person(name)

    async def move(self, to: datetime) -> None:
        """Let time go on in both."""
        await self.discord.move(to)

    async def later(self, **by: float) -> None:
        """Let time pass in both; what waits to be sent is sent."""
        await self.discord.circle.rounds.tick()
        await self.move(self.discord.clock.now() + timedelta(**by))

    async def in_slack(self, line: str, who: str = "amina") -> str:
        """Type a line in Slack, and give what is answered."""
        seen = await self.slacker(who).types(line)
        return seen.last.text

    async def in_discord(self, command: str, /, who: str = "Amina", **values: Any) -> Said:
        """Type a command in Discord."""
        return await self.discord.type(self.discord.someone(who), command, **values)

    async def slack_code(self, who: str = "amina") -> str:
        """Ask for a code in Slack."""
        seen = await self.slacker(who).types("/hello me link")
        assert seen.last.only_for_me
        return seen.last.text.split("/me link code:")[1][:9]

    async def discord_code(self, who: str = "Amina") -> str:
        """Ask for a code in Discord."""
        answer = await self.in_discord("me link", who=who)
        assert answer.private
        return answer.text.split("me link code:")[1][:9]

    async def link_home_in_slack(self, who: str = "Amina") -> Screen:
        """Link Amina's list in Slack with somebody in Discord, and say yes in Slack; gives what she sees then."""
        await self.in_discord("me link", who=who, code=await self.slack_code())
        amina = self.slacker("amina")
        await amina.types("/hello me link")
        return await amina.presses("Yes, it is me")

    async def link_home_in_discord(self) -> Said:
        """Link Amina's list in Discord with herself in Slack, and say yes in Discord."""
        await self.in_slack(f"/hello me link code:{await self.discord_code()}")
        asked = await self.in_discord("me link")
        return await self.discord.press(self.discord.someone("Amina"), asked, "Yes, it is me")

    def letters_in_slack(self, who: str = "amina") -> list[str]:
        """Give the private messages somebody got in Slack."""
        return [message.text for message in self.slacker(who).sees.messages if message.direct]

    def letters_in_discord(self, who: str = "Amina") -> list[str]:
        """Give the private messages somebody got in Discord."""
        letters = self.discord.letters(self.discord.someone(who))
        return [drawn([component.to_dict() for component in letter.components]) for letter in letters]


@asynccontextmanager
async def on_both(folder: Path) -> AsyncGenerator[Both]:
    """Open both, each set up by its organiser, with Amina in each."""
    async with simulated(folder) as discord, a_workspace(folder, discord.clock) as world:
        world.messengers = discord.messengers
        async with beside(world, discord.circle):
            await world.set_up()
            await discord.set_up()
            world.slack.person("amina")
            yield Both(world, discord)
