"""Block Kit's limits: what is one too many is refused, in Slack's words and with its place; what just fits is taken."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.slack import Slack, pings
from tests.support.slack.blocks.layout import refused_message, refused_options, refused_view

Make = Callable[[int], dict[str, Any]]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def button(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), "action_id": f"go{number}", **more}


def options(count: int) -> list[dict[str, Any]]:
    return [{"text": plain(f"{n}"), "value": f"{n}"} for n in range(count)]


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def asked(**element: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain("Name"), "element": {"action_id": "a", **element}}


def sections(count: int) -> list[dict[str, Any]]:
    return [{"type": "section", "text": plain("x")} for _ in range(count)]


def confirming(**part: int) -> dict[str, Any]:
    lengths = {"title": 1, "text": 1, "confirm": 1, "deny": 1} | part
    return actions(button(confirm={name: plain("x" * length) for name, length in lengths.items()}))


MESSAGES: dict[str, tuple[int, Make]] = {
    "text of a section": (3000, lambda n: {"type": "section", "text": mrkdwn("x" * n)}),
    "fields of a section": (10, lambda n: {"type": "section", "fields": [mrkdwn("x")] * n}),
    "text of a field": (2000, lambda n: {"type": "section", "fields": [mrkdwn("x" * n)]}),
    "text of a header": (150, lambda n: {"type": "header", "text": plain("x" * n)}),
    "elements of a context": (10, lambda n: {"type": "context", "elements": [mrkdwn("x")] * n}),
    "elements of actions": (25, lambda n: actions(*map(button, range(n)))),
    "block id": (255, lambda n: {"type": "divider", "block_id": "x" * n}),
    "action id": (255, lambda n: actions(button() | {"action_id": "x" * n})),
    "text of a button": (75, lambda n: actions(button() | {"text": plain("x" * n)})),
    "value of a button": (2000, lambda n: actions(button(value="x" * n))),
    "address of a button": (3000, lambda n: actions(button(url="x" * n))),
    "options of a select": (100, lambda n: actions({"type": "static_select", "options": options(n)})),
    "options of an overflow": (5, lambda n: actions({"type": "overflow", "options": options(n)})),
    "options of radio buttons": (10, lambda n: actions({"type": "radio_buttons", "options": options(n)})),
    "options of checkboxes": (10, lambda n: actions({"type": "checkboxes", "options": options(n)})),
    "text of an option": (
        75,
        lambda n: actions({"type": "overflow", "options": [{"text": plain("x" * n), "value": "v"}]}),
    ),
    "value of an option": (
        150,
        lambda n: actions({"type": "overflow", "options": [{"text": plain("x"), "value": "v" * n}]}),
    ),
    "description of an option": (
        75,
        lambda n: actions({"type": "radio_buttons", "options": [options(1)[0] | {"description": plain("x" * n)}]}),
    ),
    "placeholder": (150, lambda n: actions({"type": "users_select", "placeholder": plain("x" * n)})),
    "title of a confirmation": (100, lambda n: confirming(title=n)),
    "text of a confirmation": (300, lambda n: confirming(text=n)),
    "button of a confirmation": (30, lambda n: confirming(confirm=n)),
    "alt text": (2000, lambda n: {"type": "image", "image_url": "https://x", "alt_text": "x" * n}),
    "title of an image": (
        2000,
        lambda n: {"type": "image", "image_url": "https://x", "alt_text": "x", "title": plain("x" * n)},
    ),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "rows of a table": (100, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}),
    "cells of a row": (20, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}),
    "text of an alert": (200, lambda n: {"type": "alert", "text": plain("x" * n)}),
    "body of a card": (200, lambda n: {"type": "card", "body": mrkdwn("x" * n)}),
    "cards of a carousel": (10, lambda n: {"type": "carousel", "elements": [{"type": "card", "body": plain("x")}] * n}),
    "blocks of a container": (
        10,
        lambda n: {"type": "container", "title": plain("x"), "child_blocks": sections(n)},
    ),
}

QUESTIONS: dict[str, tuple[int, Make]] = {
    "label": (2000, lambda n: asked(type="plain_text_input") | {"label": plain("x" * n)}),
    "hint": (2000, lambda n: asked(type="plain_text_input") | {"hint": plain("x" * n)}),
    "most letters of a field": (3000, lambda n: asked(type="plain_text_input", max_length=n)),
    "files of a field": (10, lambda n: asked(type="file_input", max_files=n)),
    "first value": (80, lambda n: asked(type="plain_text_input", max_length=80, initial_value="x" * n)),
}


def in_modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": list(blocks) or sections(1), **more}


VIEWS: dict[str, tuple[int, Make]] = {
    "title": (24, lambda n: in_modal(title=plain("x" * n))),
    "submit": (24, lambda n: in_modal(submit=plain("x" * n))),
    "close": (24, lambda n: in_modal(close=plain("x" * n))),
    "private metadata": (3000, lambda n: in_modal(private_metadata="x" * n)),
    "callback id": (255, lambda n: in_modal(callback_id="x" * n)),
    "external id": (255, lambda n: in_modal(external_id="x" * n)),
    "blocks": (100, lambda n: in_modal(*sections(n))),
} | {name: (most, lambda n, make=make: in_modal(make(n))) for name, (most, make) in QUESTIONS.items()}


@pytest.mark.parametrize("what", MESSAGES)
def test_a_message_may_have_so_much_and_no_more(what: str) -> None:
    most, make = MESSAGES[what]
    assert refused_message({"blocks": [make(most)]}) is None
    refused = refused_message({"blocks": [make(most + 1)]})
    assert refused is not None
    assert refused[0] == "invalid_blocks"
    assert refused[1][0].endswith("]")


@pytest.mark.parametrize("what", VIEWS)
def test_a_modal_may_have_so_much_and_no_more(what: str) -> None:
    most, make = VIEWS[what]
    assert refused_view(make(most), "modal") is None
    refused = refused_view(make(most + 1), "modal")
    assert refused is not None
    assert refused[0] == "invalid_arguments"


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown block": ({"type": "sectoin"}, "unsupported type: sectoin"),
    "an unknown field": ({"type": "divider", "text": "x"}, "invalid additional property: text"),
    "an empty text": ({"type": "section", "text": plain("")}, "must be more than 0 characters"),
    "markup in a header": ({"type": "header", "text": mrkdwn("*x*")}, "must be a plain_text object"),
    "a section of nothing": ({"type": "section"}, "must have `text` or `fields`"),
    "the same action id twice": (actions(button(), button()), '`action_id` "go0" already exists'),
    "a first choice that is no option": (
        actions({"type": "static_select", "options": options(2), "initial_option": options(3)[2]}),
        "must be one of the options",
    ),
    "options and groups": (
        actions({"type": "static_select", "options": options(1), "option_groups": []}),
        "only one of `options` and `option_groups` is needed",
    ),
    "a field among buttons": (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    "a style of its own": (actions(button(style="default")), "must be one of primary, danger"),
    "a date in words": (actions({"type": "datepicker", "initial_date": "Monday"}), "must be a date as YYYY-MM-DD"),
    "a file field in a message": (asked(type="file_input"), "only in modals"),
    "no blocks in actions": (actions(), "no fewer than 1 items allowed"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_named_with_its_place(what: str) -> None:
    block, error = WRONG[what]
    refused = refused_message({"blocks": [block]})
    assert refused is not None
    assert any(message.startswith(error) and "/blocks/0" in message for message in refused[1]), refused


def test_a_payload_is_counted_as_a_whole() -> None:
    assert refused_message({"blocks": sections(50)}) is None
    assert refused_message({"blocks": sections(51)}) is not None
    long = [{"type": "section", "text": plain("x" * 2640)}] * 5
    assert refused_message({"blocks": long}) is None
    assert refused_message({"blocks": [*long, *sections(1)]}) == (
        "msg_blocks_too_long",
        ["13201 characters in the blocks"],
    )
    half = {"type": "markdown", "text": "x" * 6001}
    assert refused_message({"blocks": [half, half]}) is not None
    assert refused_message({"blocks": [actions(button()), actions(button())]}) is None
    same = {"type": "divider", "block_id": "x"}
    assert refused_message({"blocks": [same, same]}) is not None


def test_a_view_must_be_what_it_says() -> None:
    field = asked(type="plain_text_input")
    bare = {"type": "modal", "title": plain("T"), "blocks": [field]}
    assert refused_view(bare, "modal") == ("invalid_arguments", ["missing required field: submit [json-pointer:/view]"])
    assert refused_view({"type": "home", "title": plain("x"), "blocks": sections(1)}, "home") is not None
    assert refused_view(in_modal(), "home") is not None
    focused = asked(type="plain_text_input", focus_on_load=True)
    assert refused_view(in_modal(focused, focused), "modal") is not None
    big = [{"type": "section", "text": plain("é" * 3000)} for _ in range(50)]
    assert refused_view(in_modal(*big), "modal") == ("view_too_large", [])


def test_a_menu_that_asks_gets_a_hundred_options() -> None:
    assert refused_options({"options": options(100)}) == []
    assert refused_options({"options": options(101)}) != []
    assert refused_options({"options": [], "option_groups": []}) != []
    assert refused_options({"opts": []}) != []


async def test_slack_says_in_its_answer_what_is_wrong(slack: Slack, client: AsyncWebClient) -> None:
    blocks = [*sections(1), {"type": "header", "text": plain("x" * 151)}]
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel="#general", text="x", blocks=blocks)
    answer = error.value.response
    assert answer["error"] == "invalid_blocks"
    message = "must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {message}"]
    assert slack.refused == [("chat.postMessage", "invalid_blocks", [message])]


@pytest.mark.parametrize(
    ("payload", "live"),
    [
        ({"text": "Hello &lt;!channel&gt; and @here"}, []),
        ({"text": "<!channel> <@U0AMINA> <#C1|general>"}, ["<!channel>", "<@U0AMINA>", "<#C1|general>"]),
        ({"text": "see https://example.org/x now"}, ["https://example.org/x"]),
        ({"text": "@here", "link_names": True}, ["@here"]),
        ({"blocks": [{"type": "section", "text": plain("<!channel> https://example.org")}]}, []),
        ({"blocks": [{"type": "section", "text": mrkdwn("<https://example.org|press>")}]}, ["<https://example.org|press>"]),
        ({"blocks": [{"type": "section", "text": mrkdwn("https://x.org") | {"verbatim": True}}]}, []),
        ({"text": "<!date^1^{date}|today>"}, []),
        (
            {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "here"}]}]}]},
            ["<here>"],
        ),
    ],
    ids=["escaped", "mentions", "bare link", "names linked", "plain text", "hidden link", "verbatim", "date", "rich"],
)  # fmt: skip
def test_live_mentions_and_links_are_found(payload: dict[str, Any], live: list[str]) -> None:
    assert pings(payload) == live
