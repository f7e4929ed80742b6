"""Turns a form into a modal, and what was put into the modal into raw values."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from adapters.slack.dialect import WORDS
from adapters.slack.render import LABEL, TITLE, Block, cut, plain_text, view_blocks
from bot.core.form import Field, Form
from bot.core.registry import REGISTRY
from bot.core.rules import Kind, Rule
from bot.core.when import DayOf, TimeOfDay, When
from bot.ui.reply import Reply
from bot.ui.text import t, tc
from bot.ui.voice import say

RADIO = 5
"""Choices shown as radio buttons; more are a menu. Slack allows ten."""
QUESTION, HINT, TYPED, OPTION = 2000, 2000, 3000, 150
FORM, ANSWER = "form", "answer"
"""The callback ids of our views: one that asks, and one that only shows."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CHANNEL = re.compile(r"[CG][A-Z0-9]+")
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
    said = plain_text(say(t("One moment, please."), language), QUESTION)
    return {**answer_view(Reply(()), language), "blocks": [{"type": "section", "text": said}]}


def read(state: Mapping[str, Any]) -> dict[str, str]:
    """Take the raw values out of a submitted view's state."""
    raw: dict[str, str] = {}
    for name, elements in state.get("values", {}).items():
        for element in elements.values():
            raw[name] = _raw(element)
    return raw


def problems(form: Form, language: str) -> dict[str, str]:
    """Say what is wrong with each field, for Slack to show in place."""
    return {
        field.name: " ".join(say(words, language, WORDS) for words in (field.problem, field.advice) if words)
        for field in form.fields
        if field.problem is not None
    }


def suggested(action_id: str) -> tuple[str, str] | None:
    """Tell which command and parameter a menu that asks for suggestions belongs to."""
    kind, _, rest = action_id.partition(":")
    command, _, param = rest.rpartition(":")
    return (command, param) if kind == "suggest" and command else None


def option(label: str, value: str) -> Block:
    """Make one thing to choose."""
    return {"text": plain_text(label, LABEL), "value": cut(value, OPTION)}


def _question(form: Form, field: Field, language: str) -> Block:
    made: Block = {
        "type": "input",
        "block_id": field.name,
        "optional": not field.required,
        "label": plain_text(say(field.label, language, WORDS), QUESTION),
        "element": _element(form, field, language),
    }
    if field.hint is not None:
        made["hint"] = plain_text(say(field.hint, language, WORDS), HINT)
    return made


def _element(form: Form, field: Field, language: str) -> Block:  # noqa: PLR0911 - one arm a kind
    match field.kind:
        case Kind.LINE if isinstance(_rule(form, field), TimeOfDay):
            return _initial("timepicker", "time", "initial_time", field.value if _CLOCK.fullmatch(field.value) else "")
        case Kind.LINE | Kind.LINES:
            return _typed(field, lines=field.kind is Kind.LINES)
        case Kind.NUMBER:
            stood = field.value if field.value.isdecimal() else ""
            return _initial("number_input", "number", "initial_value", stood) | {"is_decimal_allowed": False}
        case Kind.CHOICE:
            return _choice(field, language)
        case Kind.MOMENT:
            return _moment(_rule(form, field), field)
        case Kind.REF:
            return _menu(form, field)
        case Kind.CHANNEL:
            shown = {"filter": {"include": ["public", "private"], "exclude_bot_users": True}}
            stood = field.value if _CHANNEL.fullmatch(field.value) else ""
            return _initial("conversations_select", "channel", "initial_conversation", stood) | shown


def _rule(form: Form, field: Field) -> Rule[Any] | None:
    made = REGISTRY.get(form.command)
    return next((param.rule for param in made.params if param.name == field.name), None) if made else None


def _initial(kind: str, action: str, initial: str, value: str) -> Block:
    return {"type": kind, "action_id": action, **({initial: value} if value else {})}


def _typed(field: Field, *, lines: bool) -> Block:
    limit = min(field.limit or TYPED, TYPED)
    return _initial("plain_text_input", "text", "initial_value", field.value[:limit]) | {
        "multiline": lines,
        "max_length": limit,
    }


def _choice(field: Field, language: str) -> Block:
    # A radio button cannot be taken back, so what may stay open is a menu.
    radio = field.required and len(field.choices) <= RADIO
    options = [option(say(text, language, WORDS), value) for value, text in field.choices]
    chosen = next((each for each in options if each["value"] == field.value), None)
    made: Block = {"type": "radio_buttons" if radio else "static_select", "action_id": "choice", "options": options}
    return made | ({"initial_option": chosen} if chosen else {})


def _moment(rule: Rule[Any] | None, field: Field) -> Block:
    stood = _stood(field.value)
    if isinstance(rule, DayOf):
        return _initial("datepicker", "day", "initial_date", stood.date().isoformat() if stood else "")
    made: Block = {"type": "datetimepicker", "action_id": "moment"}
    if isinstance(rule, When) and stood is not None and stood.tzinfo is not None:
        made["initial_date_time"] = int(stood.timestamp())
    return made


def _stood(value: str) -> datetime | None:
    """Read what a rule wrote; what a person typed is not guessed at."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _menu(form: Form, field: Field) -> Block:
    made: Block = {
        "type": "external_select",
        "action_id": f"suggest:{form.command}:{field.name}",
        "min_query_length": 0,
    }
    labels = {each.value: each.label for each in field.offers}
    stood = option(labels.get(field.value, field.value), field.value) if field.value and not field.problem else None
    return made | ({"initial_option": stood} if stood else {})


def _raw(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option")
    if chosen:
        return str(chosen["value"])
    at = element.get("selected_date_time")
    if at:
        return datetime.fromtimestamp(int(at), UTC).isoformat(timespec="minutes")
    return next((str(element[name]) for name in _VALUES if element.get(name)), "")


def fields_of(view: Mapping[str, Any]) -> Iterator[str]:
    """Name the fields that a view asks for."""
    return (block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input")
