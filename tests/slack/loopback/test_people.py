from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from tests.support.slack import Slack

MODAL = {
    "type": "modal",
    "callback_id": "lead",
    "title": {"type": "plain_text", "text": "A new lead"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Who is it?"},
            "element": {"type": "plain_text_input", "action_id": "value", "max_length": 80},
        }
    ],
}


async def test_a_command_is_answered_with_its_ack(slack: Slack, app: AsyncApp, running: AsyncSocketModeHandler) -> None:
    @app.command("/hello")
    async def hello(ack, body) -> None:
        await ack({"text": f"You said {body['text']}", "response_type": "ephemeral"})

    amina, ben = slack.person("amina"), slack.person("ben")
    await amina.types("/hello a & b")
    assert amina.sees.last.text == "You said a & b"
    assert amina.sees.last.only_for_me
    assert ben.sees.messages == []


async def test_a_form_is_opened_filled_and_submitted(
    slack: Slack, app: AsyncApp, running: AsyncSocketModeHandler
) -> None:
    @app.command("/hello")
    async def hello(ack, body, client) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await ack()

    @app.view("lead")
    async def submitted(ack, view, client, body) -> None:
        name = view["state"]["values"]["name"]["value"]["value"]
        if name == "?":
            await ack({"response_action": "errors", "errors": {"name": "A name, please."}})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Saved {name}")

    amina = slack.person("amina")
    await amina.types("/hello lead add")
    assert amina.sees.modal is not None
    assert amina.sees.modal.title == "A new lead"
    await amina.submits()
    assert amina.sees.modal.errors == {"Who is it?": "Please complete this required field."}
    await amina.submits({"Who is it?": "?"})
    assert amina.sees.modal.errors == {"Who is it?": "A name, please."}
    await amina.submits(name="Dana")
    assert amina.sees.modal is None
    assert amina.sees.last.text == "Saved Dana"
    assert amina.sees.last.direct


async def test_an_act_returns_when_the_bot_is_done_and_not_at_its_first_word(
    slack: Slack, app: AsyncApp, running: AsyncSocketModeHandler
) -> None:
    @app.command("/hello")
    async def hello(ack, client) -> None:
        await ack("First")
        await slack.changes.until("the first word to be read", lambda: slack.workspace.messages)
        await client.chat_postMessage(channel="#general", text="Second")

    amina = slack.person("amina")
    await amina.types("/hello")
    assert [message.text for message in amina.sees.messages] == ["First", "Second"]
