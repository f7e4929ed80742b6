"""Socket Mode: up to ten sockets, each payload to one of them, envelopes and acks, and every way a socket can end."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import WSMsgType, web

from tests.support.slack.changes import Changes
from tests.support.slack.delivery import Ack, Delivery
from tests.support.slack.workspace import APP, Workspace

MOST = 10
Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


@dataclass
class Socket:
    """One open connection of the bot."""

    number: int
    ws: web.WebSocketResponse
    receiving: bool = True
    """Whether payloads are still given to it."""
    silent: bool = False
    """Whether it lost its voice: what is given to it vanishes, and pings find no answer."""

    async def send(self, frame: dict[str, Any]) -> None:
        if not self.silent and not self.ws.closed:
            await self.ws.send_str(json.dumps(frame))


class Sockets:
    """The sockets of one app."""

    def __init__(self, workspace: Workspace, changes: Changes, complain: Callable[[str], None]) -> None:
        self.base = ""
        self.open: list[Socket] = []
        self.opened = 0
        """How many sockets there have been."""
        self.silent_from_start = 0
        """How many of the next sockets stay silent: no hello, no payload, no pong."""
        self.off = False
        """Whether Socket Mode was switched off on Slack's page of the app."""
        self._workspace = workspace
        self._changes = changes
        self._complain = complain
        self._tickets: set[str] = set()
        self._waiting: dict[str, Delivery] = {}
        self._turn = 0

    def ticket(self) -> str:
        """Give the address of a new socket; it is good for one."""
        ticket = self._workspace.number("ticket-")
        self._tickets.add(ticket)
        return f"{self.base.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=408, text="the ticket was used or never given")
        self._tickets.remove(ticket)
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        self.opened += 1
        socket = Socket(self.opened, ws, silent=self.silent_from_start > 0)
        self.silent_from_start = max(0, self.silent_from_start - 1)
        if self.off:
            await self._disconnect(socket, "link_disabled")
            await ws.close()
            return ws
        if len(self.open) >= MOST:
            await self._disconnect(socket, "too_many_websockets")
            await ws.close()
            return ws
        self.open.append(socket)
        await socket.send(self._hello())
        self._changes.tell()
        try:
            await self._listen(socket)
        finally:
            self.open.remove(socket)
            self._changes.tell()
        return ws

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }

    async def _listen(self, socket: Socket) -> None:
        async for frame in socket.ws:
            if frame.type == WSMsgType.PING:
                if not socket.silent:
                    await socket.ws.pong(frame.data)
            elif frame.type == WSMsgType.TEXT:
                self._acked(frame.data)

    def _acked(self, written: str) -> None:
        try:
            frame = json.loads(written)
        except ValueError:
            self._complain(f"a frame that is not JSON: {written[:200]}")
            return
        unknown = frame.keys() - {"envelope_id", "payload"}
        if unknown or "envelope_id" not in frame:
            self._complain(f"an ack with {sorted(frame)}")
        delivery = self._waiting.pop(frame.get("envelope_id"), None)
        if delivery is not None:
            delivery.answered(Ack(frame.get("payload")))

    async def give(self, delivery: Delivery) -> None:
        """Send an envelope to one of the sockets, each in turn."""
        able = [socket for socket in self.open if socket.receiving and not socket.ws.closed]
        if not able:
            delivery.answered(Ack(error="dispatch_failed"))
            return
        self._turn += 1
        socket = able[self._turn % len(able)]
        delivery.socket = socket.number
        self._waiting[delivery.id] = delivery
        await socket.send(envelope(delivery))

    async def disconnect(self, reason: Reason = "refresh_requested", socket: Socket | None = None) -> None:
        """Announce the end of one socket; after a warning it still gets payloads, after a refresh no more."""
        await self._disconnect(socket or self.open[0], reason)

    async def _disconnect(self, socket: Socket, reason: Reason) -> None:
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}
        socket.receiving = socket.receiving and reason == "warning"
        await socket.send(frame)

    async def close(self, socket: Socket | None = None) -> None:
        """Close a socket without a word before."""
        await (socket or self.open[0]).ws.close()

    def cut(self, socket: Socket | None = None) -> None:
        """Cut a socket, without even a closing frame."""
        cut = socket or self.open[0]
        transport = cut.ws._req.transport if cut.ws._req is not None else None
        if transport is not None:
            transport.abort()

    async def close_all(self) -> None:
        for socket in list(self.open):
            await socket.ws.close()


def envelope(delivery: Delivery) -> dict[str, Any]:
    frame: dict[str, Any] = {"envelope_id": delivery.id, "type": delivery.kind, "payload": delivery.payload}
    if delivery.kind == "events_api":
        return frame | {
            "accepts_response_payload": False,
            "retry_attempt": delivery.attempt,
            "retry_reason": delivery.reason,
        }
    inner = delivery.payload.get("type", "slash_commands")
    takes = {"slash_commands", "view_submission", "block_suggestion"}
    return frame | {"accepts_response_payload": inner in takes}
