"""HTTP mode: signed requests are answered; what is forged, old or malformed never reaches the bot."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from tests.support.slack import HttpDoor
from tests.support.slack_bot import World, open_world


@pytest.fixture
async def web(tmp_path: Path) -> AsyncGenerator[World]:
    async with open_world(tmp_path, http=True) as world:
        yield world


def door(world: World) -> HttpDoor:
    assert isinstance(world.slack.door, HttpDoor)
    return world.slack.door


async def test_commands_forms_and_the_home_page_work_over_http(web: World) -> None:
    amina = web.slack.person("amina")
    await amina.types("/lead add")
    seen = await amina.submits(name="Dana", organisation="Nordik", why="She built it.")
    assert "Dana, Nordik is on your list." in seen.text
    await amina.opens_home()
    assert amina.sees.home is not None
    assert "Dana, Nordik" in amina.sees.home.text


async def test_slack_can_check_the_address(web: World) -> None:
    ack = await door(web).verify_url()
    assert ack.status == 200
    assert ack.payload == {"challenge": "challenge-1"}


async def test_a_request_of_the_last_five_minutes_is_taken(web: World) -> None:
    for age in (-299, 0, 299):
        assert (await door(web).post("{}", "application/json", age=age)).status == 200


async def test_old_forged_and_malformed_requests_are_refused(web: World) -> None:
    good = door(web).signature("payload=%7B%7D")
    stamps = ["", "0", "-1", "1e9", "soon", "٣", "9" * 40, "1 2", good["X-Slack-Request-Timestamp"] + ".0"]
    signatures = ["", "v0=", "v0=" + "0" * 64, "v1=" + "0" * 64, "é", good["X-Slack-Signature"][:-1], "x" * 5000]
    bad = [{**good, "X-Slack-Request-Timestamp": stamp} for stamp in stamps]
    bad += [{**good, "X-Slack-Signature": signature} for signature in signatures]
    bad += [{}]
    for headers in bad:
        sent = {name: value for name, value in headers.items() if value}
        ack = await door(web).raw("payload=%7B%7D", {"Content-Type": "application/x-www-form-urlencoded", **sent})
        assert ack.status == 401, headers
    assert (await door(web).post("{}", "application/json", age=301)).status == 401
    assert (await door(web).post("{}", "application/json", age=-301)).status == 401
    assert (await door(web).post("{}", "application/json", forged=True)).status == 401


async def test_a_signed_body_that_makes_no_sense_is_no_fault(web: World) -> None:
    bodies = ["", "payload=", "payload=not-json", "{", "[]", "null", '{"type":"x"}', '{"team":[]}', "a=%ff", "\x00"]
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        for body in bodies:
            assert (await door(web).post(body, kind)).status in {200, 400}, (kind, body)


async def test_an_event_that_slack_sends_again_is_taken_again(web: World) -> None:
    amina = web.slack.person("amina")
    await amina.opens_home()
    ack = await web.slack.deliver_again()
    assert ack.status == 200


async def test_the_host_can_see_that_it_runs(web: World) -> None:
    base = door(web).url.removesuffix("/slack/events")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{base}/healthz") as alive,
        session.get(f"{base}/readyz") as ready,
    ):
        assert (alive.status, ready.status) == (200, 200)
