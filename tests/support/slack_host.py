"""One bot for everybody, against a loopback Slack with several workspaces; the test moves the time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.platform import Circle
from adapters.runtime import hello_circle, open_circle
from adapters.slack.manifest import manifest
from adapters.slack.platform import SlackPlatform
from bot.config import Settings, load_settings
from bot.engine.clock import ManualClock
from bot.engine.messenger import Messenger
from bot.engine.pace import UNLIMITED
from tests.support.ports import free_port
from tests.support.slack import SECRET, App, Person, Slack
from tests.support.slack.cloud import CLIENT, CLIENT_SECRET, Browser, Cloud, open_cloud
from tests.support.store import NOW, RING, begin_from_template, url_of

ADDRESS = "https://circle.example.org"


@dataclass
class Host:
    """The bot of a host, and the workspaces around it."""

    cloud: Cloud
    clock: ManualClock
    folder: Path
    port: int
    circle: Circle = field(init=False)
    messengers: dict[str, Messenger] = field(default_factory=dict[str, Messenger])

    @property
    def address(self) -> str:
        """Where the bot is reached."""
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **more: Any) -> Settings:
        """The settings of a host."""
        values = {name.lower(): value for name, value in environment(self.cloud, self.port).items()}
        return load_settings(
            _env_file=None, **{"database_url": url_of(self.folder), "encryption_keys": RING, **values, **more}
        )

    def workspace(self, team: str, organisation: str | None = None) -> Slack:
        """Add a workspace, with the digest's channel; it delivers to the bot."""
        slack = self.cloud.workspace(team, organisation)
        slack.uses_http(f"{self.address}/slack/events")
        slack.channel("digest")
        return slack

    @asynccontextmanager
    async def browser(self) -> AsyncGenerator[Browser]:
        """Open a browser."""
        browser = Browser(self.cloud, self.address)
        try:
            yield browser
        finally:
            await browser.close()

    async def add(self, *teams: str, organisation: str | None = None, without: str = "") -> str:
        """Add the bot to a workspace, or to an organisation, in a browser of its own."""
        async with self.browser() as browser:
            return await browser.adds_to(*teams, organisation=organisation, without=without)

    async def later(self, **by: float) -> None:
        """Let time pass; everything due on the way is done, in order."""
        to, last_due = self.clock.now() + timedelta(**by), None
        while (due := await self.circle.rounds.next_due()) is not None and due <= to and due != last_due:
            self.clock.move(due)
            await self.circle.rounds.tick()
            last_due = due
        self.clock.move(to)

    async def until(self, moment: datetime) -> None:
        """Let time pass until a moment."""
        await self.later(seconds=(moment - self.clock.now()).total_seconds())


def environment(cloud: Cloud, port: int) -> dict[str, str]:
    """The settings by which a bot is for everybody, as they stand in `.env`."""
    return {
        "SLACK_CLIENT_ID": CLIENT,
        "SLACK_CLIENT_SECRET": CLIENT_SECRET,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_HTTP_PORT": str(port),
        "SLACK_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SLACK_PRIVACY_URL": "https://circle.example.org/privacy",
        "SLACK_API_URL": cloud.api_url,
    }


async def organiser_of(slack: Slack, name: str = "olga", **about: Any) -> Person:
    """Let an admin set the community of a workspace up."""
    person = slack.person(name, owner=True, **about)
    slack.workspace.channel_named("digest").members.add(person.id)
    await person.types("/hello community setup channel:#digest zone:Toronto language:en guide:no")
    return person


@asynccontextmanager
async def a_host(folder: Path) -> AsyncGenerator[Host]:
    """Open a Slack with no workspace yet; the bot does not run yet."""
    clock = ManualClock(NOW)
    app = App.of_manifest(manifest(hello_circle(), ADDRESS, for_everybody=True), optional=True)
    async with open_cloud(app, clock) as cloud:
        yield Host(cloud, clock, folder, free_port())


@asynccontextmanager
async def hosting(host: Host) -> AsyncGenerator[Host]:
    """Run the bot; doing it again is a restart."""
    begin_from_template(host.folder, RING)
    async with open_circle(url_of(host.folder), RING, host.clock, host.messengers, UNLIMITED) as circle:
        host.circle = circle
        platform, up = SlackPlatform(host.settings(), host.clock), asyncio.Event()
        ended = asyncio.get_running_loop().create_task(platform.run(circle, up.set))
        waiting = asyncio.get_running_loop().create_task(up.wait())
        await asyncio.wait({waiting, ended}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if ended.done():
            ended.result()
        host.messengers["slack"] = platform.messenger
        try:
            yield host
        finally:
            if not ended.done():
                await platform.stop()
            with suppress(Exception):
                await ended


@asynccontextmanager
async def open_host(folder: Path) -> AsyncGenerator[Host]:
    """Open a Slack and run the bot of a host."""
    async with a_host(folder) as host, hosting(host):
        yield host
