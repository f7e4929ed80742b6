"""What can go wrong on the way to Slack and back, switched on per method for the next calls."""

import asyncio
import struct
from dataclasses import dataclass, field
from socket import SO_LINGER, SOL_SOCKET
from typing import Literal

from aiohttp import web

Kind = Literal["error", "limited", "status", "reset", "lost", "truncated", "held", "late"]
DONE_ALL_THE_SAME = frozenset({"lost", "truncated", "held", "late"})


@dataclass
class Fault:
    """One thing that goes wrong, so many times."""

    kind: Kind
    times: int
    error: str = ""
    status: int = 500
    retry_after: int = 1
    answered: bool = True
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a call met the fault."""
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let a held call be answered, or a late one be done."""
        self._released.set()

    async def released(self) -> None:
        await self._released.wait()


class Faults:
    """The faults to come, by method; `response_url` and `upload` are named so, `*` is whatever comes."""

    def __init__(self) -> None:
        self._coming: dict[str, list[Fault]] = {}

    def error(self, method: str, error: str, times: int = 1) -> Fault:
        """Answer `ok: false` with an error: `token_revoked`, `not_in_channel`, `fatal_error` …"""
        return self._add(method, Fault("error", times, error=error))

    def limited(self, method: str, retry_after: int = 1, times: int = 1) -> Fault:
        """Answer 429 with Retry-After."""
        return self._add(method, Fault("limited", times, retry_after=retry_after))

    def status(self, method: str, status: int, times: int = 1) -> Fault:
        """Answer 5xx with a page instead of JSON."""
        return self._add(method, Fault("status", times, status=status))

    def reset(self, method: str, times: int = 1) -> Fault:
        """Reset the connection before anything is done."""
        return self._add(method, Fault("reset", times))

    def lost(self, method: str, times: int = 1) -> Fault:
        """Do it, then reset the connection: the answer is lost."""
        return self._add(method, Fault("lost", times))

    def truncated(self, method: str, times: int = 1) -> Fault:
        """Do it, then send half of the answer."""
        return self._add(method, Fault("truncated", times))

    def held(self, method: str, times: int = 1) -> Fault:
        """Do it, but answer only when the test calls `release()`."""
        return self._add(method, Fault("held", times))

    def late(self, method: str, times: int = 1, *, answered: bool = True) -> Fault:
        """Hold the request back before anything is done, until the test calls `release()`; the answer may be lost, too."""
        return self._add(method, Fault("late", times, answered=answered))

    def _add(self, method: str, fault: Fault) -> Fault:
        self._coming.setdefault(method, []).append(fault)
        return fault

    def clear(self, method: str) -> None:
        """Let a method work again."""
        self._coming.pop(method, None)

    def take(self, method: str) -> Fault | None:
        """Take the next fault of a method."""
        coming = self._coming.get(method) or self._coming.get("*")
        if not coming:
            return None
        fault = coming[0]
        fault.times -= 1
        if fault.times <= 0:
            coming.pop(0)
        fault.reached.set()
        return fault


def reset(request: web.Request) -> web.Response:
    """Cut the connection of a request as a crashed peer does."""
    if request.transport is not None:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()
