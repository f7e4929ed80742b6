"""Buttons, menus and fields, each with the limits Slack has for it."""

from typing import Any

from tests.support.slack.blocks.check import (
    BOOL,
    Check,
    Rule,
    Shape,
    anything,
    items,
    kinds,
    matching,
    number,
    one_of,
    string,
    text,
)

KIND = {"type": string(50)}
CONFIRM = Shape(
    {"title": text(100, plain=True), "text": text(300), "confirm": text(30, plain=True), "deny": text(30, plain=True)},
    {"style": one_of("primary", "danger")},
)
FILTER = Shape({}, {"include": anything, "exclude_external_shared_channels": BOOL, "exclude_bot_users": BOOL})
DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date as YYYY-MM-DD")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm")
PLACEHOLDER = {"placeholder": text(150, plain=True)}
MARKED = frozenset({"radio_buttons", "checkboxes"})


def focus(check: Check, value: Any, path: str) -> None:
    BOOL(check, value, path)
    check.focused += value is True
    if check.focused > 1:
        check.problem("only one element may have focus_on_load", path)


def action_id(check: Check, value: Any, path: str) -> None:
    """Action ids are unique within their block; the block empties the set."""
    string(255)(check, value, path)
    if isinstance(value, str) and value in check.action_ids:
        check.problem(f'`action_id` "{value}" already exists', path)
    if isinstance(value, str):
        check.action_ids.add(value)


def option(*, marked: bool = False, url: bool = False) -> Shape:
    more: dict[str, Rule] = {"url": string(3000)} if url else {}
    plain = not marked
    return Shape({"text": text(75, plain=plain), "value": string(150)}, {"description": text(75, plain=plain)} | more)


GROUP = Shape({"label": text(75, plain=True), "options": items(option(), 100)})


def initial_is_an_option(check: Check, value: Any, path: str) -> None:
    options = list(value.get("options") or ())
    options += [option for group in value.get("option_groups") or () for option in group.get("options") or ()]
    first = [value["initial_option"]] if "initial_option" in value else []
    for initial in [*first, *(value.get("initial_options") or ())]:
        if initial not in options:
            check.problem("must be one of the options", f"{path}/initial_option")


def options_or_groups(check: Check, value: Any, path: str) -> None:
    if ("options" in value) == ("option_groups" in value):
        check.problem("only one of `options` and `option_groups` is needed", path)
    initial_is_an_option(check, value, path)


def element(needs: dict[str, Rule], may: dict[str, Rule] | None = None, also: Rule | None = None) -> Shape:
    usual: dict[str, Rule] = {"action_id": action_id, "confirm": CONFIRM, "focus_on_load": focus}
    return Shape(KIND | needs, usual | (may or {}), also)


def lengths(check: Check, value: Any, path: str) -> None:
    least, most, first = value.get("min_length", 0), value.get("max_length", 3000), value.get("initial_value", "")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        check.problem("min_length must not be more than max_length", path)
    if isinstance(most, int) and isinstance(first, str) and len(first) > most:
        check.problem(f"must be less than {most + 1} characters", f"{path}/initial_value")


def in_modals_only(check: Check, value: Any, path: str) -> None:
    if check.surface != "modal":
        check.problem("only in modals", path)


DISPATCH = Shape({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)})
TYPED = {"initial_value": string(3000, 0), "dispatch_action_config": DISPATCH} | PLACEHOLDER
SELECT = {"options": items(option(), 100), "option_groups": items(GROUP, 100)} | PLACEHOLDER
LENGTHS = {"min_length": number(0, 3000), "max_length": number(1, 3000)}
MULTI = {"max_selected_items": number(1, 100)}
RESPONDS = {"response_url_enabled": BOOL}
IDS = items(string(20), 100)


def _choosing(name: str) -> dict[str, Rule]:
    """Give the four kinds of menu over people and channels, one or many."""
    return {
        f"{name}_select": element({}, {f"initial_{name[:-1]}": string(20)} | PLACEHOLDER | _extra(name) | RESPONDS),
        f"multi_{name}_select": element({}, {f"initial_{name}": IDS} | PLACEHOLDER | _extra(name) | MULTI),
    }


def _extra(name: str) -> dict[str, Rule]:
    return {"filter": FILTER, "default_to_current_conversation": BOOL} if name == "conversations" else {}


BUTTON = {
    "value": string(2000),
    "url": string(3000),
    "style": one_of("primary", "danger"),
    "accessibility_label": string(75),
    "agent_prompt": string(4000),
}
FEEDBACK = Shape({"text": text(75, plain=True), "value": string(2000)}, {"accessibility_label": string(75)})

ELEMENTS: dict[str, Rule] = {
    "button": element({"text": text(75, plain=True)}, BUTTON),
    "workflow_button": element({"text": text(75, plain=True), "workflow": anything}, {"style": BUTTON["style"]}),
    "icon_button": element({"icon": one_of("trash"), "text": text(75, plain=True)}, {"value": string(2000)}),
    "feedback_buttons": element({"positive_button": FEEDBACK, "negative_button": FEEDBACK}),
    "static_select": element({}, SELECT | {"initial_option": option()}, options_or_groups),
    "multi_static_select": element({}, SELECT | MULTI | {"initial_options": items(option(), 100)}, options_or_groups),
    "external_select": element({}, {"min_query_length": number(0, 75), "initial_option": option()} | PLACEHOLDER),
    "multi_external_select": element(
        {}, {"min_query_length": number(0, 75), "initial_options": items(option(), 100)} | MULTI | PLACEHOLDER
    ),
    **_choosing("users"),
    **_choosing("channels"),
    **_choosing("conversations"),
    "overflow": element({"options": items(option(url=True), 5)}),
    "radio_buttons": element(
        {"options": items(option(marked=True), 10)}, {"initial_option": option(marked=True)}, initial_is_an_option
    ),
    "checkboxes": element(
        {"options": items(option(marked=True), 10)},
        {"initial_options": items(option(marked=True), 10)},
        initial_is_an_option,
    ),
    "datepicker": element({}, {"initial_date": DATE} | PLACEHOLDER),
    "timepicker": element({}, {"initial_time": TIME, "timezone": string(50)} | PLACEHOLDER),
    "datetimepicker": element({}, {"initial_date_time": number(1e9, 1e10 - 1)}),
    "plain_text_input": element({}, {"multiline": BOOL} | TYPED | LENGTHS, lengths),
    "email_text_input": element({}, TYPED),
    "url_text_input": element({}, TYPED),
    "number_input": element({"is_decimal_allowed": BOOL}, TYPED | {"min_value": string(40), "max_value": string(40)}),
    "rich_text_input": element(
        {}, TYPED | {"initial_value": anything, "min_lines": number(1, 100), "max_lines": number(1, 100)}
    ),
    "file_input": element({}, {"filetypes": items(string(20), 100), "max_files": number(1, 10)}, in_modals_only),
    "image": Shape(KIND | {"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": anything}),
}
MENUS = [name for name in ELEMENTS if name.endswith("_select")]
IN_ACTIONS = [
    "button",
    "workflow_button",
    "overflow",
    "radio_buttons",
    "checkboxes",
    "datepicker",
    "timepicker",
    "datetimepicker",
]
ACTION = kinds(ELEMENTS, *IN_ACTIONS, *MENUS)
ACCESSORY = kinds(ELEMENTS, *IN_ACTIONS, *MENUS, "image")
CONTEXT_ACTION = kinds(ELEMENTS, "feedback_buttons", "icon_button")
FIELD = kinds(
    ELEMENTS,
    *(name for name in ELEMENTS if name.endswith("_input")),
    *MENUS,
    "radio_buttons",
    "checkboxes",
    "datepicker",
    "timepicker",
    "datetimepicker",
)
