"""The socket of one page: takes what the page sends, one after the other, and sends back what changes."""

import asyncio
import json
from time import monotonic

import structlog
from aiohttp import WSMsgType, web

from adapters.web import frames
from adapters.web.circles import CircleGone
from adapters.web.page import Event
from adapters.web.visitors import NoRoom, Visitor, Visitors
from adapters.web.words import said
from bot.faults import recorded

LARGEST = 96 * 1024
"""Bytes of a frame; five answers of 4,000 letters have fewer, in any writing."""
OPENING = 4
"""How much it counts to open the page again: its circle wakes, and all of it is written."""
SEND_SECONDS = 10.0
"""A page that takes nothing for so long is closed."""
BEAT = 25.0
"""Seconds between two looks whether the page is still there."""
REFUSED = 50
"""Frames in a row that were too fast, or that no page sends; then the socket is closed."""

log = structlog.get_logger()


class Socket:
    """One open page."""

    def __init__(self, visitors: Visitors, request: web.Request) -> None:
        self._visitors, self._request = visitors, request
        # Nothing is packed: that would cost more memory for each page than its circle.
        self._page = web.WebSocketResponse(max_msg_size=LARGEST, heartbeat=BEAT, compress=False)
        self._refused = 0
        self._endings: set[asyncio.Task[None]] = set()

    async def serve(self, name: str, address: str, language: str) -> web.WebSocketResponse:
        """Show the visitor's circle, a new one where there is none, until the page is closed."""
        await self._page.prepare(self._request)
        visiting = self._visitors.find(name)
        if visiting is not None and not self._visitors.may_send(visiting, OPENING):
            return await self._turn_away([{"kind": "slow"}])
        try:
            visitor = visiting or await self._visitors.arrive(name, address, language)
        except NoRoom:
            return await self._turn_away([{"kind": "full", "words": said(language)}])
        visitor.show(self._tell)
        try:
            await self._talk(visitor, fresh=visiting is None)
        except CircleGone:
            # The page was told, and is being closed.
            await self._page.close()
        finally:
            visitor.hide(self._tell)
        return self._page

    async def _turn_away(self, events: list[Event]) -> web.WebSocketResponse:
        await self._send(events)
        await self._page.close()
        return self._page

    async def _talk(self, visitor: Visitor, *, fresh: bool) -> None:
        await self._whole(visitor, fresh=fresh)
        async for message in self._page:
            if message.type is not WSMsgType.TEXT:
                break
            await self._take(visitor, message.data)
            if self._refused > REFUSED:
                break
        await self._page.close()

    async def _take(self, visitor: Visitor, raw: str) -> None:
        """Do what a frame says; each frame has one answer, so that the page knows what was not taken."""
        try:
            frame = frames.read(raw)
        except frames.NoFrame:
            frame = None
        if frame is None or not self._visitors.may_send(visitor, _cost(frame)):
            await self._refuse()
            return
        try:
            if isinstance(frame, frames.AgainFrame):
                await self._visitors.again(visitor, visitor.circled.visit.language)
                await self._whole(visitor, fresh=False)
                return
            if isinstance(frame, frames.Ask | frames.MoveFrame) and self._visitors.is_full(visitor):
                await self._say("crowded")
                return
            async with self._visitors.used(visitor) as visit:
                events = await visit.do(frame)
        except frames.NoFrame:
            await self._refuse()
            return
        except CircleGone:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, the visitor gets a word
            log.error("a visitor met a fault", **recorded(fault))  # noqa: TRY400 - what was typed stays out of the log
            events = [{"kind": "trouble"}]
        self._refused = 0
        await self._send(events)

    async def _whole(self, visitor: Visitor, *, fresh: bool) -> None:
        """Write all of the page; a circle that is fresh is none that the visitor knew before."""
        async with self._visitors.used(visitor) as visit:
            events = await visit.page.whole()
        ends = None if visitor.ends is None else max(0, round(visitor.ends - monotonic()))
        await self._send(
            [*events, {"kind": "here", "seconds": ends, "fresh": fresh, "most": self._visitors.limits.file_bytes}]
        )

    async def _refuse(self) -> None:
        self._refused += 1
        await self._say("slow")

    async def _say(self, kind: str) -> None:
        await self._send([{"kind": kind}])

    async def _send(self, events: list[Event]) -> None:
        """Send events; a page that does not take them is cut off, because they would pile up."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._page.send_str(json.dumps(events, ensure_ascii=False))
        except (TimeoutError, ConnectionError):
            self._cut_off()

    def _cut_off(self) -> None:
        if self._request.transport is not None:
            self._request.transport.abort()

    def _tell(self, word: str) -> None:
        """Tell the page that it shows the circle no more."""
        ending = asyncio.get_running_loop().create_task(self._end(word))
        # The loop holds tasks only weakly.
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _end(self, word: str) -> None:
        await self._say(word)
        await self._page.close()


def _cost(frame: frames.Frame | None) -> int:
    """Tell how much a frame counts: a new circle and a moved clock are more work than an answer."""
    return 10 if isinstance(frame, frames.AgainFrame) else 4 if isinstance(frame, frames.MoveFrame) else 1
