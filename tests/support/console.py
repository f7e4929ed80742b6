"""A circle of members at a console: the door by which the tests come in, with real storage and a clock moved by hand."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.console.screen import Seen
from adapters.console.script import run_line
from adapters.console.session import Session, open_session
from bot.core.clock import ManualClock
from tests.support.store import NOW, RING, begin_from_template, path_in, url_of

ZONE = "America/Toronto"


@dataclass(frozen=True)
class Console:
    """An open console; each line is one of the script language, such as `@amina /lead next` or `at 2026-03-16T12:30`."""

    session: Session
    clock: ManualClock
    folder: Path

    async def run(self, *lines: str) -> list[Seen]:
        """Do some lines; returns everything anyone saw because of them, in order."""
        seen: list[Seen] = []
        for line in lines:
            seen += await run_line(self.session, line)
        return seen

    async def one(self, line: str) -> Seen:
        """Do one line of a person, which one answer belongs to."""
        (seen,) = await self.run(line)
        return seen

    @property
    def stored(self) -> bytes:
        """Every byte the database has written, its journal included."""
        files = sorted(self.folder.glob(f"{path_in(self.folder).name}*"))
        return b"".join(file.read_bytes() for file in files)


@asynccontextmanager
async def open_console(folder: Path, at: datetime = NOW, zone: str = ZONE) -> AsyncGenerator[Console]:
    """Open a console on the database of a folder; a fresh one becomes a community that is set up."""
    begin_from_template(folder, RING)
    clock = ManualClock(at)
    async with open_session(url_of(folder), RING, clock, zone) as session:
        yield Console(session, clock, folder)
