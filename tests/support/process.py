"""`hello-circle run` as a process of its own, as its operator starts it: nothing but a `.env` file tells it anything."""

import asyncio
import os
import resource
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.store import RING, begin_from_template, url_of

PATIENCE = 120.0
"""Seconds until a program that does not end counts as hung; a busy machine is given them to start it, too."""
LOG, SHOWN = "log.txt", 6000
"""What the program says, and how much of it a test that fails shows."""


@dataclass
class Started:
    """A process that runs; `ended` gives how it ended and what it said."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def said(self) -> str:
        """Everything it has said so far."""
        return self.log.read_text(encoding="utf-8")

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
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
            raise AssertionError(f"still running after {within} s:\n{self.said}") from None
        return self.process.returncode, self.said


@asynccontextmanager
async def started(
    folder: Path, settings: Mapping[str, str], surroundings: Mapping[str, str] | None = None
) -> AsyncGenerator[Started]:
    """Start it with settings in a folder; whatever happens, it ends with the block. Doing it again is a restart."""
    begin_from_template(folder, RING)
    written_settings = {"DATABASE_URL": url_of(folder), "ENCRYPTION_KEYS": RING, **settings}
    written = "".join(f"{name}={value}\n" for name, value in written_settings.items())
    (folder / ".env").write_text(written, encoding="utf-8")
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}  # noqa: TID251 - of the test, not the bot
    with (folder / LOG).open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("hello-circle"),
            "run",
            cwd=folder,
            env={**environment, **(surroundings or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield Started(process, folder / LOG)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        sys.stdout.write((folder / LOG).read_text(encoding="utf-8")[-SHOWN:])  # shown when the test fails


async def quiet_run(folder: Path, *arguments: str, most: int = resource.RLIM_INFINITY) -> tuple[int | None, str]:
    """Run a command of it to its end with nobody at the keyboard; gives how it ended, and what it said.

    With `most` no file can have more bytes, as on a disk that is full.
    """
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}  # noqa: TID251 - of the test, not the bot
    begun = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("hello-circle"),
        *arguments,
        cwd=folder,
        env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},  # compiled files would be cut off too
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)),
    )
    async with asyncio.timeout(PATIENCE):
        out, _ = await begun.communicate()
    return begun.returncode, out.decode()
