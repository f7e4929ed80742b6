"""The bot as it is run: a process of its own, the machine's own clock, and nothing of a test inside it.

Nothing here belongs to `make test`: it takes as long as real minutes take. `make live` runs it.
"""

from pathlib import Path

from adapters.slack.manifest import manifest
from bot.engine.clock import SystemClock
from bot.features import everything
from tests.live.doors import BUSY, OnDiscord, OnSlack
from tests.live.story import by_day, lives
from tests.support.discord.server import loopback
from tests.support.slack import App, open_slack


async def test_slack_by_its_sockets_and_discord_beside_it(tmp_path: Path) -> None:
    app = App.of_manifest(manifest(everything()))
    async with open_slack(app, SystemClock(), BUSY) as slack, loopback(SystemClock()) as discord:
        zone = by_day()
        await lives(tmp_path, zone, OnSlack(slack, zone), OnDiscord(discord))


async def test_slack_by_http(tmp_path: Path) -> None:
    async with open_slack(
        App.of_manifest(manifest(everything(), "https://circle.example.org")), SystemClock(), BUSY
    ) as slack:
        zone = by_day()
        await lives(tmp_path, zone, OnSlack(slack, zone, http=True))
