"""What an ack does on the screen: the answer of a command, of a submitted form, of a menu that asked."""

from typing import TYPE_CHECKING, Any

from tests.support.slack.api.views import MOST_VIEWS, replace
from tests.support.slack.blocks.layout import refused_options, refused_view
from tests.support.slack.calls import Refused
from tests.support.slack.delivery import Ack
from tests.support.slack.responses import answer
from tests.support.slack.workspace import Hook, User, View

if TYPE_CHECKING:
    from tests.support.slack.server import Slack

ACTIONS = {"errors": {"errors"}, "update": {"view"}, "push": {"view"}, "clear": set[str]()}


def shown_by_ack(slack: "Slack", payload: dict[str, Any], ack: Ack) -> None:
    """Show the message a command was acknowledged with."""
    if not ack.payload:
        return
    hook = Hook(payload["user_id"], payload["channel_id"], 0)
    try:
        answer(slack, hook, dict(ack.payload), "ack")
    except Refused as refused:
        slack.complain(f"an ack that Slack would refuse: {refused.error} {refused.messages} {ack.payload}")
    slack.changes.tell()


def submitted(slack: "Slack", user: User, view: View, ack: Ack) -> None:
    """Do with a submitted view what the ack says; with nothing said, it closes."""
    stack = slack.workspace.stacks.get(user.id, [])
    if not ack.payload:
        if view in stack:
            stack.remove(view)
        slack.changes.tell()
        return
    action = ack.payload.get("response_action")
    if action not in ACTIONS or ack.payload.keys() - {"response_action"} != ACTIONS[action]:
        slack.complain(f"a form was answered with {ack.payload}")
        return
    _DO[action](slack, view, stack, ack.payload)
    slack.changes.tell()


def _errors(slack: "Slack", view: View, stack: list[View], payload: dict[str, Any]) -> None:
    block_ids = {block["block_id"] for block in view.payload["blocks"] if block["type"] == "input"}
    wrong = {name: text for name, text in payload["errors"].items() if name not in block_ids or not text}
    if wrong or not payload["errors"]:
        slack.complain(f"errors for what is no field: {wrong}; the fields are {sorted(block_ids)}")
    view.errors = {name: text for name, text in payload["errors"].items() if name in block_ids}


def _update(slack: "Slack", view: View, stack: list[View], payload: dict[str, Any]) -> None:
    if _takes(slack, payload):
        replace(view, payload["view"], slack.workspace)


def _push(slack: "Slack", view: View, stack: list[View], payload: dict[str, Any]) -> None:
    if len(stack) >= MOST_VIEWS:
        slack.complain("a fourth modal on the stack; Slack takes three")
    elif _takes(slack, payload):
        stack.append(slack.workspace.new_view(view.user, payload["view"], below=view))


def _clear(slack: "Slack", view: View, stack: list[View], payload: dict[str, Any]) -> None:
    stack.clear()


_DO = {"errors": _errors, "update": _update, "push": _push, "clear": _clear}


def _takes(slack: "Slack", payload: dict[str, Any]) -> bool:
    refused = refused_view(payload["view"], "modal", slack.workspace.whole_files())
    if refused is not None:
        slack.complain(f"a form was answered with a view that Slack would refuse: {refused[0]} {refused[1]}")
    return refused is None


def options_from(slack: "Slack", ack: Ack) -> list[dict[str, Any]]:
    """Give the options a menu was answered with."""
    problems = refused_options(ack.payload)
    if problems:
        slack.complain(f"a menu was answered with options that Slack would refuse: {problems}")
        return []
    groups = ack.payload.get("option_groups", ())
    return [*ack.payload.get("options", ()), *(option for group in groups for option in group["options"])]
