"""views.*: modals on a stack of three, opened by a trigger that lives three seconds; and the home tab."""

from typing import Any

from tests.support.slack.blocks.layout import refused_view
from tests.support.slack.calls import Call, Refused, method
from tests.support.slack.workspace import APP, BOT, TRIGGER_LIVES, Trigger, View, Workspace, with_ids

MOST_VIEWS = 3


@method("views.open", "trigger_id interactivity_pointer view")
def open_view(call: Call) -> dict[str, Any]:
    view = checked(call, "modal")
    trigger = use_trigger(call)
    opened = call.slack.workspace.new_view(trigger.user, view)
    call.slack.workspace.stacks[trigger.user] = [opened]
    return {"view": shown(opened, call.slack.workspace)}


@method("views.push", "trigger_id interactivity_pointer view")
def push_view(call: Call) -> dict[str, Any]:
    view = checked(call, "modal")
    trigger = use_trigger(call)
    stack = call.slack.workspace.stacks.get(trigger.user, [])
    if trigger.view is None or not stack:
        raise Refused("not_found")
    if len(stack) >= MOST_VIEWS:
        raise Refused("push_limit_reached")
    pushed = call.slack.workspace.new_view(trigger.user, view, below=stack[-1])
    stack.append(pushed)
    return {"view": shown(pushed, call.slack.workspace)}


@method("views.update", "view view_id external_id hash")
def update_view(call: Call) -> dict[str, Any]:
    if not call.args.get("view_id") and not call.args.get("external_id"):
        raise Refused("invalid_arguments", ["one of view_id and external_id is needed"])
    view = call.slack.workspace.view(call.args.get("view_id"), call.args.get("external_id"))
    if view is None:
        raise Refused("not_found")
    payload = checked(call, view.payload["type"], besides=view)
    same_hash(call, view)
    replace(view, payload, call.slack.workspace)
    return {"view": shown(view, call.slack.workspace)}


@method("views.publish", "user_id view hash")
def publish_view(call: Call) -> dict[str, Any]:
    workspace = call.slack.workspace
    user = call.need("user_id")
    if user not in workspace.users:
        raise Refused("invalid_arguments", ["invalid user_id [json-pointer:/user_id]"])
    if not call.slack.app.home:
        raise Refused("not_enabled")
    home = workspace.homes.get(user)
    payload = checked(call, "home", besides=home)
    if home is None:
        home = workspace.homes[user] = workspace.new_view(user, payload)
    else:
        same_hash(call, home)
        replace(home, payload, workspace)
    return {"view": shown(home, workspace)}


def checked(call: Call, surface: str, besides: View | None = None) -> dict[str, Any]:
    view = call.need("view")
    asks_for_file = any(block.get("element", {}).get("type") == "file_input" for block in view.get("blocks", ()))
    if asks_for_file and "files:read" not in call.token.scopes:
        raise Refused("missing_scope", needed="files:read", provided=",".join(sorted(call.token.scopes)))
    refused = refused_view(view, surface, call.slack.workspace.whole_files())
    if refused is not None:
        raise Refused(refused[0], refused[1])
    taken = call.slack.workspace.view(external_id=view.get("external_id"))
    if taken is not None and taken is not besides:
        raise Refused("duplicate_external_id")
    return view


def use_trigger(call: Call) -> Trigger:
    """Take a trigger that is alive and was not used before."""
    trigger = call.slack.workspace.triggers.get(call.need("trigger_id"))
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if call.slack.workspace.now() - trigger.issued >= TRIGGER_LIVES.total_seconds():
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger


def same_hash(call: Call, view: View) -> None:
    sent_hash = call.args.get("hash")
    if sent_hash and sent_hash != view.hash:
        raise Refused("hash_conflict")


def replace(view: View, payload: dict[str, Any], workspace: Workspace) -> None:
    """Show something else in a view; what the person put into fields that stay is kept."""
    with_ids(payload.get("blocks"), workspace)
    staying = {block["block_id"] for block in payload.get("blocks", [])}
    view.values = {place: value for place, value in view.values.items() if place[0] in staying}
    view.errors = {}
    view.payload = payload
    view.hash = workspace.new_hash()


def shown(view: View, workspace: Workspace) -> dict[str, Any]:
    """Give a view as Slack does, with the state of its fields."""
    from tests.support.slack.fields import state_of  # noqa: PLC0415 - fields read views

    payload = view.payload
    return {
        "id": view.id,
        "team_id": workspace.team,
        "type": payload["type"],
        "title": payload.get("title"),
        "submit": payload.get("submit"),
        "close": payload.get("close"),
        "blocks": payload["blocks"],
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": payload.get("callback_id", ""),
        "external_id": payload.get("external_id", ""),
        "state": {"values": state_of(view, workspace)},
        "hash": view.hash,
        "clear_on_close": payload.get("clear_on_close", False),
        "notify_on_close": payload.get("notify_on_close", False),
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "app_id": APP,
        "bot_id": BOT,
    }
