"""A request leaves while its time is not over; when it is, not one byte of it leaves."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from adapters.departing import departing
from bot.engine.clock import pause
from bot.engine.departure import Overdue, leaving_by, moment_after

SOON, OVER = timedelta(seconds=30), timedelta(seconds=-1)


@asynccontextmanager
async def site(heard: list[bytes]) -> AsyncGenerator[str]:
    """Listen, and keep what was heard of each request that began."""

    async def take(request: web.Request) -> web.Response:
        heard.append(b"")
        async for piece in request.content.iter_any():
            heard[-1] += piece
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_a_request_leaves_only_while_its_time_is_not_over() -> None:
    heard: list[bytes] = []
    async with site(heard) as url, aiohttp.ClientSession(trace_configs=[departing()]) as client:
        await client.post(url, data=b"free")
        with leaving_by(moment_after(SOON)):
            await client.post(url, data=b"in time")
        for _ in range(2):
            with leaving_by(moment_after(OVER)), pytest.raises(Overdue):
                await client.post(url, data=b"too late")
        await client.post(url, data=b"free again")
    assert heard == [b"free", b"in time", b"free again"]


async def test_a_body_whose_time_ends_on_the_way_is_never_whole() -> None:
    heard: list[bytes] = []

    async def body() -> AsyncIterator[bytes]:
        yield b"a"
        await pause(0.3)
        yield b"z"

    async with site(heard) as url, aiohttp.ClientSession(trace_configs=[departing()]) as client:
        with leaving_by(moment_after(timedelta(seconds=0.2))), pytest.raises(Overdue):
            await client.post(url, data=body())
    assert b"z" not in b"".join(heard)
