"""A form: another way to collect a command's parameters."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.call import Call
from bot.core.command import Command
from bot.core.errors import BotError
from bot.core.params import Param
from bot.core.rules import Kind, Suggestion
from bot.ui.text import Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form, with what stands in it and what is wrong with that."""

    name: str
    label: Text
    kind: Kind
    required: bool
    hint: Text | None
    limit: int | None
    choices: tuple[tuple[str, Text], ...]
    value: str
    problem: Text | None
    offers: tuple[Suggestion, ...] = ()
    """What this person can choose from, where that is theirs alone, such as the people on their list."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a platform shows to collect values; `token` comes back with them."""

    command: str
    title: Text
    token: str
    fields: tuple[Field, ...]


def opens(command: Command[...], raw: Mapping[str, str]) -> bool:
    """Tell, from the declaration alone, whether these values lead to a form."""
    unasked = any(param.required and not param.rule.asked and param.name not in raw for param in command.params)
    if command.form is None or unasked:
        return False
    missing = any(param.required and param.name not in raw for param in command.asked)
    if missing or command.prefill is None:
        return missing
    if any(param.name in raw for param in command.asked):
        return False
    # Naming a thing is no change of it; a value that no form asks for is one.
    return not any(param.name in raw and param.rule.kind is not Kind.REF for param in command.params)


def build(
    call: Call, command: Command[...], raw: Mapping[str, str], problems: Mapping[str, BotError] | None = None
) -> Form:
    """Build the form of a command with the values known so far.

    Raises:
        BotError: a value that only the token can carry makes no sense.
    """
    found = dict(problems or {})
    known = _known(call, command, raw, found)
    shown = dict(raw)
    if command.prefill is not None and problems is None:
        shown = command.write(command.prefill(call, known)) | shown
    asked = [param for param in command.asked if param.name not in known]
    fields = tuple(_field(call, param, shown.get(param.name, ""), found.get(param.name)) for param in asked)
    title = command.form or command.description
    return Form(command.name, title, command.token(call.stamp, command.write(known)), fields)


def _known(call: Call, command: Command[...], raw: Mapping[str, str], found: dict[str, BotError]) -> dict[str, object]:
    """Read what goes into the token; a person who is not found on the list is asked for, with the problem in place."""
    known: dict[str, object] = {}
    for param in command.carried:
        if param.name in raw and _need_not_ask(param, found):
            try:
                known[param.name] = param.rule.read(call, raw[param.name])
            except BotError as problem:
                if not param.rule.asked:
                    raise
                found[param.name] = problem
    return known


def _need_not_ask(param: Param, problems: Mapping[str, BotError]) -> bool:
    """Tell whether a given value goes into the token; which person is meant is not asked twice."""
    return param.name not in problems and (not param.rule.asked or param.rule.kind is Kind.REF)


def _field(call: Call, param: Param, value: str, problem: BotError | None) -> Field:
    rule = param.rule
    return Field(
        name=param.name,
        label=rule.label,
        kind=rule.kind,
        required=param.required,
        hint=rule.hint,
        limit=rule.limit,
        choices=rule.choices(),
        value=value,
        problem=problem.message if problem else None,
        offers=rule.offers(call),
    )
