"""Turns a form into a modal, and what was put into the modal into raw values."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, assert_never

from adapters.slack.dialect import WORDS
from adapters.slack.people import USER
from adapters.slack.render import LABEL, TITLE, Block, cut, plain_text, view_blocks
from bot.engine.form import Field, Form
from bot.engine.rule import Kind
from bot.engine.someone import mention
from bot.ui.plain import beside
from bot.ui.reply import Reply
from bot.ui.text import Text, t, tc
from bot.ui.voice import say

RADIO = 5
"""Choices shown as radio buttons; more are a menu. Slack allows ten."""
QUESTION, HINT, TYPED, OPTION = 2000, 2000, 3000, 150
FORM, ANSWER = "form", "answer"
"""The callback ids of our views: one that asks, and one that only shows."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CHANNEL = re.compile(r"(?:<#)?([CG][A-Z0-9]+)(?:\|[^>]*)?>?")
_TYPED = {Kind.LINE, Kind.LINES, Kind.NUMBER}
"""What is typed; everything else is picked, so that a hint for typing would be in the way."""
_VALUES = ("value", "selected_date", "selected_time", "selected_conversation", "selected_channel")


def modal(form: Form, language: str) -> Block:
    """Make the modal that asks for a form's values; it carries the token and nothing else."""
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": form.token,
        "title": plain_text(say(form.title, language, WORDS), TITLE),
        "submit": plain_text(say(t("Send"), language), TITLE),
        "close": plain_text(say(t("Cancel"), language), TITLE),
        "blocks": [_question(form, field, language) for field in form.fields],
    }


def answer_view(reply: Reply, language: str) -> Block:
    """Make a modal that shows a reply."""
    shown = view_blocks(reply, language)
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": plain_text("Hello Circle", TITLE),
        "close": plain_text(say(tc("a window", "Close"), language), TITLE),
        "blocks": shown or [{"type": "section", "text": plain_text("…", 1)}],
    }


def waiting_view(language: str) -> Block:
    """Make the modal that stands there until the store has answered."""
    text = plain_text(say(t("One moment, please."), language), QUESTION)
    return {**answer_view(Reply(()), language), "blocks": [{"type": "section", "text": text}]}


def read(state: Mapping[str, Any]) -> dict[str, str]:
    """Take the raw values out of a submitted view's state."""
    raw: dict[str, str] = {}
    for name, elements in state.get("values", {}).items():
        for element in elements.values():
            raw[name] = _raw(element)
    return raw


def files_in(state: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give the files that were put into a view, by their ids."""
    elements = (element for elements in state.get("values", {}).values() for element in elements.values())
    return {str(file.get("id", "")): file for element in elements for file in element.get("files") or ()}


def problems(form: Form, language: str) -> dict[str, str]:
    """Say what is wrong with each field, for Slack to show in place."""
    return {
        field.name: " ".join(say(words, language, WORDS) for words in (field.problem, _advice(field)) if words)
        for field in form.fields
        if field.problem is not None
    }


def _advice(field: Field) -> Text | None:
    """Give what to do, where a menu does not show it: what is typed again, or another file that is brought."""
    return field.advice if field.kind in _TYPED or field.kind is Kind.FILE else None


def suggested(action_id: str) -> tuple[str, str] | None:
    """Tell which command and parameter a menu that asks for suggestions belongs to."""
    kind, _, named = action_id.partition(":")
    command, _, param = named.rpartition(":")
    return (command, param) if kind == "suggest" and command else None


def option(label: str, value: str) -> Block:
    """Make one thing to choose."""
    return {"text": plain_text(label, LABEL), "value": cut(value, OPTION)}


def _question(form: Form, field: Field, language: str) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "optional": not field.required,
        "label": plain_text(say(field.label, language, WORDS), QUESTION),
        "element": _element(form, field, language),
    }
    shown = any(key.startswith("initial_") for key in block["element"])
    remarks = field.remarks(picked=field.kind not in _TYPED, shown=shown)
    if remarks:
        block["hint"] = plain_text(beside(say(words, language, WORDS) for words in remarks), HINT)
    return block


def _element(form: Form, field: Field, language: str) -> Block:  # noqa: C901, PLR0911, PLR0912 - one arm a kind
    match field.kind:
        case Kind.LINE | Kind.LINES:
            return _typed(field)
        case Kind.NUMBER:
            return _number(field)
        case Kind.YES_NO | Kind.CHOICE:
            return _choice(field, language)
        case Kind.DAY:
            instant = _instant_of(field.value)
            return _initial("datepicker", "day", "initial_date", instant.date().isoformat() if instant else "")
        case Kind.MOMENT:
            return _moment(field)
        case Kind.TIME:
            return _initial("timepicker", "time", "initial_time", field.value if _CLOCK.fullmatch(field.value) else "")
        case Kind.REF | Kind.ID:
            return _menu(form, field)
        case Kind.CHANNEL:
            shown = {"filter": {"include": ["public", "private"], "exclude_bot_users": True}}
            return _initial("conversations_select", "channel", "initial_conversation", _id(_CHANNEL, field)) | shown
        case Kind.PERSON:
            return _initial("users_select", "person", "initial_user", _id(USER, field))
        case Kind.FILE:
            return {"type": "file_input", "action_id": "file", "max_files": 1}
        case _:
            assert_never(field.kind)


def _initial(kind: str, action: str, initial: str, value: str) -> Block:
    return {"type": kind, "action_id": action, **({initial: value} if value else {})}


def _id(pattern: re.Pattern[str], field: Field) -> str:
    match = pattern.fullmatch(field.value)
    return match[1] if match else ""


def _typed(field: Field) -> Block:
    # What was typed before stays whole, so that it can be made shorter.
    limit = min(max(field.limit or TYPED, len(field.value)), TYPED)
    return _initial("plain_text_input", "text", "initial_value", field.value[:limit]) | {
        "multiline": field.kind is Kind.LINES or "\n" in field.value,
        "max_length": limit,
    }


def _number(field: Field) -> Block:
    limits: Block = {"is_decimal_allowed": False}
    if field.bounds is not None:
        limits |= {"min_value": str(field.bounds[0]), "max_value": str(field.bounds[1])}
    number = field.value if field.value.isdecimal() and field.problem is None else ""
    return _initial("number_input", "number", "initial_value", number) | limits


def _choice(field: Field, language: str) -> Block:
    # A radio button cannot be taken back, so what may stay open is a menu.
    radio = field.required and len(field.choices) <= RADIO
    options = [option(say(text, language, WORDS), value) for value, text in field.choices]
    chosen = next((entry for entry in options if entry["value"] == field.value), None)
    element: Block = {"type": "radio_buttons" if radio else "static_select", "action_id": "choice", "options": options}
    return element | ({"initial_option": chosen} if chosen else {})


def _moment(field: Field) -> Block:
    instant = _instant_of(field.value)
    element: Block = {"type": "datetimepicker", "action_id": "moment"}
    return element | ({"initial_date_time": int(instant.timestamp())} if instant is not None and instant.tzinfo else {})


def _instant_of(value: str) -> datetime | None:
    """Read what a rule wrote; what a person typed is not guessed at."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _menu(form: Form, field: Field) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": f"suggest:{form.command}:{field.name}",
        "min_query_length": 0,
    }
    return element | ({"initial_option": option(field.stands.label, field.stands.value)} if field.stands else {})


def _raw(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option")
    if chosen:
        return str(chosen["value"])
    if element.get("selected_user"):
        return mention(str(element["selected_user"]))
    if element.get("files"):
        return str(element["files"][0].get("id", ""))
    at = element.get("selected_date_time")
    if at:
        return datetime.fromtimestamp(int(at), UTC).isoformat(timespec="minutes")
    return next((str(element[name]) for name in _VALUES if element.get(name)), "")


def fields_of(view: Mapping[str, Any]) -> Iterator[str]:
    """Name the fields that a view asks for."""
    return (block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input")
