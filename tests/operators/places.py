"""A Discord and a Slack on this machine, and a folder in which set-up is run against them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.slack.manifest import manifest
from bot.engine.clock import SystemClock
from bot.features import everything
from tests.support.discord.server import Loopback, loopback
from tests.support.ports import free_port
from tests.support.slack import App, Slack, open_slack


@dataclass
class Places:
    """Both platforms."""

    folder: Path
    discord: Loopback
    slack: Slack
    health_port: int = field(default_factory=free_port)
    """Where the bot of this test tells how it is, away from the bots of other tests."""

    @property
    def surroundings(self) -> dict[str, str]:
        """Where the platforms are, for a program that is to find them."""
        return {
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "SLACK_API_URL": self.slack.api_url,
        }

    @property
    def env(self) -> str:
        """The settings file that set-up wrote."""
        return (self.folder / ".env").read_text(encoding="utf-8")


@asynccontextmanager
async def places(folder: Path, **about: Any) -> AsyncGenerator[Places]:
    """Start both; `about` is for the Slack app, such as optional=True for every scope."""
    app = App.of_manifest(manifest(everything()), **about)
    async with loopback(SystemClock()) as discord, open_slack(app, SystemClock()) as slack:
        yield Places(folder, discord, slack)
