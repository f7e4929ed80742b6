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
from typing import Self

from adapters.console.batch import a_session
from adapters.console.screen import Screen
from adapters.console.session import Session
from adapters.operator.keys import kept_keys, url_of_file
from adapters.web.folder import a_folder, size_of
from adapters.web.page import Renderers
from adapters.web.pictures import Pictures, drawn
from adapters.web.session import WebSession
from adapters.web.uploads import Uploads
from adapters.web.visit import Visit
from bot.store.replacing import pack

AWAKE = 64
"""Circles whose bot stays awake, at little more than a megabyte each; the others sleep."""
AT_ONCE = 6
"""Circles in which something is done at the same time; whoever comes meanwhile waits some hundredths of a second."""
LARGEST, ALL_TOGETHER, SHARE = 16 * 2**20, 192 * 2**20, 2**20
"""Bytes of one circle, and of all; where all have so many, a circle has at most its share."""
FILE = "circle.db"


class CircleGone(Exception):
    """The circle was thrown away."""


@dataclass(eq=False, slots=True)
class VisitedCircle:
    """A visit with the file of its circle."""

    visit: Visit
    folder: Path
    size: int
    """Bytes of its files."""
    lock: Lock = field(default_factory=Lock)
    """One thing is done at a time in a circle."""
    is_gone: bool = False


class Circles:
    """Makes circles, wakes them when they are used, and throws them away."""

    def __init__(self, folder: Path, keys: str, first: Session, renderers: Renderers) -> None:
        self._folder, self._keys, self._first, self._renderers = folder, keys, first, renderers
        self.uploads = Uploads()
        self._size = 0
        self._awake: dict[VisitedCircle, None] = {}
        self._working = Semaphore(AT_ONCE)

    @classmethod
    @asynccontextmanager
    async def begun(cls, at: datetime, zone: str) -> AsyncGenerator[Self]:
        """Let six weeks pass in a first circle, of which all others are copies; everything is gone in the end.

        Raises:
            StoreError: its file cannot be made.
        """
        async with AsyncExitStack() as stack:
            folder = stack.enter_context(a_folder())
            path = folder / "lived.db"
            async with a_session(str(path), at, zone, seeded=True) as first:
                renderers = Renderers(first.registry)
            pack(path, folder / FILE)
            keys = kept_keys(path)
            path.unlink()
            circles = cls(folder, keys, first, renderers)
            # As long as somebody holds them, they stay drawn.
            stack.callback((await _drawn_ahead(first.screen)).clear)
            stack.push_async_callback(circles._sleep_all)
            yield circles

    async def fresh(self, language: str) -> VisitedCircle:
        """Make a circle for a visitor who reads a language."""
        folder = self._folder / token_hex(16)
        folder.mkdir(mode=0o700)
        shutil.copyfile(self._folder / FILE, folder / FILE)
        session = WebSession.like(url_of_file(folder / FILE), self._keys, self._first, self.uploads)
        circled = VisitedCircle(Visit(session, self._renderers, language), folder, 0)
        async with self.used(circled):
            await circled.visit.begin()
        return circled

    def is_full(self, circled: VisitedCircle) -> bool:
        """Tell whether a circle may not grow any more."""
        return circled.size > LARGEST or (circled.size > SHARE and self._size > ALL_TOGETHER)

    @asynccontextmanager
    async def used(self, circled: VisitedCircle) -> AsyncGenerator[Visit]:
        """Wake a circle, and let one thing be done in it.

        Raises:
            Gone: it was thrown away.
        """
        # In this order, so that whoever waits for a turn does not keep their circle awake.
        async with self._working, circled.lock:
            if circled.is_gone:
                raise CircleGone
            session = circled.visit.session
            if not session.is_open:
                await session.__aenter__()
            self._awake.pop(circled, None)
            self._awake[circled] = None
            try:
                yield circled.visit
            finally:
                self._measure(circled, size_of(circled.folder))
            await self._let_sleep(AWAKE)

    async def drop(self, circled: VisitedCircle) -> None:
        """Throw a circle away, with all that is in it."""
        async with circled.lock:
            circled.is_gone = True
            self._awake.pop(circled, None)
            await _close(circled)
            self.uploads.forget(circled.visit.session)
            shutil.rmtree(circled.folder)
            self._measure(circled, 0)

    def _measure(self, circled: VisitedCircle, size: int) -> None:
        self._size += size - circled.size
        circled.size = size

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


async def _close(circled: VisitedCircle) -> None:
    if circled.visit.session.is_open:
        await circled.visit.session.__aexit__(None, None, None)


async def _drawn_ahead(screen: Screen) -> Pictures:
    """Draw the pictures of the first weeks, which every visitor sees; they are kept as long as this is held."""
    held: Pictures = {}
    for seen in screen.seen:
        if not seen.command:
            await drawn(seen.reply, seen.language, held)
    return held
