"""A bot that is started while its server is away, as after a cut of power that took both machines."""

import signal
from pathlib import Path

import aiohttp
import pytest

from adapters.slack.manifest import manifest
from bot.engine.clock import SystemClock
from bot.features import everything
from tests.live.doors import BUSY
from tests.live.waiting import until
from tests.support import postgres
from tests.support.ports import free_port
from tests.support.process import Started, started
from tests.support.slack import APP_TOKEN, BOT_TOKEN, App, open_slack

pytestmark = pytest.mark.server_only
WAITED = "database not reached"


def waits(bot: Started) -> bool:
    return "Look whether DATABASE_URL is right, the server runs" in bot.said and WAITED in bot.said


async def test_a_server_that_starts_later_than_its_bot_is_waited_for(tmp_path: Path) -> None:
    app = App.of_manifest(manifest(everything()), optional=True)
    sockets = tmp_path / "sockets"
    async with open_slack(app, SystemClock(), BUSY) as slack:
        settings = {
            "DATABASE_URL": f"postgresql://{postgres.USER}@/{postgres.database_of(tmp_path)}?host={sockets}",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": slack.api_url,
            "HEALTH_PORT": str(port := free_port()),
        }
        async with started(tmp_path, settings) as bot:
            await until("it says that the server is away", lambda: waits(bot))
            sockets.symlink_to(postgres.start())
            await until("it is ready", lambda: "] ready " in bot.said)
            async with aiohttp.request("GET", f"http://127.0.0.1:{port}/readyz") as page:
                seen = (await page.json())["checks"]["database"]["seen"]
            assert seen == "written", "how much room is where the bot was started is no matter of its data"
            bot.tell(signal.SIGTERM)
            assert (await bot.ended())[0] == 0


async def test_a_bot_that_waits_for_its_server_stops_when_it_is_asked_to(tmp_path: Path) -> None:
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
    async with started(tmp_path, {"DATABASE_URL": f"postgresql:///circle?host={tmp_path}", **tokens}) as bot:
        await until("it says that the server is away", lambda: waits(bot))
        bot.tell(signal.SIGTERM)
        assert (await bot.ended())[0] == 0
