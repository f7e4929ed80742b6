"""Forms as people fill them in, and what a bot may answer to one."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.loopback.bare import asked, bare_app, modal, open_modal, over_sockets, plain, web_client
from tests.support.slack import Person, Slack, open_slack

EVERY = (
    asked("name", "Name", type="plain_text_input", max_length=10),
    asked("stage", "Stage", type="static_select", options=[{"text": plain("New"), "value": "new"}]),
    asked("sure", "Sure?", type="radio_buttons", options=[{"text": plain("Yes"), "value": "yes"}]),
    asked("days", "Days", type="checkboxes", options=[{"text": plain(d), "value": d} for d in ("Mon", "Tue")]),
    asked("day", "Day", type="datepicker"),
    asked("time", "Time", type="timepicker"),
    asked("at", "At", type="datetimepicker"),
    asked("where", "Where", type="channels_select"),
    asked("room", "Room", type="conversations_select"),
    asked("who", "Who", type="users_select"),
    asked("asks", "Asks", type="number_input", is_decimal_allowed=False),
    asked("source", "Source", type="external_select", min_query_length=0),
    asked("note", "Note", type="plain_text_input", optional=True),
)


async def test_every_kind_of_field_is_filled_and_sent(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    sent: dict[str, Any] = {}

    @app.options("value")
    async def offer(ack, payload) -> None:
        await ack({"options": [{"text": plain(f"{payload['value']} Ro"), "value": "lead-7"}]})

    @app.view("form")
    async def submitted(ack, view) -> None:
        sent.update({name: next(iter(field.values())) for name, field in view["state"]["values"].items()})
        await ack()

    await open_modal(slack, client, amina, modal(*EVERY))
    await amina.submits(
        {"Name": "Dana"}, stage="New", sure="yes", days=["Mon", "Tue"], day="2026-03-16", time="09:30",
        at=1773670000, where="#general", room="general", who="amina", asks="3", source="Dana",
    )  # fmt: skip
    assert amina.sees.modal is None
    assert sent["name"] == {"type": "plain_text_input", "value": "Dana"}
    assert sent["stage"]["selected_option"] == {"text": plain("New"), "value": "new"}
    assert [option["value"] for option in sent["days"]["selected_options"]] == ["Mon", "Tue"]
    assert (sent["day"]["selected_date"], sent["time"]["selected_time"]) == ("2026-03-16", "09:30")
    assert sent["at"]["selected_date_time"] == 1773670000
    assert sent["where"]["selected_channel"] == sent["room"]["selected_conversation"] == slack.general.id
    assert (sent["who"]["selected_user"], sent["asks"]["value"]) == (amina.id, "3")
    assert sent["source"]["selected_option"]["value"] == "lead-7"
    assert sent["note"]["value"] is None


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"name": "x" * 11}, "stops after 10 characters"),
        ({"name": "a\nb"}, "one line only"),
        ({"stage": "Old"}, "'Old' is not one of the options"),
        ({"day": "Monday"}, "would not take 'Monday'"),
        ({"asks": "three"}, "would not take 'three'"),
        ({"nickname": "x"}, "no field 'nickname'"),
    ],
    ids=["too long", "two lines", "no such option", "no date", "no number", "no such field"],
)
async def test_a_person_can_put_in_only_what_slacks_client_takes(
    slack: Slack, client: AsyncWebClient, amina: Person, values: dict[str, str], problem: str
) -> None:
    await open_modal(slack, client, amina, modal(*EVERY))
    with pytest.raises(AssertionError, match=problem):
        await amina.fills(values)


async def test_a_submission_is_answered_with_an_update_a_push_or_a_clear(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    answers = iter(
        [
            {"response_action": "update", "view": modal(title=plain("Updated"))},
            {"response_action": "push", "view": modal(title=plain("Pushed"))},
            {"response_action": "clear"},
        ]
    )

    @app.view("form")
    async def submitted(ack) -> None:
        await ack(next(answers))

    await open_modal(slack, client, amina, modal())
    titles = []
    for _ in range(3):
        await amina.submits(name="Dana")
        titles.append(amina.sees.modal and amina.sees.modal.title)
    assert titles == ["Updated", "Pushed", None]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"response_action": "errors", "errors": {"nobody": "x"}}, "errors for what is no field"),
        ({"response_action": "update", "view": modal(title=plain("x" * 25))}, "a view that Slack would refuse"),
        ({"response_action": "close"}, "a form was answered with"),
        ({"text": "Saved"}, "a form was answered with"),
    ],
    ids=["errors elsewhere", "a bad view", "an unknown action", "a message"],
)
async def test_a_wrong_answer_to_a_form_fails_the_test(answer: dict[str, Any], problem: str) -> None:
    async with open_slack(patience=1) as slack, web_client(slack) as client:
        app = bare_app(client)
        async with over_sockets(slack, app):

            @app.view("form")
            async def submitted(ack) -> None:
                await ack(answer)

            amina = slack.person("amina")
            await open_modal(slack, client, amina, modal())
            with pytest.raises(AssertionError, match=problem):
                await amina.submits(name="Dana")
        slack.complaints.clear()
