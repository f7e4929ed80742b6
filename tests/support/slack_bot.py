"""The bot itself, running against the loopback Slack: the real platform over real sockets, with the test's clock."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
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
from bot.engine.pace import UNLIMITED, Rates
from bot.engine.registry import Registry
from tests.support.ports import free_port
from tests.support.slack import APP_TOKEN, BOT_TOKEN, SECRET, App, Channel, Person, Slack, open_slack
from tests.support.store import NOW, RING, begin_from_template, url_of
from tests.support.unhurried import unhurried

unhurried()


@dataclass
class World:
    """A Slack workspace with the bot in it, at a time that the test moves."""

    slack: Slack
    clock: ManualClock
    folder: Path
    settings: Settings
    digest: Channel
    owner: Person
    product: Registry | None = None
    """What the bot can do, if not Hello Circle."""
    rates: Rates = UNLIMITED
    """How fast members may go."""
    messengers: dict[str, Messenger] = field(default_factory=dict[str, Messenger])
    circle: Circle = field(init=False)
    platform: SlackPlatform = field(init=False)
    ended: "asyncio.Task[None]" = field(init=False)

    async def set_up(self) -> None:
        """Set the community up, as its organiser does."""
        await self.owner.types("/hello community setup channel:#digest zone:Toronto language:en guide:no")

    async def tick(self) -> None:
        """Do what is due now."""
        await self.circle.rounds.tick()

    async def move(self, to: datetime) -> None:
        """Move the clock; everything due on the way is done, in order."""
        last_due = None
        while (due := await self.circle.rounds.next_due()) is not None and due <= to and due != last_due:
            self.clock.move(due)
            await self.tick()
            last_due = due
        self.clock.move(to)

    async def later(self, **by: float) -> None:
        """Let time pass."""
        await self.move(self.clock.now() + timedelta(**by))


def settings_for(slack: Slack, folder: Path, **more: Any) -> Settings:
    """Point the bot at the loopback Slack."""
    overrides: Mapping[str, Any] = {
        "database_url": url_of(folder),
        "encryption_keys": RING,
        "slack_bot_token": BOT_TOKEN,
        "slack_app_token": APP_TOKEN,
        "slack_api_url": slack.api_url,
        **more,
    }
    return load_settings(_env_file=None, **overrides)


@asynccontextmanager
async def open_world(
    folder: Path, *, http: bool = False, optional: bool = True, set_up: bool = True, product: Registry | None = None
) -> AsyncGenerator[World]:
    """Open a workspace, install the app from its manifest, and start the bot in it."""
    opening = a_workspace(folder, ManualClock(NOW), http=http, optional=optional, product=product)
    async with opening as world, running(world):
        if set_up:
            await world.set_up()
        yield world


@asynccontextmanager
async def a_workspace(
    folder: Path,
    clock: ManualClock,
    *,
    http: bool = False,
    optional: bool = True,
    product: Registry | None = None,
) -> AsyncGenerator[World]:
    """Open a workspace with the app installed from its manifest; the bot does not run yet."""
    app = App.of_manifest(manifest(product or hello_circle()), optional=optional)
    async with open_slack(app, clock) as slack:
        owner = slack.person("owner", owner=True)
        digest = slack.channel("digest")
        more = {"slack_http_port": free_port(), "slack_signing_secret": SECRET} if http else {}
        yield World(slack, clock, folder, settings_for(slack, folder, **more), digest, owner, product)


@asynccontextmanager
async def running(world: World) -> AsyncGenerator[World]:
    """Run the bot; doing it again is a restart."""
    begin_from_template(world.folder, RING)
    opening = open_circle(url_of(world.folder), RING, world.clock, world.messengers, world.rates, world.product)
    async with opening as circle, beside(world, circle):
        yield world


@asynccontextmanager
async def beside(world: World, circle: Circle, sockets: int = 2) -> AsyncGenerator[World]:
    """Run Slack on a circle that runs already, and wait for its sockets."""
    world.circle, world.platform = circle, SlackPlatform(world.settings, world.clock)
    up = asyncio.Event()
    world.ended = asyncio.get_running_loop().create_task(world.platform.run(circle, up.set))
    waiting = asyncio.get_running_loop().create_task(up.wait())
    await asyncio.wait({waiting, world.ended}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if world.ended.done():
        world.ended.result()
    world.messengers["slack"] = world.platform.messenger
    await _reachable(world, sockets)
    try:
        yield world
    finally:
        if not world.ended.done():
            await world.platform.stop()
        with suppress(Exception):
            await world.ended


async def _reachable(world: World, sockets: int) -> None:
    if world.settings.slack_http_port is None:
        await world.slack.connected(sockets=sockets)
    else:
        door = world.slack.uses_http(f"http://127.0.0.1:{world.settings.slack_http_port}/slack/events")
        door.time_of = world.slack.workspace.now
