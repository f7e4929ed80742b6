"""A form as a Discord modal, and the values that come back; the modal's id is the form's token, and nothing is kept."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.discord import limits
from adapters.discord.render import Component, Reader
from bot.core.form import Field, Form
from bot.core.rules import Kind
from bot.ui.text import Text, t
from bot.ui.values import Count

TEXT_INPUT, SELECT, CHANNEL_SELECT, LABEL, RADIO = 4, 3, 8, 18, 21
SHORT, LONG = 1, 2
POSTABLE = (0, 5)
"""Text and announcement channels, where a digest can be posted."""


def modal(form: Form, reader: Reader) -> Component:
    """Write a form as a modal."""
    fields = [_label(field, reader) for field in form.fields[: limits.FORM_FIELDS]]
    return {"custom_id": form.token, "title": _cut(reader.plain(form.title), limits.FORM_TITLE), "components": fields}


def values_of(components: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Read the values of a modal that was sent; what was left empty is not there."""
    found = {str(each["custom_id"]): _value(each) for each in _controls(components)}
    return {name: value for name, value in found.items() if value}


def _controls(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for each in components:
        inner = each.get("component") or each
        if "custom_id" in inner:
            yield inner


def _value(control: Mapping[str, Any]) -> str:
    several = control.get("values")
    return str(several[0]) if several else str(control.get("value") or "")


def _label(field: Field, reader: Reader) -> Component:
    made = {"type": LABEL, "label": _cut(reader.plain(field.label), limits.LABEL), "component": _control(field, reader)}
    hint = field.problem or field.hint or _length(field)
    return {**made, "description": _cut(reader.plain(hint), limits.LABEL_HINT)} if hint else made


def _length(field: Field) -> Text | None:
    return t("At most {n} characters.", n=Count(field.limit)) if field.limit else None


def _control(field: Field, reader: Reader) -> Component:
    if field.kind is Kind.CHANNEL:
        return _channels(field)
    options = _options(field, reader)
    known = not field.value or any(option["value"] == field.value for option in options)
    if not options or not known:
        return _text_input(field)
    made: Component = {"custom_id": field.name, "required": field.required}
    for option in options:
        option["default"] = option["value"] == field.value
    if len(options) > 1 and len(options) <= limits.FEW and field.kind is Kind.CHOICE:
        return {**made, "type": RADIO, "options": options}
    return {**made, "type": SELECT, "min_values": 1 if field.required else 0, "max_values": 1, "options": options}


def _options(field: Field, reader: Reader) -> list[Component]:
    """List what can be chosen; more than fits a select is typed instead."""
    choices = [(value, reader.plain(label)) for value, label in field.choices]
    offers = [(offer.value, offer.label) for offer in field.offers]
    every = choices or offers
    if len(every) > limits.OPTIONS:
        return []
    return [{"value": value, "label": _cut(label, limits.OPTION)} for value, label in every]


def _channels(field: Field) -> Component:
    made: Component = {
        "type": CHANNEL_SELECT,
        "custom_id": field.name,
        "required": field.required,
        "channel_types": list(POSTABLE),
    }
    if field.value.isdigit():
        made["default_values"] = [{"id": field.value, "type": "channel"}]
    return made


def _text_input(field: Field) -> Component:
    # The rule's own limit is not given: Discord would cut what is pasted, and nobody would see it.
    made: Component = {
        "type": TEXT_INPUT,
        "custom_id": field.name,
        "style": LONG if field.kind is Kind.LINES else SHORT,
        "required": field.required,
        "max_length": limits.TYPED,
    }
    return {**made, "value": field.value[: limits.TYPED]} if field.value else made


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
