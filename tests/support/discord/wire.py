"""One request of the bot, and what Discord answers; how a body is read, and how a connection breaks."""

import json
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.discord.rules import Json


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    route: str
    """With its names, such as "/channels/{channel}/messages"."""
    path: dict[str, str]
    query: dict[str, str]
    body: Any
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By their number: the name and the content."""
    authorization: str = ""

    @property
    def named(self) -> str:
        """Name the route as faults do."""
        return f"{self.method} {self.route}"

    @property
    def file_names(self) -> dict[str, str]:
        """Name the files by their number."""
        return {number: name for number, (name, _) in self.files.items()}


class ApiError(Exception):
    """Discord says no."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.body = status, {"code": code, "message": message}


def answer(body: Any, status: int = 200, **headers: str) -> web.Response:
    """Write an answer; discord.py compares the type word by word, and takes one without `Via` for a ban; nothing to say is 204."""
    if body is None:
        return web.Response(status=204, headers={"Via": "1.1 loopback"})
    told = {"Content-Type": "application/json", "Via": "1.1 loopback", **headers}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=told)


async def read(request: web.Request, route: str) -> Asked:
    """Read a request, whichever way its body is packed.

    Raises:
        ApiError: the body is not what its type says.
    """
    body, files = None, {}
    if request.content_type == "multipart/form-data":
        body, files = await _parts(request)
    elif request.can_read_body:
        if request.content_type != "application/json":
            raise ApiError(400, 50109, f"a body of type {request.content_type}")
        body = json.loads(await request.text())
    authorization = request.headers.get("Authorization", "")
    return Asked(request.method, route, dict(request.match_info), dict(request.query), body, files, authorization)


async def _parts(request: web.Request) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    body: Json = {}
    files: dict[str, tuple[str, bytes]] = {}
    async for part in await request.multipart():
        name = getattr(part, "name", None) or ""
        if name == "payload_json":
            body = json.loads(await part.text())  # type: ignore[union-attr]
        elif name.startswith("files[") and name.endswith("]"):
            content = await part.read()  # type: ignore[union-attr]
            files[name[6:-1]] = (part.filename or "", bytes(content))  # type: ignore[union-attr]
        else:
            raise ApiError(400, 50109, f"a part called {name}")
    return body, files


def reset(request: web.Request) -> None:
    """Break the connection as a machine that fell over does."""
    assert request.transport is not None
    request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()


def hang_up(request: web.Request) -> None:
    """Close the connection without an answer."""
    assert request.transport is not None
    request.transport.close()
