"""Socket Mode: renewed, cut and deaf connections lose nothing."""

import asyncio
import gc
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest

from adapters.slack import connection
from adapters.slack.api import Api
from tests.live.waiting import until
from tests.support.slack import APP_TOKEN, BOT_TOKEN, open_slack
from tests.support.slack_bot import World


async def taken(_: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take a delivery, and say nothing."""
    return {}


async def test_one_connection_is_there_while_the_other_is_renewed(world: World) -> None:
    amina = world.slack.person("amina")
    first = world.slack.sockets.open[0]
    await world.slack.sockets.disconnect("refresh_requested", first)
    for _ in range(4):
        seen = await amina.types("/board me")
        assert "My numbers" in seen.last.text
    await world.slack.changes.until("a fresh socket", lambda: first not in world.slack.sockets.open)
    await world.slack.connected(sockets=2)


async def test_a_connection_that_is_cut_comes_back(world: World) -> None:
    amina = world.slack.person("amina")
    opened = world.slack.sockets.opened
    world.slack.sockets.cut()
    await world.slack.changes.until("a new socket", lambda: world.slack.sockets.opened > opened)
    await world.slack.connected(sockets=2)
    seen = await amina.types("/board me")
    assert "My numbers" in seen.last.text


async def test_a_connection_stays_until_its_successor_has_said_hello(world: World) -> None:
    first = world.slack.sockets.open[0]
    held = world.slack.faults.held("apps.connections.open")
    await world.slack.sockets.disconnect("warning", first)
    await held.reached.wait()
    assert first in world.slack.sockets.open
    assert not first.ws.closed
    held.release()
    await world.slack.changes.until("the first to be closed", lambda: first not in world.slack.sockets.open)
    await world.slack.connected(sockets=2)


async def test_slack_being_away_for_a_while_is_waited_for(world: World) -> None:
    world.slack.faults.status("apps.connections.open", 503, times=2)
    await world.slack.sockets.close_all()
    await world.slack.connected(sockets=2)
    amina = world.slack.person("amina")
    seen = await amina.types("/board me")
    assert "My numbers" in seen.last.text


async def test_the_wait_that_slack_asks_for_is_kept_by_every_connection(world: World, logged) -> None:
    loop, (first, other) = asyncio.get_running_loop(), world.slack.sockets.open
    since, _ = loop.time(), world.slack.faults.limited("apps.connections.open", retry_after=2)
    await world.slack.sockets.close(first)
    await until("the wait is heard of", lambda: any(record.get("again_in") == 2 for record in logged))
    asked = len(world.slack.called("apps.connections.open"))
    await world.slack.sockets.close(other)
    await world.slack.changes.until("one asks", lambda: len(world.slack.called("apps.connections.open")) > asked)
    assert loop.time() - since >= 2, "neither the one that was told asks before, nor the other"
    await world.slack.connected(sockets=2)


async def test_a_connection_that_has_gone_deaf_is_renewed(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        api = Api(session, world.slack.api_url, BOT_TOKEN)
        line = connection.SocketLine(api, APP_TOKEN, taken, silent=0.05)
        opened = world.slack.sockets.opened
        keeping = asyncio.get_running_loop().create_task(line.keep())
        await world.slack.changes.until("two more sockets", lambda: world.slack.sockets.opened >= opened + 2)
        keeping.cancel()
        await line.close()


async def test_a_socket_that_says_no_hello_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HELLO_WITHIN", 0.05)
    world.slack.sockets.silent_from_start = 1
    first = world.slack.sockets.open[0]
    await world.slack.sockets.close(first)
    await world.slack.changes.until(
        "a socket that speaks", lambda: len([s for s in world.slack.sockets.open if not s.silent]) == 2
    )


async def test_socket_mode_switched_off_stops_slack_and_says_why(world: World) -> None:
    await world.slack.sockets.disconnect("link_disabled")
    await asyncio.wait({world.ended})
    assert "Socket Mode is off for this app" in str(world.ended.exception())


async def test_too_many_connections_are_not_tried_at_once(world: World) -> None:
    opened = world.slack.sockets.opened
    await world.slack.sockets.disconnect("too_many_websockets")
    await world.slack.changes.until("a successor", lambda: world.slack.sockets.opened == opened + 1)
    assert len(world.slack.sockets.open) <= 3


async def test_a_stop_at_any_moment_of_a_renewal_is_heard_and_leaves_nothing_open() -> None:
    async with open_slack() as slack, aiohttp.ClientSession() as session:
        for turns in range(20):
            opened = slack.sockets.opened
            line = connection.SocketLine(Api(session, slack.api_url, BOT_TOKEN), APP_TOKEN, taken)
            keeping = asyncio.create_task(line.keep())
            await line.up.wait()
            await slack.sockets.disconnect()
            await slack.changes.until("a successor", lambda: slack.sockets.opened == opened + 2)  # noqa: B023
            for _ in range(turns):
                await asyncio.wait({keeping}, timeout=0)
            keeping.cancel()
            await asyncio.wait({keeping}, timeout=30)
            assert keeping.cancelled(), "a stop is not lost on the way"
            await line.close()
            await slack.connected(0)
        roads = [road for road in gc.get_objects() if isinstance(road, aiohttp.connector.Connection)]
        assert [road for road in roads if road.protocol is not None] == [], "none is left to the garbage collector"
