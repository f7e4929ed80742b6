"""Socket Mode as Slack's own library meets it: hello, envelopes, acks, and every way a socket ends."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from tests.support.slack import APP_TOKEN, Slack, open_slack


@pytest.fixture(autouse=True)
def answering(app: AsyncApp) -> list[Any]:
    """Let the app answer commands and note the deliveries of events."""
    events: list[Any] = []

    @app.command("/hello")
    async def hello(ack, body) -> None:
        await ack(f"Hello {body['text']}")

    @app.event("app_home_opened")
    async def opened(body, request) -> None:
        events.append((body["event_id"], request.headers.get("x-slack-retry-num"), body["event"]["user"]))

    return events


async def test_each_payload_goes_to_one_socket_and_to_each_in_turn(slack: Slack, app: AsyncApp, running: Any) -> None:
    second = AsyncSocketModeHandler(app, APP_TOKEN, web_client=running.client.web_client)
    await second.connect_async()
    await slack.connected(2)
    amina = slack.person("amina")
    for number in range(4):
        await amina.types(f"/hello {number}")
    await second.close_async()
    assert [message.text for message in amina.sees.messages] == [f"Hello {number}" for number in range(4)]
    assert sorted(delivery.socket for delivery in slack.deliveries if delivery.socket) == [1, 1, 2, 2]


async def test_a_refresh_is_followed_by_a_new_socket(slack: Slack, running: Any) -> None:
    await slack.sockets.disconnect("refresh_requested")
    await slack.changes.until("a second socket", lambda: slack.sockets.opened == 2 and len(slack.sockets.open) == 1)
    assert "Hello again" in await slack.person("amina").types("/hello again")


@pytest.mark.parametrize("end", ["close", "cut"])
async def test_a_socket_that_ends_without_a_word_is_followed_by_a_new_one(slack: Slack, running: Any, end: str) -> None:
    if end == "cut":
        slack.sockets.cut()
    else:
        await slack.sockets.close()
    await slack.changes.until("a second socket", lambda: slack.sockets.opened == 2 and len(slack.sockets.open) == 1)
    assert "Hello again" in await slack.person("amina").types("/hello again")


async def test_a_warned_socket_still_gets_payloads_and_a_refreshed_one_none(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session:
        bot = await session.ws_connect(slack.sockets.ticket())
        hello = await bot.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        await slack.sockets.disconnect("warning")
        assert (await bot.receive_json())["reason"] == "warning"
        await slack.sockets.give(_delivery(slack))
        assert (await bot.receive_json())["type"] == "slash_commands"
        await slack.sockets.disconnect("refresh_requested")
        assert (await bot.receive_json())["reason"] == "refresh_requested"
        ack = await slack.deliver("slash_commands", {})
        assert ack.error == "dispatch_failed"
        await bot.close()


def _delivery(slack: Slack) -> Any:
    from tests.support.slack import Delivery  # noqa: PLC0415 - made inside the running loop

    return Delivery("envelope-x", "slash_commands", {}, slack.workspace.now())


async def test_the_eleventh_socket_is_one_too_many(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session:
        ten = [await session.ws_connect(slack.sockets.ticket()) for _ in range(10)]
        await slack.connected(10)
        eleventh = await session.ws_connect(slack.sockets.ticket())
        assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
        assert (await eleventh.receive()).type == aiohttp.WSMsgType.CLOSE
        for socket in ten:
            await socket.close()


async def test_a_ticket_is_good_for_one_socket(slack: Slack) -> None:
    ticket = slack.sockets.ticket()
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(ticket)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(ticket)
        await first.close()


async def test_a_socket_can_be_silent_from_its_start(slack: Slack) -> None:
    slack.sockets.silent_from_start = 1
    async with aiohttp.ClientSession() as session:
        silent = await session.ws_connect(slack.sockets.ticket(), autoping=False)
        await slack.connected()
        await silent.ping(b"unheard")
        awake = await session.ws_connect(slack.sockets.ticket(), autoping=False)
        await awake.ping()
        assert (await awake.receive_json())["num_connections"] == 2
        assert (await awake.receive()).type == aiohttp.WSMsgType.PONG
        slack.sockets.open[0].silent = False
        await silent.ping(b"heard")
        assert (await silent.receive()).data == b"heard"
        await silent.close()
        await awake.close()


async def test_an_event_comes_again_with_the_same_id(slack: Slack, running: Any, answering: list[Any]) -> None:
    amina = slack.person("amina")
    await slack.deliver("events_api", slack.payloads.home_opened(amina.user))
    await slack.deliver_again()
    await slack.changes.until("both", lambda: slack.deliveries)
    await slack.settled(set())
    (first, again) = answering
    assert first[0] == again[0]
    assert (first[1], again[1]) == (["0"], ["1"])


async def test_a_command_nobody_acknowledges_is_an_error_for_the_person() -> None:
    async with open_slack(patience=0.2) as slack, aiohttp.ClientSession() as session:
        bot = await session.ws_connect(slack.sockets.ticket())
        amina = slack.person("amina")
        with pytest.raises(AssertionError, match="operation_timeout"):
            await amina.types("/hello")
        assert amina.sees.errors == ["operation_timeout"]
        await bot.close()


async def test_a_late_ack_is_no_ack(slack: Slack, app: AsyncApp, running: Any) -> None:
    @app.command("/slow")
    async def slow(ack) -> None:
        slack.workspace.move(seconds=3.1)
        await ack("too late")

    amina = slack.person("amina")
    with pytest.raises(AssertionError, match="operation_timeout"):
        await amina.types("/slow")
    assert not amina.sees.messages


async def test_a_bot_that_acks_and_then_shows_nothing_fails_the_test(app: AsyncApp) -> None:
    async with open_slack(patience=0.2) as slack, aiohttp.ClientSession() as session:
        bot = await session.ws_connect(slack.sockets.ticket())
        amina = slack.person("amina")
        await bot.receive_json()
        with pytest.raises(AssertionError, match="waited in vain for amina to see something"):
            await _with_acks(amina.types("/hello"), bot)
        await bot.close()


async def _with_acks(act: Any, bot: aiohttp.ClientWebSocketResponse) -> None:
    import asyncio  # noqa: PLC0415

    acting = asyncio.ensure_future(act)
    frame = await bot.receive_json()
    await bot.send_json({"envelope_id": frame["envelope_id"]})
    await acting


@pytest.mark.parametrize(
    ("frame", "problem"),
    [({"envelope_id": "e", "text": "x"}, "an ack with"), ({"payload": {}}, "an ack with")],
    ids=["a field too many", "no envelope"],
)
async def test_a_strange_ack_fails_the_test(frame: dict[str, Any], problem: str) -> None:
    async with open_slack(patience=1) as slack, aiohttp.ClientSession() as session:
        bot = await session.ws_connect(slack.sockets.ticket())
        await bot.send_json(frame)
        with pytest.raises(AssertionError, match=problem):
            await slack.changes.until("never", lambda: False)
        await bot.close()
        slack.complaints.clear()


async def test_a_removed_app_is_told_and_its_token_ends(slack: Slack, app: AsyncApp, running: Any) -> None:
    told: list[str] = []

    @app.event("app_uninstalled")
    async def gone(body) -> None:
        told.append(body["event"]["type"])

    @app.event("tokens_revoked")
    async def revoked(body) -> None:
        told.append(body["event"]["type"])

    await slack.uninstalls()
    await slack.settled(set())
    assert told == ["tokens_revoked", "app_uninstalled"]
    assert slack.tokens["xoxb-circle"].ended == "account_inactive"
