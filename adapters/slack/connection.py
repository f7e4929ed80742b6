"""Socket Mode: two connections, so that one is always there while Slack asks for the other to be renewed.

Slack does not deliver a command again that no connection took. So a connection that Slack wants renewed, or that has
been silent for long, is kept until its successor has said hello.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import structlog

from adapters.slack.api import GONE, Api, RateLimited, SlackDenied, SlackUnanswered
from bot.engine.clock import pause
from bot.faults import recorded

Deliver = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
"""Takes an envelope; returns what its acknowledgement carries."""

LINES = 2
HEARTBEAT = 15.0
"""Seconds between our pings; a connection whose pong does not come is closed."""
SILENT = 600.0
"""Seconds without a delivery after which a connection is renewed, because some stop delivering and stay open."""
HELLO_WITHIN = 20.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
LARGEST = 4 * 1024 * 1024

log = structlog.get_logger()


class SocketRefused(Exception):
    """Slack gives no connection until the operator changes something."""


class _OpenSocket:
    """One open WebSocket."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, deliver: Deliver, silent: float) -> None:
        self._ws = ws
        self._deliver = deliver
        self._silent = silent
        self._answering: set[asyncio.Task[None]] = set()
        self.hello = asyncio.Event()
        self.worn = asyncio.Event()
        """Set when the connection wants a successor, or is closed."""
        self.reason = ""

    async def listen(self) -> None:
        """Take deliveries until the connection is closed."""
        try:
            while True:
                try:
                    frame = await self._ws.receive(timeout=self._silent)
                except TimeoutError:
                    self._wear_out("silent")
                    continue
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    break
                self._take(json.loads(frame.data))
        except (json.JSONDecodeError, aiohttp.ClientError) as fault:
            log.warning("connection broken", **recorded(fault))
        finally:
            self._wear_out("closed")

    async def close(self) -> None:
        """Acknowledge what was taken, then close."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=3)
        await self._ws.close()

    def _take(self, envelope: Mapping[str, Any]) -> None:
        match envelope.get("type"):
            case "hello":
                self.hello.set()
            case "disconnect":
                self._wear_out(str(envelope.get("reason", "")))
            case _ if "envelope_id" in envelope:
                # The loop holds tasks only weakly, so the set keeps this one alive until it ends.
                task = asyncio.get_running_loop().create_task(self._answer(envelope))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)
            case _:
                log.info("unknown frame", kind=str(envelope.get("type"))[:40])

    async def _answer(self, envelope: Mapping[str, Any]) -> None:
        payload = await self._deliver(envelope)
        ack = {"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})}
        try:
            await self._ws.send_json(ack)
        except (ConnectionError, aiohttp.ClientError) as fault:
            log.warning("not acknowledged", **recorded(fault))

    def _wear_out(self, reason: str) -> None:
        """Ask for a successor of this connection; the first reason counts."""
        self.reason = self.reason or reason
        self.worn.set()


class SocketLine:
    """Keeps one connection open, renewing it before it is lost."""

    def __init__(
        self,
        api: Api,
        app_token: str,
        deliver: Deliver,
        silent: float = SILENT,
        reconnected: Callable[[], object] = bool,
    ) -> None:
        self._api = api
        self._app_token = app_token
        self._deliver = deliver
        self._silent = silent
        self._reconnected = reconnected
        self._open = set[_OpenSocket]()
        """What was opened and is not closed yet; a stop may come while one is being closed."""
        self._listening = set[asyncio.Task[None]]()
        self.up = asyncio.Event()
        """Set while the connection is there."""

    async def keep(self) -> None:
        """Stay connected until cancelled.

        Raises:
            SocketRefused: only the operator can mend it.
        """
        socket: _OpenSocket | None = None
        longest = FIRST_PAUSE
        while True:
            try:
                fresh = await self._connect()
            except RateLimited as wait:
                log.warning("no connection", reason=wait.code, again_in=wait.seconds)
                longest = await back_off(longest, least=wait.seconds)
                continue
            if fresh is None:
                longest = await back_off(longest)
                continue
            self.up.set()
            if socket is not None:
                log.info("reconnected", platform="slack", reason=socket.reason)
                self._reconnected()
                await self._let_go(socket)
            socket, since = fresh, asyncio.get_running_loop().time()
            await socket.worn.wait()
            if socket.reason == "link_disabled":
                raise SocketRefused("Socket Mode is off for this app; switch it on in Slack's settings of the app.")
            if asyncio.get_running_loop().time() - since > LONGEST_PAUSE:
                longest = FIRST_PAUSE
            if socket.reason in {"closed", "too_many_websockets"}:
                self.up.clear()
                longest = await back_off(longest)

    async def close(self) -> None:
        """Close every connection."""
        self.up.clear()
        for socket in list(self._open):
            await self._let_go(socket)
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)

    async def _connect(self) -> _OpenSocket | None:
        """Open a connection and wait for its hello; None when it did not come about.

        Raises:
            RateLimited: Slack asked to wait.
            SocketRefused: only the operator can mend it.
        """
        try:
            url = await self._api.open_socket(self._app_token)
            ws = await self._api.session.ws_connect(url, heartbeat=HEARTBEAT, max_msg_size=LARGEST)
        except RateLimited:
            raise
        except SlackDenied as denied:
            if denied.code in GONE or denied.code in {"missing_scope", "not_allowed_token_type"}:
                raise SocketRefused(
                    f"Slack does not take SLACK_APP_TOKEN ({denied.code}); make one with connections:write."
                ) from denied
            log.warning("no connection", reason=denied.code)
            return None
        except (SlackUnanswered, aiohttp.ClientError, TimeoutError, OSError) as fault:
            log.warning("no connection", **recorded(fault))
            return None
        socket = _OpenSocket(ws, self._deliver, self._silent)
        self._open.add(socket)
        task = asyncio.get_running_loop().create_task(socket.listen())
        self._listening.add(task)
        task.add_done_callback(self._listening.discard)
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                await socket.hello.wait()
        except TimeoutError:
            await self._let_go(socket)
            return None
        return socket

    async def _let_go(self, socket: _OpenSocket) -> None:
        """Close a connection to its end."""
        await socket.close()
        self._open.discard(socket)


async def back_off(longest: float, least: float = 0.0) -> float:
    """Wait before a new attempt: exponential backoff with jitter, so that not all bots come back at once.

    Args:
        longest: the upper end of the random wait, in seconds.
        least: seconds that Slack asked for, waited in any case.

    Returns:
        The `longest` of the next attempt.
    """
    await pause(least + random.uniform(0, longest))  # noqa: S311 - not a secret
    return min(longest * 2, LONGEST_PAUSE)
