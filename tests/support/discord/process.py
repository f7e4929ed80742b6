"""`hello-circle run` as a process of its own, against a loopback Discord."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.support import process
from tests.support.discord.server import Loopback


def settings_for(discord: Loopback, token: str | None = None) -> dict[str, str]:
    """Point the bot at the loopback Discord."""
    return {
        "DISCORD_TOKEN": token or discord.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
    }


def started(discord: Loopback, folder: Path, token: str | None = None) -> AbstractAsyncContextManager[process.Started]:
    """Start `hello-circle run`; whatever happens, it ends with the block."""
    return process.started(folder, settings_for(discord, token))
