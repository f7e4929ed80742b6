"""The real program on both loopbacks at once, and the pages on which it tells how it is."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from adapters.slack.manifest import manifest
from bot.engine.clock import SystemClock
from bot.features import everything
from tests.live.doors import BUSY, OnDiscord, OnSlack
from tests.live.story import by_day
from tests.live.waiting import until
from tests.support.discord.server import Loopback, loopback
from tests.support.ports import free_port
from tests.support.process import Started, started
from tests.support.slack import App, Slack, open_slack

PROBE = aiohttp.ClientTimeout(total=15)
WITHIN = 120.0
"""Seconds in which the operator must see that something is wrong."""


@dataclass
class Watched:
    """A bot that runs, and what whoever watches it sees."""

    bot: Started
    address: str
    slack: Slack
    discord: Loopback
    on_slack: OnSlack
    on_discord: OnDiscord

    async def page(self, name: str) -> tuple[int, str]:
        """Read a page; status 0 when nobody answers."""
        try:
            async with aiohttp.ClientSession(timeout=PROBE) as session, session.get(f"{self.address}/{name}") as told:
                return told.status, await told.text()
        except (aiohttp.ClientError, TimeoutError):
            return 0, ""

    async def checks(self) -> dict[str, Any]:
        """Read what is well and what is not; empty when nobody answers."""
        async with aiohttp.ClientSession(timeout=PROBE) as session, session.get(f"{self.address}/readyz") as told:
            answer = await told.json()
            assert told.status == (200 if answer["ready"] else 503)
            assert answer["ready"] == all(check["ok"] for check in answer["checks"].values())
            return answer["checks"]

    async def is_ready(self) -> bool:
        """Tell whether all is well."""
        return (await self.page("readyz"))[0] == 200

    async def turns_red(self, *parts: str) -> dict[str, Any]:
        """Wait until just these parts are not well, at most as long as an operator may wait."""

        async def so() -> bool:
            return {name for name, check in (await self.checks()).items() if not check["ok"]} == set(parts)

        try:
            await until(f"only {parts} are not well", so, within=WITHIN)
        except AssertionError:
            raise AssertionError(f"{await self.page('readyz')}\n{self.bot.said}") from None
        return await self.checks()

    async def turns_green(self) -> None:
        """Wait until all is well again."""
        await until("all is well", self.is_ready, within=WITHIN)


@asynccontextmanager
async def watched(
    folder: Path, settings: Mapping[str, str] | None = None, surroundings: Mapping[str, str] | None = None
) -> AsyncGenerator[Watched]:
    """Start it on both platforms, and wait until it says that it is ready."""
    app, port = App.of_manifest(manifest(everything())), free_port()
    async with open_slack(app, SystemClock(), BUSY) as slack, loopback(SystemClock()) as discord:
        on_slack, on_discord = OnSlack(slack, by_day()), OnDiscord(discord)
        environment = {**on_slack.settings, **on_discord.settings, "HEALTH_PORT": str(port), **(settings or {})}
        async with started(folder, environment, surroundings) as bot:
            seen = Watched(
                bot,
                f"http://{environment.get('HEALTH_HOST', '127.0.0.1')}:{port}",
                slack,
                discord,
                on_slack,
                on_discord,
            )
            await seen.turns_green()
            yield seen
