"""Buttons, response_url, shortcuts, mentions and the home tab, as people in the workspace meet them."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.loopback.bare import go, modal, open_modal, plain, post
from tests.support.slack import Person, Slack


async def post_to(client: AsyncWebClient, url: str, **payload: Any) -> tuple[int, str]:
    return await post(client, url, json=payload)


def url_for(slack: Slack, amina: Person, message: str | None = None) -> str:
    return f"{slack.base}/respond/{slack.workspace.hook(amina.id, slack.general.id, message)}"


async def test_a_response_url_is_good_five_times(slack: Slack, client: AsyncWebClient, amina: Person) -> None:
    url = url_for(slack, amina)
    for number in range(5):
        assert await post_to(client, url, text=f"{number}") == (200, "ok")
    status, answer = await post_to(client, url, text="6")
    assert (status, "used_url" in answer) == (404, True)
    assert len(amina.sees.messages) == 5


async def test_a_response_url_is_good_for_thirty_minutes(slack: Slack, client: AsyncWebClient, amina: Person) -> None:
    url = url_for(slack, amina)
    slack.workspace.move(minutes=29, seconds=59)
    assert (await post_to(client, url, text="in time"))[0] == 200
    slack.workspace.move(seconds=1)
    status, answer = await post_to(client, url, text="late")
    assert (status, "expired_url" in answer) == (404, True)


async def test_an_answer_is_ephemeral_unless_it_says_otherwise(
    slack: Slack, client: AsyncWebClient, amina: Person
) -> None:
    ben = slack.person("ben")
    await post_to(client, url_for(slack, amina), text="For you")
    await post_to(client, url_for(slack, amina), text="For all", response_type="in_channel")
    assert [message.text for message in ben.sees.messages] == ["For all"]
    assert [message.only_for_me for message in amina.sees.messages] == [True, False]
    status, answer = await post_to(client, url_for(slack, amina), text="x", blocks=[{"type": "nonsense"}])
    assert (status, "invalid_blocks" in answer) == (400, True)


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({"text": "x", "response_typ": "in_channel"}, "unknown field response_typ"),
        ({"text": "x", "response_type": "private"}, "response_type 'private'"),
        ({"text": "x", "replace_original": True}, "there is none"),
    ],
    ids=["field", "type", "original"],
)
async def test_a_strange_answer_fails_the_test(
    slack: Slack, client: AsyncWebClient, amina: Person, payload: dict[str, Any], problem: str
) -> None:
    await post_to(client, url_for(slack, amina), **payload)
    with pytest.raises(AssertionError, match=problem):
        slack.check()
    slack.complaints.clear()


async def test_a_press_changes_the_message_it_was_on(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    @app.action("go")
    async def press(ack, body, respond) -> None:
        await ack()
        await respond({"text": f"{body['user']['name']} chose {body['actions'][0]['value']}", "replace_original": True})

    await client.chat_postMessage(channel="#general", text="Choose", blocks=[go("Yes", value="1")])
    assert amina.sees.last.buttons == ["Yes"]
    await amina.presses("Yes")
    assert [(message.text, message.buttons) for message in amina.sees.messages] == [("amina chose 1", [])]


async def test_an_ephemeral_message_is_not_in_its_press_and_can_be_taken_away(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    seen = {}

    @app.action("go")
    async def press(ack, body, respond) -> None:
        seen.update(body)
        await ack()
        await respond({"delete_original": True})

    await client.chat_postEphemeral(channel=slack.general.id, user=amina.id, text="Choose", blocks=[go()])
    await amina.presses("Go")
    assert not amina.sees.messages
    assert "message" not in seen
    assert seen["container"]["is_ephemeral"] is True


async def test_a_press_in_a_modal_carries_what_was_typed(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    @app.action("go")
    async def press(ack, body) -> None:
        await ack()
        typed = body["view"]["state"]["values"]["name"]["value"]["value"]
        view = modal(title=plain(typed))
        await client.views_update(view_id=body["container"]["view_id"], hash=body["view"]["hash"], view=view)

    await open_modal(slack, client, amina, modal(*modal()["blocks"], go()))
    await amina.fills(Name="Dana")
    await amina.presses("Go")
    assert amina.sees.modal is not None
    assert amina.sees.modal.title == "Dana"
    assert amina.sees.modal.values == {"Name": "Dana"}


async def test_what_is_not_there_cannot_be_pressed(slack: Slack, client: AsyncWebClient, amina: Person) -> None:
    await client.chat_postMessage(channel="#general", text="Choose", blocks=[go("Yes")])
    with pytest.raises(AssertionError, match=r"amina sees no 'No'; there are \['Yes'\]"):
        await amina.presses("No")
    with pytest.raises(AssertionError, match="no modal open"):
        await amina.submits()


async def test_shortcuts_open_forms_with_and_without_a_message(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    @app.shortcut("log")
    async def log(ack, body) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(title=plain("Log")))

    @app.shortcut("share")
    async def share(ack, body) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(title=plain(body["message"]["text"])))

    await amina.uses_shortcut("Log a lead")
    assert amina.sees.modal is not None
    assert amina.sees.modal.title == "Log"
    message = slack.person("ben").says("Ask one question")
    await amina.uses_shortcut("Share as a tip", message)
    assert amina.sees.modal is not None
    assert amina.sees.modal.title == "Ask one question"


async def test_the_home_tab_shows_what_was_published_and_its_buttons_work(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    def page(words: str) -> dict[str, Any]:
        return {"type": "home", "blocks": [{"type": "section", "text": plain(words)}, go("More")]}

    @app.event("app_home_opened")
    async def opened(event) -> None:
        await client.views_publish(user_id=event["user"], view=page("Welcome"))

    @app.action("go")
    async def press(ack, body) -> None:
        await ack()
        await client.views_publish(user_id=body["user"]["id"], hash=body["view"]["hash"], view=page("Thank you"))

    await amina.opens_home()
    assert amina.sees.home is not None
    assert (amina.sees.home.text, amina.sees.home.buttons) == ("Welcome", ["More"])
    await amina.presses("More")
    assert amina.sees.home.text == "Thank you"


async def test_a_closed_modal_is_told_only_if_it_asked(
    slack: Slack, app: AsyncApp, client: AsyncWebClient, running: Any, amina: Person
) -> None:
    closed = []

    @app.view_closed("form")
    async def gone(ack, body) -> None:
        await ack()
        closed.append(body["is_cleared"])

    await open_modal(slack, client, amina, modal())
    await amina.closes()
    await open_modal(slack, client, amina, modal(notify_on_close=True))
    await amina.closes()
    assert closed == [False]


async def test_names_and_signs_are_escaped_in_a_command(
    slack: Slack, app: AsyncApp, running: Any, amina: Person
) -> None:
    seen = []

    @app.command("/hello")
    async def hello(ack, body) -> None:
        seen.append(body["text"])
        await ack("ok")

    await amina.types("/hello  thank @amina in #general for <b> & more @nobody ")
    general = slack.general.id
    assert seen == [f"thank <@{amina.id}|amina> in <#{general}|general> for &lt;b&gt; &amp; more @nobody"]


async def test_people_read_names_dates_and_pictures(slack: Slack, client: AsyncWebClient, amina: Person) -> None:
    words = f"<@{amina.id}> met in <#{slack.general.id}> on <!date^1^{{date}}|Monday> &amp; <https://x.org|more>"
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": words}},
        {"type": "image", "image_url": "https://x.org/a.png", "alt_text": "A chart"},
    ]
    await client.chat_postMessage(channel="#general", text="Plain words", blocks=blocks)
    assert amina.sees.last.text == "@amina met in #general on Monday & more\n[A chart]"
    assert amina.sees.last.notification == "Plain words"
