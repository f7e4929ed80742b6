"""Processes that have imported the program of a version, and fork one of the bot whenever they are asked; so it starts at once."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Lock

from tests.live.waiting import until
from tests.soak.moved import library
from tests.soak.one_of_several import LOOK, START

PATIENCE = 180.0


class Parent:
    """One of them; what it forked ends with it, and it with whoever started it."""

    def __init__(self, root: Path, ahead: str) -> None:
        wrong = {"LD_PRELOAD": str(library()), "FAKETIME": ahead, "FAKETIME_DONT_FAKE_MONOTONIC": "1"} if ahead else {}
        surroundings = {**os.environ, **wrong}  # noqa: TID251 - of the test, not the bot
        self._turn = Lock()
        command = [sys.executable, "-m", "tests.soak.one_of_several"]
        self._process = Popen(command, env=surroundings, cwd=root, stdin=PIPE, stdout=PIPE, text=True)  # noqa: S603 - this program

    async def fork(self, folder: Path, log: str) -> "Running":
        """Start a process with the settings of a folder, and a log there."""
        return Running(int(await self.asked(f"{START} {log} {folder}")), self)

    async def asked(self, what: str) -> str:
        """Ask for something, and wait for the answer."""
        return await asyncio.to_thread(self._ask, what)

    def _ask(self, what: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        with self._turn:
            self._process.stdin.write(f"{what}\n")
            self._process.stdin.flush()
            return self._process.stdout.readline().strip()

    def end(self) -> None:
        """End, with all that it forked."""
        with self._process:
            pass


@dataclass(frozen=True)
class Running:
    """A process of the bot."""

    number: int
    parent: Parent

    def tell(self, what: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.number, what)

    def stands_still(self) -> bool:
        """Tell whether it was stopped and did not go on."""
        return Path(f"/proc/{self.number}/stat").read_text().rpartition(") ")[2].startswith("T")

    async def ended(self) -> int:
        """Wait until it has ended; tells how."""
        code = ""

        async def has() -> bool:
            nonlocal code
            code = await self.parent.asked(f"{LOOK} {self.number}")
            return bool(code)

        await until("it has ended", has, within=PATIENCE)
        return int(code)


@cache
def parent_of(root: Path, ahead: str) -> Parent:
    """Give the one of a version and of a wrong clock; each is started when it is first wanted."""
    return Parent(root, ahead)
