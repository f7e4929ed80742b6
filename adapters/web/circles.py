"""The circles of all visitors: each is a copy of one that has six weeks behind it, and sleeps while nobody uses it.

A copy is a small file in the memory of the machine. The bot behind it is closed when others are used, so that two
hundred circles need little more memory than their files; opening it again takes some hundredths of a second.
"""

import shutil
from asyncio import Lock, Semaphore
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Self

from adapters.console.batch import a_session
from adapters.console.screen import Screen
from adapters.console.session import Session
from adapters.operator.keys import kept_keys, url_of_file
from adapters.web.page import Renderers
from adapters.web.pictures import drawn
from adapters.web.session import WebSession
from adapters.web.visit import Visit

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
"""Where Linux keeps files in memory; elsewhere they are in the folder of temporary files."""
ROOM = 256 * 2**20
"""Bytes that must be free there."""
AWAKE = 24
"""Circles whose bot stays awake, at about three megabytes each; the others sleep."""
AT_ONCE = 6
"""Circles in which something is done at the same time; whoever comes meanwhile waits some hundredths of a second."""
ENDINGS = ("", ".lock", "-wal", "-shm")


class Gone(Exception):
    """The circle was thrown away."""


@dataclass(eq=False, slots=True)
class Circled:
    """A visit with the file of its circle."""

    visit: Visit
    file: Path
    lock: Lock = field(default_factory=Lock)
    """One thing is done at a time in a circle."""
    is_gone: bool = False


class Circles:
    """Makes circles, wakes them when they are used, and throws them away."""

    def __init__(self, folder: Path, keys: str, first: Session, renderers: Renderers) -> None:
        self._folder, self._keys, self._first, self._renderers = folder, keys, first, renderers
        self._awake: dict[Circled, None] = {}
        self._working = Semaphore(AT_ONCE)

    @classmethod
    @asynccontextmanager
    async def begun(cls, at: datetime, zone: str) -> AsyncGenerator[Self]:
        """Let six weeks pass in a first circle, of which all others are copies; everything is gone in the end.

        Raises:
            StoreError: its file cannot be made.
        """
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="hello-circle-web-", dir=_memory())))
            path = folder / "first.db"
            async with a_session(str(path), at, zone, seeded=True) as first:
                renderers = Renderers(first.registry)
            await _draw_ahead(first.screen)
            circles = cls(folder, kept_keys(path), first, renderers)
            stack.push_async_callback(circles._sleep_all)
            yield circles

    async def fresh(self, language: str) -> Circled:
        """Make a circle for a visitor who reads a language."""
        file = self._folder / f"{token_hex(16)}.db"
        shutil.copyfile(self._folder / "first.db", file)
        circled = Circled(
            Visit(WebSession.like(url_of_file(file), self._keys, self._first), self._renderers, language), file
        )
        async with self.used(circled):
            await circled.visit.begin()
        return circled

    @asynccontextmanager
    async def used(self, circled: Circled) -> AsyncGenerator[Visit]:
        """Wake a circle, and let one thing be done in it.

        Raises:
            Gone: it was thrown away.
        """
        # In this order, so that whoever waits for a turn does not keep their circle awake.
        async with self._working, circled.lock:
            if circled.is_gone:
                raise Gone
            session = circled.visit.session
            if not session.is_open:
                await session.__aenter__()
            self._awake.pop(circled, None)
            self._awake[circled] = None
            yield circled.visit
            await self._let_sleep(AWAKE)

    async def drop(self, circled: Circled) -> None:
        """Throw a circle away, with all that is in it."""
        async with circled.lock:
            circled.is_gone = True
            self._awake.pop(circled, None)
            await _close(circled)
            for ending in ENDINGS:
                circled.file.with_name(f"{circled.file.name}{ending}").unlink(missing_ok=True)

    async def _let_sleep(self, most: int) -> None:
        """Close the circles that were not used for the longest time, until few enough are awake."""
        for circled in list(self._awake):
            if len(self._awake) <= most:
                return
            if not circled.lock.locked():
                async with circled.lock:
                    self._awake.pop(circled, None)
                    await _close(circled)

    async def _sleep_all(self) -> None:
        await self._let_sleep(0)


async def _close(circled: Circled) -> None:
    if circled.visit.session.is_open:
        await circled.visit.session.__aexit__(None, None, None)


def _memory() -> Path | None:
    """Find a folder in memory with room for the circles; None leaves it to the system."""
    try:
        roomy = shutil.disk_usage(MEMORY).free >= ROOM
    except OSError:
        return None
    return MEMORY if roomy else None


async def _draw_ahead(screen: Screen) -> None:
    """Draw the pictures of the first weeks, which every visitor sees."""
    for seen in screen.seen:
        if not seen.command:
            await drawn(seen.reply, seen.language)
