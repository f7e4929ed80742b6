"""The gateway: a session for each shard, which outlives its connection and hands over what was missed."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.live.waiting import passes
from tests.support.discord.hurry import soon
from tests.support.discord.rules import Json
from tests.support.discord.world import World

DISPATCH, HEARTBEAT, INVALID_SESSION, HELLO, ACK = 0, 1, 9, 10, 11
AUTHENTICATION_FAILED, INVALID_SHARD, DISALLOWED_INTENTS = 4004, 4010, 4014
GUILDS = 1
LOGIN_EVERY = 5.0
"""Seconds between two logins that share a place; Discord answers a quicker one with an invalid session."""


@dataclass
class Session:
    """What Discord keeps of one shard between connections."""

    id: str
    shard: tuple[int, int]
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    twins: list["Session"] = field(default_factory=list)
    """Earlier sessions of the same shard: as long as their connections are open, Discord tells them everything too."""
    silent: bool = False
    """The connection is a zombie: nothing comes through it, and nobody has closed it."""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def dispatch(self, name: str, data: Json) -> None:
        """Send an event; what cannot be sent now is handed over at the resume."""
        payload = {"op": DISPATCH, "t": name, "s": len(self.sent) + 1, "d": data}
        self.sent.append(payload)
        await self.send(payload)
        self.twins = [twin for twin in self.twins if twin.is_open]
        for twin in self.twins:
            await twin.dispatch(name, data)

    @property
    def is_open(self) -> bool:
        """Whether somebody listens."""
        return self.socket is not None and not self.socket.closed

    async def send(self, payload: Json) -> None:
        """Send a payload if there is a connection that takes it."""
        if self.socket is not None and not self.socket.closed and not self.silent:
            await self.socket.send_str(json.dumps(payload))


class Gateway:
    """Takes connections and keeps count."""

    def __init__(self, world: World, token: str, problem: Callable[[str], None]) -> None:
        self._world, self._token, self._problem = world, token, problem
        self.url = ""
        self.shards, self.concurrency, self.logins_left, self.logins_again = 1, 1, 1000, 14400
        self.heartbeat = 41250
        self.strict = False
        """Hold the pace of logins too; a bot that a test starts twice at once breaks it rightly."""
        self.refuse_resume = False
        self.greets_after: list[float] = []
        """Seconds that the next connections wait for a first word."""
        self.takes_nobody = False
        """Whether new connections come to nothing."""
        self.welcomes_with = ["READY", "GUILD_CREATE"]
        """What a new connection is told; the rest is still on its way."""
        self.identifies: list[Json] = []
        self.resumes = self.heartbeats = 0
        self.sessions: dict[int, Session] = {}
        self._logins: dict[int, float] = {}
        self._numbers = 0
        self.changed = asyncio.Condition()

    async def until(self, condition: Callable[[], Any], within: float = 60) -> None:
        """Wait until something is so.

        Raises:
            AssertionError: it is not so in time.
        """

        async def so() -> None:
            async with self.changed:
                await self.changed.wait_for(condition)

        def seen() -> str:
            happened = f"{len(self.identifies)} identifies, {self.resumes} resumes, {self.heartbeats} heartbeats"
            return f"it did not happen in {within} s; there were {happened}"

        await soon(so(), within, seen)

    async def note(self) -> None:
        """Tell those who wait that something happened."""
        async with self.changed:
            self.changed.notify_all()

    def shard_of(self, guild: str) -> int:
        """Tell which shard hears of a server; private messages go to the first."""
        return (int(guild) >> 22) % self.shards

    def session(self, guild: str | None) -> Session:
        """Find the session that hears of a server."""
        shard = self.shard_of(guild) if guild else 0
        assert shard in self.sessions, f"shard {shard} is not there; there are {sorted(self.sessions)}"
        return self.sessions[shard]

    async def drop(self, shard: int = 0, code: int = 4000) -> None:
        """Close a connection with a code."""
        socket = self.sessions[shard].socket
        assert socket is not None
        await socket.close(code=code)

    async def take(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection."""
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            self._problem(f"a connection with {request.query_string}")
        if self.takes_nobody:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        if self.greets_after:
            await passes(self.greets_after.pop(0))
        await socket.send_str(json.dumps({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat}}))
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                self._problem(f"a frame of type {message.type}")
                continue
            session = await self._hear(socket, session, json.loads(message.data))
            await self.note()
        if session is not None and session.socket is socket:
            session.socket = None
        await self.note()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, session: Session | None, payload: Json) -> Session | None:
        match payload["op"]:
            case 1 if session is None:
                await socket.send_str(json.dumps({"op": ACK}))
            case 1:
                assert session is not None
                if not session.silent:
                    self.heartbeats += 1
                    acknowledged = payload["d"]
                    if acknowledged is not None and acknowledged > len(session.sent):
                        self._problem(f"a heartbeat knows {acknowledged}, sent were {len(session.sent)}")
                await session.send({"op": ACK})
            case 2:
                return await self._identify(socket, payload["d"])
            case 6:
                return await self._resume(socket, payload["d"])
            case 3 | 4:
                self._problem(f"the bot sent {payload['op']}, which it never needs")
            case opcode:
                self._problem(f"an unknown payload {opcode}")
        return session

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        self.identifies.append(data)
        self.logins_left -= 1
        number, whole = data.get("shard") or [0, 1]
        wrong = (
            (data["token"] != self._token, AUTHENTICATION_FAILED),
            (not 0 <= number < whole or whole != self.shards, INVALID_SHARD),
            (data["intents"] != GUILDS, DISALLOWED_INTENTS),
        )
        for refused, code in wrong:
            if refused:
                await socket.close(code=code)
                return None
        if self._too_soon(number):
            await socket.send_str(json.dumps({"op": INVALID_SESSION, "d": False}))
            return None
        self._numbers += 1
        session = Session(f"session{self._numbers}", (number, whole), socket=socket)
        before = self.sessions.get(number)
        await self._welcome(session)
        if before is not None:
            session.twins = [twin for twin in (before, *before.twins) if twin.is_open]
            before.twins = []
        self.sessions[number] = session
        return session

    def _too_soon(self, number: int) -> bool:
        """Hold the pace of logins, by the clock the bot's own waits follow."""
        now, place = asyncio.get_running_loop().time(), number % self.concurrency
        before = self._logins.get(place)
        self._logins[place] = now
        if not self.strict or before is None or now - before >= LOGIN_EVERY * 0.98:
            return False
        self._problem(f"shard {number} logged in {now - before:.1f} s after another")
        return True

    async def _welcome(self, session: Session) -> None:
        guilds = [guild for guild in self._world.guilds.values() if self.shard_of(guild.id) == session.shard[0]]
        ready = {
            "v": 10,
            "user": self._world.bot.as_json(),
            "session_id": session.id,
            "shard": list(session.shard),
            "resume_gateway_url": self.url,
            "application": {"id": self._world.bot.id, "flags": 0},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
        }
        if "READY" in self.welcomes_with:
            await session.dispatch("READY", ready)
        for guild in guilds if "GUILD_CREATE" in self.welcomes_with else ():
            await session.dispatch("GUILD_CREATE", guild.as_json(self._world.bot.id))

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        session = next((candidate for candidate in self.sessions.values() if candidate.id == data["session_id"]), None)
        if data["token"] != self._token or session is None or data["seq"] > len(session.sent) or self.refuse_resume:
            self.refuse_resume = False
            await socket.send_str(json.dumps({"op": INVALID_SESSION, "d": False}))
            return None
        self.resumes += 1
        missed = session.sent[data["seq"] :]
        session.socket, session.silent = socket, False
        for payload in missed:
            await session.send(payload)
        await session.dispatch("RESUMED", {})
        return session
