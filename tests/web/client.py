"""A page without a browser: the same requests, the same socket, the same frames."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, web

from adapters.console.demo import ZONE
from adapters.console.script import read_time
from adapters.web.circles import Circles
from adapters.web.server import Server
from adapters.web.visitors import OWN, Limits, Visitors

Event = dict[str, Any]
THURSDAY = "2026-03-12T18:00"


class Page:
    """One open page, and everything it was sent."""

    patience = 60.0
    """Seconds that it waits for anything."""

    def __init__(self, http: ClientSession, base: str) -> None:
        self.http, self.base = http, base
        self.socket: ClientWebSocketResponse | None = None
        self.events: list[Event] = []

    async def open(self, **headers: str) -> list[Event]:
        """Ask for the page, then open its socket."""
        async with self.http.get(f"{self.base}/", headers=headers) as page:
            assert page.status == 200, await page.text()
        return await self.connect(**headers)

    async def connect(self, **headers: str) -> list[Event]:
        """Open the socket; returns the first events."""
        self.socket = await self.http.ws_connect(f"{self.base}/socket", headers={"Origin": self.base, **headers})
        return await self.next()

    async def next(self) -> list[Event]:
        """Wait for what comes next."""
        assert self.socket is not None
        self.events = json.loads(await self.socket.receive_str(timeout=self.patience))
        return self.events

    async def do(self, do: str, **values: Any) -> list[Event]:
        """Send a frame, and give what comes back."""
        assert self.socket is not None
        await self.socket.send_str(json.dumps({"do": do, **values}))
        return await self.next()

    async def bring(self, name: str, content: bytes, **headers: str) -> tuple[int, str]:
        """Bring a file; gives the status, and the name by which a form names it."""
        asking = self.http.post(
            f"{self.base}/file", params={"name": name}, data=content, headers={"Origin": self.base, **headers}
        )
        async with asking as answer:
            return answer.status, (await answer.json())["file"] if answer.status == 200 else ""

    async def type(self, line: str) -> list[Event]:
        """Type a line."""
        return await self.do("type", line=line)

    def one(self, kind: str) -> Event:
        """Give the newest event of a kind among the last ones."""
        return next(event for event in reversed(self.events) if event["kind"] == kind)

    def has(self, kind: str) -> bool:
        """Tell whether there is an event of a kind among the last ones."""
        return any(event["kind"] == kind for event in self.events)

    def told(self) -> str:
        """Give what the margin says."""
        return "\n".join(line["text"] for event in self.events if event["kind"] == "told" for line in event["lines"])


def texts(what: object) -> str:
    """Give every text in what was sent."""
    if isinstance(what, dict):
        return "\n".join(texts(value) for name, value in what.items() if name != "data")
    if isinstance(what, list):
        return "\n".join(map(texts, what))
    return what if isinstance(what, str) else ""


def token_of(what: object, label: str) -> str:
    """Find what the newest button with a label carries, on either platform."""
    tokens: list[str] = []
    _buttons(what, label, tokens)
    assert tokens, f"no button {label} in:\n{texts(what)}"
    return tokens[-1]


def _buttons(what: object, label: str, tokens: list[str]) -> None:
    if isinstance(what, list):
        for inner in what:
            _buttons(inner, label, tokens)
    elif isinstance(what, dict):
        text = what.get("text")
        named = what.get("label") or (text.get("text") if isinstance(text, dict) else None)
        token = what.get("custom_id") or what.get("value")
        if named == label and isinstance(token, str):
            tokens.append(token)
        for inner in what.values():
            _buttons(inner, label, tokens)


@asynccontextmanager
async def circles() -> AsyncGenerator[Circles]:
    """Make the first circle, of which all others are copies."""
    async with Circles.begun(read_time(THURSDAY, ZoneInfo(ZONE)), ZONE) as begun:
        yield begun


@asynccontextmanager
async def serving(begun: Circles, limits: Limits = OWN, *, public: bool = False) -> AsyncGenerator[str]:
    """Serve pages on a port of this machine; gives their address."""
    runner = Server(Visitors(begun, limits), public=public).runner()
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def visiting(base: str) -> AsyncGenerator[Page]:
    """Be a visitor with a browser of their own."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        yield Page(http, base)
