"""Payloads as Slack writes them, in every field it documents; what is read from each."""

import json
from pathlib import Path
from typing import Any

from adapters.slack import inbound
from bot.engine.invocation import CalledCommand, Place, PressedButton, SubmittedForm, TypedLine
from bot.features import everything

RECORDED = Path(__file__).parent / "recorded"


def recorded(name: str) -> dict[str, Any]:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def test_a_command() -> None:
    arrived = inbound.command(recorded("command"))
    request = arrived.invocation.request
    assert isinstance(request, TypedLine)
    assert request.words(request.line) == (
        "/lead add name:“Dana & Co” organisation:Nordik why:see nordik.example in #jobs"
    )
    assert arrived.invocation.delivery == "command:13345224609.738474920.8088930838d88f008e0"
    assert arrived.invocation.place == Place("slack", "T0001", "example")
    assert (arrived.user, arrived.invocation.sender.name) == ("U2147483697", "Steve")
    assert arrived.response_url == "https://hooks.slack.com/commands/1234/5678"


def test_a_command_that_takes_a_channel_gets_its_id() -> None:
    request = inbound.command(recorded("command_with_channel")).invocation.request
    assert request == TypedLine("/hello community setup channel:<#C012AB3CD|digest> zone:Toronto language:en")


def test_a_press() -> None:
    message, home, modal = (
        inbound.press(recorded(f"press_{where}")) for where in ("on_message", "at_home", "in_modal")
    )
    assert message is not None
    assert home is not None
    assert modal is not None
    assert message.invocation.request == PressedButton("A1b2mAbCdEfGh00abc~x.AbCdEfGhIjKl")
    assert message.response_url.startswith("https://hooks.slack.com/actions/")
    assert message.invocation.delivery.startswith("press:12321423423.")
    assert (message.view, home.view, modal.view) == ("", "", "V2")
    assert (message.at_home, home.at_home, modal.at_home) == (False, True, False)
    assert inbound.press(recorded("link_button")) is None


def test_a_submission() -> None:
    arrived = inbound.submission(recorded("submission"))
    assert arrived.invocation.delivery == "view:VNHU13V36:1569262015.55b5e41b"
    assert arrived.invocation.request == SubmittedForm(
        "the-token",
        {
            "lead": "lead-id",
            "when": "2026-03-12T19:00+00:00",
            "place": "phone",
            "day": "2026-03-12",
            "at": "12:30",
            "count": "3",
            "kind": "yes",
            "channel": "C012AB3CD",
            "empty": "",
        },
    )
    assert "place" in arrived.fields


def test_a_shortcut() -> None:
    on_message, anywhere = (
        inbound.shortcut(recorded("message_action"), everything()),
        inbound.shortcut(recorded("shortcut"), everything()),
    )
    assert on_message is not None
    assert anywhere is not None
    assert on_message.invocation.request == CalledCommand(
        "tip share", {"text": "Ask @maomao & @here early. See this"}, ask=True
    )
    assert anywhere.invocation.request == CalledCommand("lead add", {}, ask=True)
    assert (on_message.response_url != "", anywhere.response_url) == (True, "")


def test_a_question_for_suggestions() -> None:
    wanted = inbound.wanted(recorded("suggestion"))
    assert wanted is not None
    assert (wanted.command, wanted.param, wanted.typed) == ("ask sent", "lead", "da")


def test_events() -> None:
    opened = inbound.opened_home(recorded("home_opened"))
    assert opened is not None
    assert (opened.team, opened.user) == ("T0001", "U061F7AUR")
    assert inbound.opened_home(recorded("messages_tab_opened")) is None
    assert inbound.ended(recorded("uninstalled")) == "app_uninstalled"
    assert inbound.ended(recorded("user_token_revoked")) is None
