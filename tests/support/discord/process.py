"""`hello-circle run` as a process of its own, against a loopback Discord."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.discord.server import Loopback
from tests.support.store import RING, begin_from_template, url_of

PATIENCE = 30.0


@dataclass
class Started:
    """A process that runs; `ended` gives how it ended and what it said."""

    process: asyncio.subprocess.Process

    def tell(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    async def ended(self, within: float = PATIENCE) -> tuple[int | None, str]:
        """Wait for the end.

        Raises:
            AssertionError: it still runs; then it is killed.
        """
        try:
            async with asyncio.timeout(within):
                out, err = await self.process.communicate()
        except TimeoutError:
            self.process.kill()
            out, err = await self.process.communicate()
            raise AssertionError(f"still running after {within} s:\n{out.decode()}{err.decode()}") from None
        return self.process.returncode, out.decode() + err.decode()


@asynccontextmanager
async def started(discord: Loopback, folder: Path, token: str | None = None) -> AsyncGenerator[Started]:
    """Start `hello-circle run`; whatever happens, it ends with the block."""
    begin_from_template(folder, RING)
    settings = {
        "DISCORD_TOKEN": token or discord.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "DATABASE_URL": url_of(folder),
        "ENCRYPTION_KEYS": RING,
    }
    program = Path(sys.executable).with_name("hello-circle")
    process = await asyncio.create_subprocess_exec(
        program,
        "run",
        cwd=folder,
        env={**{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}, **settings},  # noqa: TID251 - of the test, not the bot
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Started(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
