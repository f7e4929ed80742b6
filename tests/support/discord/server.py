"""The loopback Discord itself: one port for the gateway and the API, its faults, and everything the bot asked."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from bot.engine.clock import Clock, ManualClock
from tests.support.discord.api import Api
from tests.support.discord.checking import Invalid
from tests.support.discord.faults import Dropped, Fault, Faults, Held, Late, Refused, Reset, TooMany
from tests.support.discord.gateway import Gateway
from tests.support.discord.interactions import Interactions
from tests.support.discord.published import hold
from tests.support.discord.wire import ApiError, Asked, answer, hang_up, read, reset
from tests.support.discord.world import Channel, Guild, Overwrite, World
from tests.support.store import NOW

TOKEN = "MTAwMA.loopback.token"
API = "/api/v10"
EARLY = 0.02
"""Seconds by which two clocks of one machine may differ."""


class Loopback:
    """A Discord of our own; `async with loopback() as discord` starts one."""

    def __init__(self, clock: Clock | None = None, token: str = TOKEN) -> None:
        self.clock = clock or ManualClock(NOW)
        self.token = token
        self.problems: list[str] = []
        """What a bot that is right never does; emptied by a test that means it to happen."""
        self.requests: list[Asked] = []
        self.recording = True
        self.attached: dict[str, bytes] = {}
        self.world = World(self.clock)
        self.gateway = Gateway(self.world, token, self.problems.append)
        self.api = Api(self.world, self.gateway)
        self.interactions = Interactions(self.world)
        self._faults = Faults()
        self._not_before: dict[str, float] = {}
        self._runner: web.AppRunner | None = None
        self.api_url = self.gateway_url = ""
        self.port = 0

    def passes(self, time: timedelta) -> None:
        """Let time pass by a clock that is moved by hand."""
        assert isinstance(self.clock, ManualClock)
        self.clock.move(self.clock.now() + time)

    async def start(self) -> None:
        """Listen on a free port of the loopback interface."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.on_response_prepare.append(self._dated)
        app.router.add_get(f"{API}/gateway", self._where)
        app.router.add_get("/gateway", self.gateway.take)
        app.router.add_get("/gateway/", self.gateway.take)
        for named, answering in (*self.api.routes.items(), *self.interactions.routes.items()):
            method, route = named.split(" ", 1)
            app.router.add_route(method, f"{API}{route}", self._served(route, answering))
        app.router.add_get("/attachments/{file}", self._attached)
        app.router.add_route("*", "/{rest:.*}", self._unknown)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{self.port}{API}"
        self.gateway_url = self.gateway.url = f"ws://127.0.0.1:{self.port}/gateway"

    def keeps(self, name: str, data: bytes) -> tuple[str, dict[str, Any]]:
        """Keep what a person attaches; returns its id, and what Discord tells of it."""
        file = self.world.new_id()
        self.attached[file] = data
        url = f"http://127.0.0.1:{self.port}/attachments/{file}"
        return file, {"id": file, "filename": name, "size": len(data), "url": url, "proxy_url": url}

    async def _attached(self, request: web.Request) -> web.Response:
        return web.Response(body=self.attached[request.match_info["file"]])

    async def close(self) -> None:
        """Stop listening."""
        assert self._runner is not None
        for session in self.gateway.sessions.values():
            if session.socket is not None:
                await session.socket.close()
        await self._runner.cleanup()

    def fails(self, route: str, fault: Fault, times: int = 1) -> Fault:
        """Let the next calls of a route fail, such as "POST /channels/{channel}/messages"."""
        assert route in {**self.api.routes, **self.interactions.routes}, f"there is no route {route}"
        self._faults.put(route, fault, times)
        return fault

    def asked(self, route: str) -> list[Asked]:
        """Give the requests of a route, in their order."""
        assert route in {**self.api.routes, **self.interactions.routes}, f"there is no route {route}"
        return [request for request in self.requests if request.named == route]

    async def change(self, guild: Guild, channel: Channel, overwrite: Overwrite) -> None:
        """Change who may do what in a channel, as an organiser does."""
        channel.overwrites = [existing for existing in channel.overwrites if existing.target != overwrite.target]
        channel.overwrites.append(overwrite)
        await self.gateway.session(guild.id).dispatch("CHANNEL_UPDATE", channel.as_json(guild.id))

    async def delete(self, guild: Guild, channel: Channel) -> None:
        """Delete a channel."""
        del guild.channels[channel.id]
        await self.gateway.session(guild.id).dispatch("CHANNEL_DELETE", channel.as_json(guild.id))

    async def remove_bot(self, guild: Guild) -> None:
        """Take the bot off a server."""
        del self.world.guilds[guild.id]
        await self.gateway.session(guild.id).dispatch("GUILD_DELETE", {"id": guild.id})

    async def add_bot(self, guild: Guild) -> None:
        """Put the bot on a server."""
        self.world.guilds[guild.id] = guild
        told = guild.as_json(self.world.bot.id)
        del told["unavailable"]  # this is how a new server differs from one that was away for a while
        await self.gateway.session(guild.id).dispatch("GUILD_CREATE", told)

    def _served(
        self, route: str, answering: Callable[[Asked], Any]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            asked = await read(request, route)
            if self.recording:
                self.requests.append(asked)
            self._held_to_wait(asked)
            fault = self._faults.take(asked.named)
            refusal = self._before(asked, fault)
            if refusal is not None:
                return refusal
            if isinstance(fault, Reset) and not fault.after:
                reset(request)
                return web.Response()
            if isinstance(fault, Late):
                fault.reached.set()
                await fault.let_go.wait()
            response = self._answer(asked, answering)
            if response.status < 400:
                self.problems += hold(request.method, request.path, asked.body)
            await self._after(request, fault)
            return response

        return serve

    def _answer(self, asked: Asked, answering: Callable[[Asked], Any]) -> web.Response:
        try:
            return answer(answering(asked))
        except ApiError as no:
            return answer(no.body, no.status)
        except Invalid as wrong:
            self.problems.append(f"{asked.named}: {wrong}")
            return answer(wrong.as_json(), 400)

    def _before(self, asked: Asked, fault: Fault | None) -> web.Response | None:
        if asked.named in self.api.routes and asked.authorization != f"Bot {self.token}":
            return answer({"code": 0, "message": "401: Unauthorized"}, 401)
        match fault:
            case Refused(status, code, message):
                return answer({"code": code, "message": message}, status)
            case TooMany(seconds, everywhere):
                self._not_before["" if everywhere else asked.named] = asyncio.get_running_loop().time() + seconds
                scope = {"X-RateLimit-Global": "true"} if everywhere else {"X-RateLimit-Bucket": asked.route.strip("/")}
                told = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
                return answer(told, 429, **scope, **{"Retry-After": str(seconds), "X-RateLimit-Scope": "user"})
            case _:
                return None

    def _held_to_wait(self, asked: Asked) -> None:
        now = asyncio.get_running_loop().time()
        for scope in ("", asked.named):
            # What goes to everyone does not bind the routes of interactions.
            bound = scope or asked.named in self.api.routes
            early = self._not_before.get(scope, 0) - now
            if bound and early > EARLY:
                self.problems.append(f"{asked.named} came {early:.2f} s before its wait was over")

    async def _after(self, request: web.Request, fault: Fault | None) -> None:
        match fault:
            case Reset() | Late(answered=False):
                reset(request)
            case Dropped():
                hang_up(request)
            case Held(let_go, reached):
                reached.set()
                await let_go.wait()
            case _:
                return

    async def _where(self, _: web.Request) -> web.Response:
        return answer({"url": self.gateway_url})

    async def _dated(self, _: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = format_datetime(self.clock.now(), usegmt=True)

    async def _unknown(self, request: web.Request) -> web.Response:
        self.problems.append(f"no such route: {request.method} {request.path}")
        return answer({"code": 0, "message": "404: Not Found"}, 404)


@asynccontextmanager
async def loopback(clock: Clock | None = None) -> AsyncGenerator[Loopback]:
    """Start a Discord, and say at its end what the bot did that no right bot does."""
    discord = Loopback(clock)
    await discord.start()
    try:
        yield discord
    finally:
        await discord.close()
    assert not discord.problems, "\n".join(discord.problems)
    assert not discord._faults.left(), f"nothing ran into {discord._faults.left()}"
