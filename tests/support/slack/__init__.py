"""A Slack of our own for tests, over real sockets on 127.0.0.1; it enforces what Slack enforces.

    async with open_slack(App.of_manifest(manifest)) as slack:
        # point the bot at slack.api_url with BOT_TOKEN and APP_TOKEN, start it, then
        await slack.connected(sockets=2)
        amina = slack.person("amina", locale="fr-FR")
        await amina.types("/hello lead add")
        await amina.submits(name="Dana", organisation="Nordik", why="She built it.")
        assert "Dana" in amina.sees

An unknown method, argument or field fails the test when the block ends. What Slack itself would refuse it refuses in
Slack's words. Trigger and response_url expiry go by `slack.workspace.clock`, which only `slack.workspace.move` moves.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.engine.clock import Clock
from tests.support.slack.app import App, Shortcut
from tests.support.slack.blocks.words import pings
from tests.support.slack.delivery import Ack, Delivery
from tests.support.slack.faults import Fault
from tests.support.slack.http import HttpDoor
from tests.support.slack.person import Person
from tests.support.slack.screen import Page, Screen, Seen
from tests.support.slack.server import APP_TOKEN, BOT_TOKEN, PATIENCE, SECRET, Slack
from tests.support.slack.workspace import BOT_USER, TEAM, Channel


@asynccontextmanager
async def open_slack(
    app: App | None = None, clock: Clock | None = None, patience: float = PATIENCE
) -> AsyncIterator[Slack]:
    """Open a Slack with one workspace in which the app is installed; at the end, fail for anything unknown."""
    slack = Slack(clock, app, patience)
    await slack.start()
    try:
        yield slack
    finally:
        await slack.stop()
    slack.check()


__all__ = [
    "APP_TOKEN", "BOT_TOKEN", "BOT_USER", "SECRET", "TEAM", "Ack", "App", "Channel", "Delivery", "Fault", "HttpDoor",
    "Page", "Person", "Screen", "Seen", "Shortcut", "Slack", "open_slack", "pings",
]  # fmt: skip
