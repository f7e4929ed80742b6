"""Modals: triggers, the stack, hashes and external ids."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.loopback.bare import answer, go, modal, open_modal, plain
from tests.support.slack import Person, Slack


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response["error"]


async def test_a_trigger_lives_three_seconds_and_opens_one_modal(
    slack: Slack, client: AsyncWebClient, amina: Person
) -> None:
    trigger, late = slack.workspace.trigger(amina.id), slack.workspace.trigger(amina.id)
    slack.workspace.move(seconds=2.9)
    await client.views_open(trigger_id=trigger, view=modal())
    assert await error_of(client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    slack.workspace.move(seconds=0.1)
    assert await error_of(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    assert await error_of(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_a_refused_view_does_not_use_its_trigger(slack: Slack, client: AsyncWebClient, amina: Person) -> None:
    trigger = slack.workspace.trigger(amina.id)
    assert (
        await error_of(client.views_open(trigger_id=trigger, view=modal(title=plain("x" * 25)))) == "invalid_arguments"
    )
    await client.views_open(trigger_id=trigger, view=modal())


async def test_three_modals_lie_on_each_other_and_no_fourth(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    errors = []

    @app.action("go")
    async def press(ack, body) -> None:
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=modal(go(), title=plain("Next")))
        except SlackApiError as error:
            errors.append(error.response["error"])

    await open_modal(slack, client, amina, modal(go()))
    for _ in range(2):
        await amina.presses("Go")
    await amina.presses("Go", quiet=True)
    assert errors == ["push_limit_reached"]
    titles = []
    while amina.sees.modal is not None:
        titles.append(amina.sees.modal.title)
        await amina.closes()
    assert titles == ["Next", "Next", "A lead"]


async def test_a_view_is_changed_only_by_its_newest_hash_and_while_it_is_open(
    slack: Slack, client: AsyncWebClient, amina: Person
) -> None:
    call = client.views_open(trigger_id=slack.workspace.trigger(amina.id), view=modal(external_id="lead-1"))
    view = (await answer(call))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=modal(title=plain("Second")))
    again = client.views_update(view_id=view["id"], hash=view["hash"], view=modal())
    assert await error_of(again) == "hash_conflict"
    assert amina.sees.modal is not None
    assert amina.sees.modal.title == "Second"
    await amina.closes()
    assert await error_of(client.views_update(view_id=view["id"], view=modal())) == "not_found"


async def test_an_external_id_is_used_once(slack: Slack, client: AsyncWebClient, amina: Person) -> None:
    ben = slack.person("ben")
    await open_modal(slack, client, amina, modal(external_id="lead-1"))
    second = client.views_open(trigger_id=slack.workspace.trigger(ben.id), view=modal(external_id="lead-1"))
    assert await error_of(second) == "duplicate_external_id"
