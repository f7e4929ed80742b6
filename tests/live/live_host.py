"""One bot for everybody, as it is run: a process of its own, the machine's own clock, two workspaces and a kill."""

from contextlib import suppress
from pathlib import Path

import aiohttp

from adapters.slack.manifest import manifest
from bot.engine.clock import SystemClock
from bot.features import everything
from tests.live.doors import BUSY
from tests.live.story import by_day
from tests.live.waiting import until
from tests.support.ports import free_port
from tests.support.process import started
from tests.support.slack import App, Slack
from tests.support.slack.cloud import Browser, Cloud, open_cloud
from tests.support.slack_host import ADDRESS, environment

SOON = 7_210
"""Seconds that a token lives: the two hours before its end in which it is renewed, and a few to begin with."""


async def listens(browser: Browser) -> bool:
    with suppress(aiohttp.ClientError):
        return (await browser.opens("/slack/install"))[0] == 200
    return False


def workspace(cloud: Cloud, team: str, port: int) -> Slack:
    slack = cloud.workspace(team)
    slack.ack_within = BUSY
    slack.uses_http(f"http://127.0.0.1:{port}/slack/events")
    slack.channel("digest")
    return slack


async def added(browser: Browser, slack: Slack, zone: str) -> None:
    assert "Hello Circle is in your workspace" in await browser.adds_to(slack.workspace.team)
    olga = slack.person("olga", owner=True, tz=zone)
    slack.workspace.channel_named("digest").members.add(olga.id)
    await olga.types(f"/hello community setup channel:#digest zone:{zone} language:en guide:no")
    await olga.until("Your community is ready")


async def test_it_is_added_twice_renewed_killed_and_taken_out_once(tmp_path: Path) -> None:
    app, port, zone = App.of_manifest(manifest(everything(), ADDRESS, for_everybody=True)), free_port(), by_day().key
    async with open_cloud(app, SystemClock(), SOON) as cloud:
        browser = Browser(cloud, f"http://127.0.0.1:{port}")
        first, second = workspace(cloud, "T1", port), workspace(cloud, "T2", port)
        settings = environment(cloud, port)
        async with started(tmp_path, settings) as bot:
            await until("the bot listens", lambda: listens(browser))
            for slack in (first, second):
                await added(browser, slack, zone)
            amina = first.person("amina")
            await amina.types("/lead add name:Dana organisation:Nordik why:Sensors")
            await amina.until("is on your list")
            (old,) = cloud.tokens_of("T1")

            async def renewed() -> bool:
                await amina.types("/lead list")
                return cloud.tokens_of("T1")[-1] != old

            await until("the first token is renewed", renewed)
            bot.process.kill()
            await bot.process.wait()
        async with started(tmp_path, settings) as bot:
            await until("the bot listens again", lambda: listens(browser))
            await amina.types("/lead list")
            await amina.until("1 person on your list")
            cloud.ends("T2", "account_inactive")
            await second.tells_of_the_end()
            zoe = second.person("zoe")

            async def gone() -> bool:
                await zoe.types("/lead list")
                return "I am not in this workspace" in zoe.sees.text

            await until("the second workspace is left", gone)
            await amina.types("/lead list")
            assert "xox" not in bot.said
        await browser.close()
