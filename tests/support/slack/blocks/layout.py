"""Blocks, and whole payloads: messages, modals and home tabs, within every limit of Slack's."""

import json
from collections.abc import Container
from typing import Any

from tests.support.slack.blocks.check import (
    BOOL,
    Check,
    Rule,
    Shape,
    anything,
    items,
    kinds,
    number,
    one_of,
    string,
    text,
)
from tests.support.slack.blocks.elements import ACCESSORY, ACTION, CONTEXT_ACTION, ELEMENTS, FIELD, GROUP, KIND, option
from tests.support.slack.blocks.newer import newer
from tests.support.slack.blocks.rich import PARTS

MOST_CHARACTERS = 13_200
"""Where Slack was seen to answer `msg_blocks_too_long`; its page names 12,000 for markdown blocks only."""
MOST_MARKDOWN = 12_000
MOST_BYTES_OF_A_VIEW = 250_000


def block_id(check: Check, value: Any, path: str) -> None:
    string(255)(check, value, path)
    if isinstance(value, str) and value in check.block_ids:
        check.problem(f'`block_id` "{value}" already exists', path)
    if isinstance(value, str):
        check.block_ids.add(value)


def block(needs: dict[str, Rule], may: dict[str, Rule] | None = None, also: Rule | None = None) -> Shape:
    return Shape(KIND | needs, {"block_id": block_id} | (may or {}), also)


def text_or_fields(check: Check, value: Any, path: str) -> None:
    if "text" not in value and "fields" not in value:
        check.problem("must have `text` or `fields`", path)


def one_picture(check: Check, value: Any, path: str) -> None:
    if ("image_url" in value) == ("slack_file" in value):
        check.problem("only one of `image_url` and `slack_file` is needed", path)


def in_context(check: Check, value: Any, path: str) -> None:
    if isinstance(value, dict) and value.get("type") == "image":
        ELEMENTS["image"](check, value, path)
        one_picture(check, value, path)
    else:
        text(3000)(check, value, path)


def markdown(check: Check, value: Any, path: str) -> None:
    string(MOST_MARKDOWN)(check, value, path)
    if isinstance(value, str):
        check.markdown += len(value)
        check.characters += len(value)


def count_input(check: Check, value: Any, path: str) -> None:
    check.inputs += 1


def on_slack(check: Check, value: Any, path: str) -> None:
    """A picture may show a file only when it was uploaded whole."""
    if not isinstance(value, dict) or str(value.get("id")) not in check.files:
        check.problem("invalid slack file", path)


IMAGE: dict[str, Rule] = {"image_url": string(3000), "slack_file": on_slack, "title": text(2000, plain=True)}

BLOCKS: dict[str, Rule] = {
    "section": block(
        {},
        {"text": text(3000), "fields": items(text(2000), 10), "accessory": ACCESSORY, "expand": BOOL},
        text_or_fields,
    ),
    "header": block({"text": text(150, plain=True)}, {"level": number(1, 4)}),
    "context": block({"elements": items(in_context, 10)}),
    "actions": block({"elements": items(ACTION, 25)}),
    "context_actions": block({"elements": items(CONTEXT_ACTION, 5)}),
    "divider": block({}),
    "image": block({"alt_text": string(2000)}, IMAGE, one_picture),
    "input": block(
        {"label": text(2000, plain=True), "element": FIELD},
        {"hint": text(2000, plain=True), "optional": BOOL, "dispatch_action": BOOL},
        count_input,
    ),
    "markdown": block({"text": markdown}),
    "rich_text": block({"elements": PARTS}),
}
IN_CONTAINERS = kinds(BLOCKS)
BLOCKS |= newer(block, IN_CONTAINERS)

IN_VIEWS = ("section", "header", "context", "actions", "divider", "image", "input", "rich_text")
SURFACES = {"message": tuple(BLOCKS), "modal": IN_VIEWS, "home": IN_VIEWS}


def check_blocks(check: Check, blocks: Any, path: str) -> None:
    rule = kinds(BLOCKS, *SURFACES[check.surface])

    def check_block(inner: Check, value: Any, where: str) -> None:
        inner.action_ids = set()
        rule(inner, value, where)

    items(check_block, 50 if check.surface == "message" else 100)(check, blocks, path)


def refused_message(payload: dict[str, Any], files: Container[str] = ()) -> tuple[str, list[str]] | None:
    """Say how Slack refuses a message: the error and its messages; None when it takes it."""
    check = Check("message", files=files)
    if payload.get("blocks"):
        check_blocks(check, payload["blocks"], "/blocks")
    attachments = payload.get("attachments") or []
    if len(attachments) > 100:
        return "too_many_attachments", []
    for number_, attachment in enumerate(attachments):
        if attachment.get("blocks"):
            check_blocks(check, attachment["blocks"], f"/attachments/{number_}/blocks")
    if check.markdown > MOST_MARKDOWN:
        check.problem(f"all markdown blocks together must be less than {MOST_MARKDOWN + 1} characters", "/blocks")
    if check.problems:
        return "invalid_blocks", check.problems
    if check.characters > MOST_CHARACTERS:
        return "msg_blocks_too_long", [f"{check.characters} characters in the blocks"]
    return None


USUAL: dict[str, Rule] = {
    "type": one_of("modal", "home"),
    "blocks": anything,
}
MORE: dict[str, Rule] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
MODAL = Shape(
    USUAL | {"title": text(24, plain=True)},
    MORE
    | {
        "submit": text(24, plain=True),
        "close": text(24, plain=True),
        "clear_on_close": BOOL,
        "notify_on_close": BOOL,
        "submit_disabled": BOOL,
    },
)
HOME = Shape(USUAL, MORE)


def refused_view(view: Any, surface: str, files: Container[str] = ()) -> tuple[str, list[str]] | None:
    """Say how Slack refuses a view: the error and its messages; None when it takes it."""
    check = Check(surface, files=files)
    path = "/view"
    if not isinstance(view, dict) or view.get("type") != surface:
        kind = view.get("type") if isinstance(view, dict) else view
        return "invalid_arguments", [f"must be a {surface} view, not {kind} [json-pointer:{path}/type]"]
    (MODAL if surface == "modal" else HOME)(check, view, path)
    check_blocks(check, view.get("blocks"), f"{path}/blocks")
    if surface == "modal" and check.inputs and "submit" not in view:
        check.problem("missing required field: submit", path)
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES_OF_A_VIEW:
        return "view_too_large", []
    return ("invalid_arguments", check.problems) if check.problems else None


def refused_options(payload: Any) -> list[str]:
    """List what Slack would not take in the answer of an external menu."""
    check = Check("message")
    Shape({}, {"options": items(option(), 100, 0), "option_groups": items(GROUP, 100, 0)})(check, payload, "")
    if isinstance(payload, dict) and ("options" in payload) == ("option_groups" in payload):
        check.problem("only one of `options` and `option_groups` is needed", "")
    return check.problems
