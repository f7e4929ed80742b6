"""What breaks shows within two minutes on the page that tells whether the bot is ready, and only what broke."""

import resource
from pathlib import Path

from tests.live.doors import AUTHOR, ORGANISER
from tests.live.waiting import passes
from tests.support.slack import BOT_TOKEN
from tests.support.watched import watched

DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "rivers"}
SET_UP = {"channel": "#digest", "zone": "Toronto", "language": "en"}


async def test_a_disk_that_takes_nothing_more(tmp_path: Path) -> None:
    async with watched(tmp_path) as seen:
        await seen.on_slack.does(ORGANISER, "community setup", "Your community is ready", **SET_UP)
        number = seen.bot.process.pid
        before = resource.prlimit(number, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        checks = await seen.turns_red("database")
        assert checks["database"]["seen"] == "NotSaved"
        await seen.on_slack.does(AUTHOR, "lead add", "I could not save this.", **DANA)
        assert 'hello_circle_ready{check="database"} 0.0' in (await seen.page("metrics"))[1]
        resource.prlimit(number, resource.RLIMIT_FSIZE, before)
        await seen.turns_green()
        await seen.on_slack.does(AUTHOR, "lead add", "is on your list", **DANA)


async def test_sockets_that_are_dead_without_a_word(tmp_path: Path) -> None:
    async with watched(tmp_path) as seen:
        seen.slack.sockets.silent_from_start = 1000
        for socket in seen.slack.sockets.open:
            socket.silent = True
        checks = await seen.turns_red("slack")
        assert checks["slack"]["seen"] == "not connected"
        seen.slack.sockets.silent_from_start = 0
        await seen.turns_green()


async def test_a_token_that_slack_takes_back_without_a_word(tmp_path: Path) -> None:
    async with watched(tmp_path) as seen:
        seen.slack.tokens[BOT_TOKEN].ended = "token_revoked"
        await seen.turns_red("slack")
        await passes(5)
        checks = await seen.turns_red("slack")
        assert checks["slack"]["seen"] == "not connected, or stopped; the log says why"
        assert "Slack took the workspace away (token_revoked)" in seen.bot.said


async def test_a_token_that_discord_takes_back_without_a_word(tmp_path: Path) -> None:
    async with watched(tmp_path) as seen:
        seen.discord.token = "MTAwMA.another.token"
        await seen.turns_red("discord")
        await passes(7)
        await seen.turns_red("discord")
        assert "DISCORD_TOKEN is not right" in seen.bot.said
