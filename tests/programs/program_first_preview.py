"""From nothing to the first digest preview and a healthy doctor, with no file edited by hand; the questions are counted."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.live.doors import ORGANISER, OnDiscord, OnSlack
from tests.operators.places import Places, places
from tests.support.discord.server import TOKEN
from tests.support.slack import APP_TOKEN, BOT_TOKEN
from tests.support.terminal import CTRL_C, Terminal, terminal

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "operators" / "install.md").read_text(encoding="utf-8")
TORONTO = ZoneInfo("America/Toronto")
DISCORD = (("Folder for the data:", ""), ("you have a copy", ""), ("Number:", "1"), ("Discord bot token:", TOKEN))
SLACK = (
    ("Folder for the data:", ""),
    ("you have a copy", ""),
    ("Number:", "2"),
    ("Slack bot token", BOT_TOKEN),
    ("Slack app-level token", APP_TOKEN),
)
LAST = ("Folder for the backups:", "")


async def answers(there: Places, *questions: tuple[str, str]) -> int:
    """Answer what set-up asks; gives how many questions that were."""
    async with terminal(there.folder, "setup", surroundings=there.surroundings) as screen:
        for question, answer in (*questions, LAST):
            await screen.sees(question)
            screen.types(answer)
        await screen.sees("What is set up", "What now")
        assert await screen.ends() == 0
    return len(questions) + 1


def running(there: Places) -> dict[str, str]:
    """Give what the bot and doctor of a test both find in their environment."""
    return {**there.surroundings, "HEALTH_PORT": str(there.health_port)}


async def looked(there: Places, *arguments: str) -> tuple[int, list[str]]:
    """Ask doctor; gives how it ended, and its lines."""
    async with terminal(there.folder, "doctor", *arguments, surroundings=running(there)) as screen:
        code = await screen.ends()
        return code, screen.seen.splitlines()


def told(platform: str) -> int:
    """Read in the page how many questions set-up asks for a platform."""
    row = re.search(rf"\| {platform} \| (\d+) \|", PAGE)
    assert row is not None
    return int(row[1])


async def test_discord_from_nothing_to_the_preview(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        door = OnDiscord(there.discord)
        assert await answers(there, *DISCORD) == told("Discord")
        async with terminal(tmp_path, "run", surroundings=running(there)) as bot:
            await door.ready()
            where = {"channel": "#digest", "zone": TORONTO.key, "language": "en"}
            await door.does(ORGANISER, "community setup", "Your community is ready", **where)
            await door.does(ORGANISER, "community digest preview", "The week of")
            # Discord's library waits two seconds for more servers before it says that it is ready.
            await bot.sees("platform ready")
            await is_healthy(there, bot)


async def test_slack_from_nothing_to_the_preview(tmp_path: Path) -> None:
    async with places(tmp_path, optional=True) as there:
        door = OnSlack(there.slack, TORONTO)
        assert await answers(there, *SLACK) == told("Slack")
        asked = len(there.slack.called("auth.test"))
        async with terminal(tmp_path, "run", surroundings=running(there)) as bot:
            door.asked = asked
            await door.ready()
            where = {"channel": "#digest", "zone": TORONTO.key, "language": "en"}
            await door.does(ORGANISER, "community setup", "Your community is ready", **where)
            await door.does(ORGANISER, "community digest preview", "The week of")
            await is_healthy(there, bot)


async def is_healthy(there: Places, bot: Terminal) -> None:
    """See that doctor finds everything well once the first backup was made and tried, in one screen."""
    await bot.sees("backup made", "drill")
    code, lines = await looked(there)
    assert (code, lines[-1]) == (0, "Everything is well."), "\n".join(lines)
    assert len(lines) <= 24
    assert [line for line in lines if len(line) > 80] == []
    assert await bot.stops(CTRL_C) == 0


@pytest.mark.parametrize("platform", ["Discord", "Slack", "Both"])
def test_the_page_says_how_many_questions_there_are(platform: str) -> None:
    assert 4 < told(platform) < 9
