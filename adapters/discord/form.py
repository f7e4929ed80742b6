"""A form as a Discord modal, and the values that come back; the modal's id is the form's token, and nothing is kept."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.discord import limits
from adapters.discord.render import Component, MessageBuilder
from bot.engine.form import Field, Form
from bot.engine.rule import Kind
from bot.engine.someone import mention
from bot.ui.plain import beside

TEXT_INPUT, SELECT, USER_SELECT, CHANNEL_SELECT, LABEL, UPLOAD, RADIO = 4, 3, 5, 8, 18, 19, 21
SHORT, LONG = 1, 2
_ID = re.compile(r"(?:<[@#]!?)?(\d{1,20})(?:\|[^>]*)?>?")
POSTABLE = (0, 5)
"""Text and announcement channels, where a digest can be posted."""


def modal(form: Form, reader: MessageBuilder) -> Component:
    """Write a form as a modal."""
    fields = [_label(field, reader) for field in form.fields[: limits.FORM_FIELDS]]
    return {"custom_id": form.token, "title": _cut(reader.plain(form.title), limits.FORM_TITLE), "components": fields}


def values_of(components: Sequence[Mapping[str, Any]], people: Mapping[str, str]) -> dict[str, str]:
    """Read the values of a modal that was sent; what was left empty is not there.

    Args:
        components: what was sent.
        people: the names of the people in it, by their ids.
    """
    values = {str(control["custom_id"]): _value(control, people) for control in _controls(components)}
    return {name: value for name, value in values.items() if value}


def _controls(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        inner = component.get("component") or component
        if "custom_id" in inner:
            yield inner


def _value(control: Mapping[str, Any], people: Mapping[str, str]) -> str:
    several = control.get("values")
    chosen = str(several[0]) if several else str(control.get("value") or "")
    return mention(chosen, people.get(chosen, "")) if chosen and control.get("type") == USER_SELECT else chosen


def _label(field: Field, reader: MessageBuilder) -> Component:
    control = _control(field, reader)
    component = {"type": LABEL, "label": _cut(reader.plain(field.label), limits.LABEL), "component": control}
    shown = "value" in control or "default_values" in control
    remarks = field.remarks(picked=control["type"] != TEXT_INPUT, shown=shown)
    hint = _hint([reader.plain(remark) for remark in remarks])
    return {**component, "description": hint} if hint else component


def _hint(remarks: Sequence[str]) -> str:
    """Join as many remarks as there is room for; the first is the one that matters most."""
    hint = _cut(remarks[0], limits.LABEL_HINT) if remarks else ""
    for remark in remarks[1:]:
        longer = beside((hint, remark))
        hint = longer if len(longer) <= limits.LABEL_HINT else hint
    return hint


def _control(field: Field, reader: MessageBuilder) -> Component:
    if field.kind.is_named:
        return _named(field)
    if field.kind is Kind.FILE:
        return {
            "type": UPLOAD,
            "custom_id": field.name,
            "required": field.required,
            "min_values": 1 if field.required else 0,
            "max_values": 1,
        }
    options = _options(field, reader)
    if not options:
        return _text_input(field)
    component: Component = {"custom_id": field.name, "required": field.required}
    for option in options:
        option["default"] = option["value"] in {field.value, field.stands.value if field.stands else None}
    # A round button cannot be taken back, so what may stay open is a menu.
    if field.required and 1 < len(options) <= limits.FEW and field.kind in {Kind.CHOICE, Kind.YES_NO}:
        return {**component, "type": RADIO, "options": options}
    return {**component, "type": SELECT, "min_values": 1 if field.required else 0, "max_values": 1, "options": options}


def _options(field: Field, reader: MessageBuilder) -> list[Component]:
    """List what can be chosen; more than fits a select is typed instead."""
    choices = [(value, reader.plain(label)) for value, label in field.choices]
    offers = [(offer.value, offer.label) for offer in field.offers]
    offered = choices or offers
    if len(offered) > limits.OPTIONS:
        return []
    return [{"value": value, "label": _cut(label, limits.OPTION)} for value, label in offered]


def _named(field: Field) -> Component:
    """Let Discord itself offer its people or channels."""
    component: Component = {
        "custom_id": field.name,
        "required": field.required,
        "min_values": 1 if field.required else 0,
    }
    match = _ID.fullmatch(field.value)
    if field.kind is Kind.PERSON:
        default: Component = {"default_values": [{"id": match[1], "type": "user"}]} if match else {}
        return {"type": USER_SELECT, **component, **default}
    default = {"default_values": [{"id": match[1], "type": "channel"}]} if match else {}
    return {"type": CHANNEL_SELECT, **component, "channel_types": list(POSTABLE), **default}


def _text_input(field: Field) -> Component:
    most = field.limit or (len(str(field.bounds[1])) if field.bounds else limits.TYPED)
    component: Component = {
        "type": TEXT_INPUT,
        "custom_id": field.name,
        "style": LONG if field.kind is Kind.LINES else SHORT,
        "required": field.required,
        # What was typed before stays whole, so that it can be made shorter.
        "max_length": min(max(most, len(field.typed)), limits.TYPED),
    }
    return {**component, "value": field.typed[: limits.TYPED]} if field.typed else component


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
