"""What others may try, and what may go wrong: nothing reaches the wrong place, and nobody is left without an answer."""

import asyncio
import json
import logging
from typing import Any

import aiohttp
import pytest
import structlog

from adapters.slack import answering
from adapters.slack.api import Api
from tests.support.slack import BOT_TOKEN
from tests.support.slack_bot import World

ELSEWHERE = [
    "http://hooks.slack.com/x",
    "https://hooks.slack.com.evil.example/x",
    "https://evil.example/hooks.slack.com",
    "https://evil@hooks.slack.com/x",
    "https://hooks.slack.com:8443/x",
    "https://hooks.slack.com@evil.example/x",
    "http://127.0.0.1/x",
    "http://127.0.0.1:1/x",
    "http://localhost/x",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]/x",
    "file:///etc/passwd",
    "ftp://hooks.slack.com/x",
    "//hooks.slack.com/x",
    "javascript:alert(1)",
    "gopher://hooks.slack.com/x",
    "https://HOOKS.slack.com./x",
    "",
]


async def test_answers_go_to_slack_or_to_the_test_server_only(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        real = Api(session, "https://slack.com/api/", BOT_TOKEN)
        test = Api(session, world.slack.api_url, BOT_TOKEN)
        assert real.may_answer_at("https://hooks.slack.com/commands/T1/2/3")
        assert test.may_answer_at(f"{world.slack.base}/respond/x")
        for url in ELSEWHERE:
            assert not real.may_answer_at(url), url
            assert not test.may_answer_at(url), url


async def test_an_answer_that_may_not_go_where_it_should_comes_in_private(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
    payload = world.slack.deliveries[-1].payload
    button = world.slack.workspace.messages[-1].payload["blocks"][-1]["elements"][1]
    press = {
        **world.slack.payloads.press_on_message(
            amina.user,
            world.slack.workspace.messages[-1],
            {"type": "button", "action_id": button["action_id"], "block_id": "b", "value": button["value"]},
        ),
        "response_url": "https://evil.example/x",
        "trigger_id": payload["trigger_id"],
    }
    await world.slack.deliver("interactive", press)
    await amina.until("Add a person")


async def test_a_secret_that_is_pasted_is_not_kept(world: World) -> None:
    amina = world.slack.person("amina")
    secret = "xoxb-1234567890-0987654321-abcdefghijklmnopqrstuvwx"
    seen = await amina.types(f'/lead add name:"{secret}" organisation:"Nordik" why:"works there"')
    assert "This looks like a secret key. I did not keep it." in seen.last.text
    seen = await amina.types("/lead list")
    assert "Your list is empty." in seen.last.text


async def test_logs_hold_no_names_words_or_tokens(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logged:
        amina = world.slack.person("amina", real_name="CANARY-NAME")
        await amina.types('/lead add name:"CANARY-LEAD" organisation:"CANARY-FIRM" why:"CANARY-WHY"')
        await amina.types("/lead CANARY-WORD")
        world.slack.faults.error("views.open", "expired_trigger_id")
        await amina.types("/lead add name:CANARY-LEAD")
        await world.slack.deliver("interactive", {"type": "CANARY-TYPE", "team": {"id": "T0CIRCLE"}})
    everything = json.dumps(logged, default=str) + caplog.text
    assert logged
    assert "CANARY-L" not in everything
    assert "CANARY-F" not in everything
    assert "CANARY-W" not in everything
    assert "CANARY-N" not in everything
    assert BOT_TOKEN not in everything


async def test_nothing_is_left_without_an_answer(world: World) -> None:
    amina = world.slack.person("amina")
    common = {"team": {"id": "T0CIRCLE"}, "user": {"id": amina.id}, "api_app_id": "A0APP"}
    strange: list[tuple[Any, dict[str, Any]]] = [
        ("interactive", {"type": "something_new", **common}),
        ("interactive", {"type": "view_closed", "view": {"id": "V1", "callback_id": "form"}, **common}),
        ("interactive", {"type": "block_actions", "actions": [], "trigger_id": "1", **common}),
        ("interactive", {"type": "block_actions", "actions": [{"type": "button", "action_id": "x"}], **common}),
        ("interactive", {"type": "shortcut", "callback_id": "not-ours", "trigger_id": "1", **common}),
        ("interactive", {"type": "block_suggestion", "action_id": "x", "block_id": "y", "value": "z", **common}),
        ("events_api", world.slack.payloads.event({"type": "something_new"})),
        ("slash_commands", {"command": "/hello", "text": "", "team_id": "T0CIRCLE", "user_id": amina.id}),
    ]
    for kind, payload in strange:
        ack = await world.slack.deliver(kind, payload)
        assert ack.error is None, payload
    seen = await amina.types("/hello lede add")
    assert "Did you mean" in seen.last.text
    seen = await amina.types("/hello")
    assert "What you can do here" in seen.last.text


async def test_a_fault_of_ours_is_told_with_a_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    amina = world.slack.person("amina")

    def broken(*_: object) -> None:
        raise RuntimeError("CANARY")

    monkeypatch.setattr(answering, "type_of", broken)
    seen = await amina.types("/board me")
    assert "I made an error." in seen.last.text
    assert "CANARY" not in seen.last.text


async def test_a_person_of_another_workspace_is_told_so(world: World) -> None:
    amina = world.slack.person("amina")
    payload = world.slack.payloads.command(amina.user, world.slack.general, "/lead", "list", escape=True)
    ack = await world.slack.deliver("slash_commands", {**payload, "team_id": "T0OTHER"})
    assert "I belong to another workspace" in ack.payload["text"]
    assert await world.circle.zone_of("slack", "T0OTHER") is None


async def test_a_delivery_that_comes_again_changes_nothing_and_gets_the_same_answer(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
    first = amina.sees.last.notification
    for _ in range(10):
        ack = await world.slack.deliver_again(world.slack.deliveries[1])
        assert ack.payload["text"].startswith(first.splitlines()[0])
    seen = await amina.types("/board me")
    assert "*New names in total*\n1" in seen.last.text


async def test_somebody_elses_button_does_nothing(world: World) -> None:
    amina, eve = world.slack.person("amina"), world.slack.person("eve")
    await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"works there"')
    message = amina.sees.last.message
    button = message.payload["blocks"][-1]["elements"][0]
    action = {"type": "button", "action_id": button["action_id"], "block_id": "b", "value": button["value"]}
    await world.slack.deliver("interactive", world.slack.payloads.press_on_message(eve.user, message, action))
    await eve.until("This button does not work any more.")


async def test_a_slow_answer_comes_after_the_acknowledgement(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "AT_ONCE", 0.02)
    amina = world.slack.person("amina")
    held = world.slack.faults.held("users.info")
    payload = world.slack.payloads.command(amina.user, world.slack.general, "/board", "me", escape=True)
    ack = await world.slack.deliver("slash_commands", payload)
    assert ack.payload is None
    held.release()
    seen = await amina.until("My numbers")
    assert seen.last.only_for_me


async def test_a_slow_form_opens_at_once_and_is_filled_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "AT_ONCE", 0.02)
    amina = world.slack.person("amina")
    held = world.slack.faults.held("users.info")
    payload = world.slack.payloads.command(amina.user, world.slack.general, "/lead", "add", escape=True)
    await world.slack.deliver("slash_commands", payload)
    await amina.until("One moment, please.")
    held.release()
    seen = await amina.until("Where they work")
    assert seen.modal is not None
    assert seen.modal.submit == "Send"


async def test_a_modal_that_waits_speaks_the_members_language(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    amina = world.slack.person("amina", locale="fr-FR")
    await amina.types("/hello help")
    await world.later(hours=13)
    monkeypatch.setattr(answering, "AT_ONCE", 0.02)
    held = world.slack.faults.held("users.info")
    payload = world.slack.payloads.command(amina.user, world.slack.general, "/lead", "add", escape=True)
    await world.slack.deliver("slash_commands", payload)
    await amina.until("Un instant, s’il vous plaît.")
    held.release()
    await amina.until("Ajouter une personne")


async def test_a_slow_submission_shows_its_answer_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    amina = world.slack.person("amina")
    await amina.types("/lead add")
    await world.later(hours=13)
    monkeypatch.setattr(answering, "AT_ONCE", 0.02)
    held = world.slack.faults.held("users.info")
    sending = asyncio.get_running_loop().create_task(
        amina.submits(name="Dana", organisation="Nordik", why="She built it.")
    )
    await held.reached.wait()
    await amina.until("One moment, please.")
    held.release()
    await sending
    await amina.until("Dana, Nordik is on your list.")
