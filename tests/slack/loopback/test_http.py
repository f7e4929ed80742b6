"""HTTP mode: what Slack signs is taken, what others forge, change or play again is not."""

import time
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
import pytest_asyncio
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp

from tests.support.slack import HttpDoor, Slack


@pytest_asyncio.fixture
async def door(slack: Slack, app: AsyncApp) -> AsyncIterator[HttpDoor]:
    server = app.web_app(path="/slack/events")
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield slack.uses_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", time_of=time.time)
    await runner.cleanup()


async def test_a_person_is_answered_by_http_too(slack: Slack, app: AsyncApp, door: HttpDoor) -> None:
    @app.command("/hello")
    async def hello(ack, body, respond) -> None:
        await ack(f"Hello {body['text']}")
        await respond({"text": "And more", "response_type": "in_channel"})

    amina, ben = slack.person("amina"), slack.person("ben")
    await amina.types("/hello é & co")
    # Bolt may send the second before the ack, because it looks for the ack only every 10 ms.
    assert {message.text for message in amina.sees.messages} == {"Hello é & co", "And more"}
    assert [message.text for message in ben.sees.messages] == ["And more"]


async def test_only_what_slack_signed_lately_is_taken(slack: Slack, app: AsyncApp, door: HttpDoor) -> None:
    body = "command=%2Fhello&user_id=U1&team_id=T0CIRCLE&channel_id=C1&text="

    @app.command("/hello")
    async def hello(ack) -> None:
        await ack("Hello")

    assert (await door.post(body)).payload == {"text": "Hello"}
    assert (await door.post(body, age=290)).status == 200
    assert (await door.post(body, age=310)).status == 401
    assert (await door.post(body, age=-310)).status == 401
    assert (await door.post(body, forged=True)).status == 401
    signed = door.signature(body)
    assert (await door.raw(body + "x", signed)).status == 401
    assert (await door.post(body, headers={"X-Slack-Signature": ""})).status == 401


async def test_the_address_is_verified_by_a_challenge(door: HttpDoor) -> None:
    assert (await door.verify_url()).payload == {"challenge": "challenge-1"}


async def test_events_come_as_json_with_their_retries(slack: Slack, app: AsyncApp, door: HttpDoor) -> None:
    seen = []

    @app.event("app_home_opened")
    async def opened(body, request) -> None:
        seen.append(
            (body["event_id"], request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason"))
        )

    amina = slack.person("amina")
    await slack.deliver("events_api", slack.payloads.home_opened(amina.user))
    await slack.deliver_again(reason="http_timeout")
    await slack.settled(set())
    assert seen[0][1:] == (None, None)
    assert seen[1] == (seen[0][0], ["1"], ["http_timeout"])


async def test_a_bot_that_is_not_there_fails_loudly(slack: Slack) -> None:
    slack.uses_http("http://127.0.0.1:1/slack/events")
    with pytest.raises(AssertionError, match="dispatch_failed"):
        await slack.person("amina").types("/hello")


async def test_a_press_is_a_form_with_a_payload(slack: Slack) -> None:
    seen = []

    async def taken(request: web.Request) -> web.Response:
        seen.append(parse_qs(await request.text()))
        return web.Response()

    server = web.Application()
    server.router.add_post("/", taken)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.uses_http(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    await slack.deliver("interactive", slack.payloads.shortcut(slack.person("amina").user, "log"))
    await runner.cleanup()
    assert list(seen[0]) == ["payload"]
