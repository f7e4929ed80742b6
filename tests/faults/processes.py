"""A weekly round in a process of its own that ends without a word at one of its steps."""

import asyncio
import json
import multiprocessing
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bot.engine.clock import ManualClock
from bot.engine.messenger import Destination, ToChannel, ToMember
from tests.faults.crashing import Nature, Platform, Steps, rounds
from tests.support.leases import LATER
from tests.support.store import open_store

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "tests.faults.processes"])
ENDED = 9


class Channel(list[tuple[Destination, str]]):
    """What a platform took, in a file that outlives the process."""

    def __init__(self, file: Path) -> None:
        lines = file.read_text().splitlines() if file.exists() else []
        super().__init__(_read(line) for line in lines)
        self._file = file

    def append(self, taken: tuple[Destination, str]) -> None:
        """Take a post."""
        with self._file.open("a") as out:
            out.write(_written(taken) + "\n")
        super().append(taken)


@dataclass
class DyingProcess:
    """The folder of one digest, and the moment of the next process."""

    folder: Path
    nature: Nature
    clock: ManualClock
    lost: bool = False

    def start(self, last: int) -> None:
        """Run one round in a process that ends at a step, unless it is done before; then the lease runs out."""
        arguments = (self.folder, self.platform(), self.clock.now(), last)
        process = PROCESSES.Process(target=_run, args=arguments)
        process.start()
        process.join()
        assert process.exitcode in (0, ENDED)
        process.close()
        self.clock.move(self.clock.now() + LATER)

    def platform(self) -> Platform:
        """Give the platform as it is now; what was to be lost once is lost at the first post."""
        taken = Channel(self.folder / "channel")
        lost = (self.folder / "lost").exists()
        return Platform(self.nature, taken=taken, lost=lost)


def _run(folder: Path, platform: Platform, now: datetime, last: int) -> None:
    platform.taken = Channel(folder / "channel")
    platform.steps = Steps(last, lambda: os._exit(ENDED))
    asyncio.run(_tick(folder, platform, ManualClock(now)))


async def _tick(folder: Path, platform: Platform, clock: ManualClock) -> None:
    async with open_store(folder) as db:
        await rounds(db, clock, platform).tick()
    if platform.lost:
        (folder / "lost").touch()


def _written(taken: tuple[Destination, str]) -> str:
    to, key = taken
    return json.dumps([asdict(to), key])


def _read(line: str) -> tuple[Destination, str]:
    to, key = json.loads(line)
    return (ToMember(**to) if "user" in to else ToChannel(**to)), key
