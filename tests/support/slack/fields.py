"""The fields of a modal: what a person can put in, and how Slack tells it to the bot."""

import re
from dataclasses import dataclass
from typing import Any

from tests.support.slack.blocks.words import read
from tests.support.slack.workspace import File, View, Workspace, elements_of

TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})
STATE_KEYS = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
} | dict.fromkeys(TYPED, "value")
PATTERNS = {
    "datepicker": r"\d{4}-\d\d-\d\d",
    "timepicker": r"\d\d:\d\d",
    "email_text_input": r"[^@\s]+@[^@\s]+\.\w+",
    "url_text_input": r"https?://\S+",
    "number_input": r"-?\d+(\.\d+)?",
}


@dataclass(frozen=True)
class Field:
    """A field as a person sees it."""

    label: str
    hint: str
    name: str
    """Its block id; tests may call a field by it, by its action id or by its label."""
    action: str
    kind: str
    value: Any
    options: tuple[str, ...]
    required: bool
    error: str | None
    block: dict[str, Any]
    element: dict[str, Any]


def fields_of(view: View, workspace: Workspace) -> list[Field]:
    """List the fields of a view, in order."""
    fields = []
    for block in view.payload["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = view.values.get((block["block_id"], element["action_id"])) or initial(element)
        fields.append(
            Field(
                label=read(block["label"]),
                hint=read(block.get("hint")),
                name=block["block_id"],
                action=element["action_id"],
                kind=element["type"],
                value=readable(state, workspace),
                options=tuple(read(option["text"]) for option in options_of(element)),
                required=not block.get("optional", False),
                error=view.errors.get(block["block_id"]),
                block=block,
                element=element,
            )
        )
    return fields


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def initial(element: dict[str, Any]) -> dict[str, Any]:
    """Give the state of an element nobody has touched."""
    key = STATE_KEYS.get(element["type"])
    if key is None:
        return {}
    first = element.get("initial_value" if key == "value" else key.replace("selected_", "initial_"))
    if first is None and key.endswith("s"):
        first = []
    return {"type": element["type"], key: first}


def state_of(view: View, workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Give the state of all fields, as Slack sends it with a view."""
    values: dict[str, dict[str, Any]] = {}
    for block in view.payload["blocks"]:
        for element in elements_of(block):
            state = view.values.get((block["block_id"], element.get("action_id", ""))) or initial(element)
            if state and element["type"] != "overflow":
                values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def readable(state: dict[str, Any], workspace: Workspace) -> Any:
    """Give what a person sees in a field."""
    value = next((item for name, item in state.items() if name != "type"), None)
    if isinstance(value, dict):
        return read(value["text"])
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and "name" in value[0]:
            return [item["name"] for item in value]
        return [read(item["text"]) if isinstance(item, dict) else workspace.name_of(item) for item in value]
    return workspace.name_of(value) if isinstance(value, str) and "selected_" in str(list(state)) else value


def filled(element: dict[str, Any], value: Any, workspace: Workspace, offered: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the state after a person put a value in, the way Slack's own client allows it.

    Raises:
        AssertionError: the client would not have let them.
    """
    kind = element["type"]
    key = STATE_KEYS.get(kind)
    if key is None:
        raise AssertionError(f"this loopback cannot fill a {kind}")
    if value is None:
        return {"type": kind, key: [] if key.endswith("s") else None}
    if key == "files":
        name, content = value
        file = File(workspace.number("F"), name, len(content), "", content)
        workspace.files[file.id] = file
        url = f"{workspace.files_at}/files-pri/{file.id}"
        return {"type": kind, key: [{"id": file.id, "name": name, "size": len(content), "url_private_download": url}]}
    if key in {"selected_option", "selected_options"}:
        wanted = value if isinstance(value, list | tuple) else [value]
        chosen = [choose(offered, label) for label in wanted]
        return {"type": kind, key: chosen if key.endswith("s") else chosen[0]}
    if "channel" in key or "conversation" in key or "user" in key:
        wanted = value if isinstance(value, list | tuple) else [value]
        ids = [_id_of(name, key, workspace) for name in wanted]
        return {"type": kind, key: ids if key.endswith("s") else ids[0]}
    if kind == "datetimepicker":
        return {"type": kind, key: int(value)}
    return {"type": kind, key: typed(element, str(value))}


def choose(offered: list[dict[str, Any]], wanted: Any) -> dict[str, Any]:
    labels = [read(option["text"]) for option in offered]
    exact = [option for option in offered if wanted in (read(option["text"]), option["value"])]
    near = [option for option in offered if str(wanted).lower() in read(option["text"]).lower()]
    matching = exact or near
    if len(matching) != 1:
        raise AssertionError(f"{wanted!r} is not one of the options, which are {labels}")
    return {name: item for name, item in matching[0].items() if name != "url"}


def _id_of(wanted: str, key: str, workspace: Workspace) -> str:
    candidates = workspace.users if "user" in key else workspace.channels
    for id_, candidate in candidates.items():
        if str(wanted).lstrip("#@") in {id_, candidate.name}:
            return id_
    raise AssertionError(
        f"nothing is named {wanted!r}; there are {[candidate.name for candidate in candidates.values()]}"
    )


def typed(element: dict[str, Any], value: str) -> str:
    """Let a person type only what Slack's client lets them."""
    kind = element["type"]
    if kind in PATTERNS and not re.fullmatch(PATTERNS[kind], value):
        raise AssertionError(f"Slack's client would not take {value!r} in a {kind}")
    most = element.get("max_length", 3000)
    if len(value) > most:
        raise AssertionError(f"Slack's client stops after {most} characters; {len(value)} were typed")
    if kind == "plain_text_input" and not element.get("multiline") and "\n" in value:
        raise AssertionError("this field has one line only")
    return value


def missing(view: View, workspace: Workspace) -> dict[str, str]:
    """List what Slack's client says in place before it sends anything."""
    errors = {}
    for field in fields_of(view, workspace):
        empty = field.value in (None, "", [])
        least = field.element.get("min_length", 0)
        if empty and field.required:
            errors[field.name] = "Please complete this required field."
        elif not empty and field.kind == "plain_text_input" and len(field.value) < least:
            errors[field.name] = f"Please enter at least {least} characters."
    return errors
