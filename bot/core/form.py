"""A form: another way to collect a command's parameters."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.call import Call
from bot.core.command import Command
from bot.core.errors import BotError
from bot.core.params import Param
from bot.core.reading import Refusal
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
    advice: Text | None = None
    """What to write instead, when there is a problem."""
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
    given = [param for param in command.params if param.name in raw and not _only_names(command, param)]
    if any(param.rule.asked for param in given):
        return False
    # Naming a thing is no change of it; a value that no form asks for is one.
    return not given


def _only_names(command: Command[...], param: Param) -> bool:
    """Tell whether a value only says what the command is about, such as its first value when that is a person."""
    about = param.rule.subject and param is command.params[0]
    return about or (param.required and param.rule.kind is Kind.REF and not param.rule.asked)


def build(
    call: Call,
    command: Command[...],
    raw: Mapping[str, str],
    problems: Mapping[str, BotError] | None = None,
    *,
    whole: bool = False,
) -> Form:
    """Build the form of a command, which asks for what is not known yet.

    What was given and fits the token is not asked again; with `whole` it is, so that it can be changed.

    Raises:
        BotError: a value that only the token can carry makes no sense.
        Refusal: a value was refused, with a button that helps more than the form would.
    """
    found = dict(problems or {})
    known = _known(call, command, raw, found, whole=whole or problems is not None)
    shown = dict(raw)
    if command.prefill is not None and problems is None:
        shown = command.write(command.prefill(call, known)) | shown
    asked = [param for param in command.asked if param.name not in known]
    hints = command.hints(call, known) if command.hints is not None else dict[str, Text]()
    fields = tuple(
        _field(call, param, shown.get(param.name, ""), found.get(param.name), hints.get(param.name)) for param in asked
    )
    title = command.form or command.description
    return Form(command.name, title, command.token(call.stamp, command.write(known)), fields)


def _known(
    call: Call, command: Command[...], raw: Mapping[str, str], found: dict[str, BotError], *, whole: bool
) -> dict[str, object]:
    """Read what goes into the token; what makes no sense is asked for, with the problem in place."""
    known: dict[str, object] = {}
    for param in command.carried:
        if param.name in raw and param.name not in found and not (whole and _can_change(param)):
            try:
                value = param.rule.read(call, raw[param.name])
            except BotError as problem:
                if not param.rule.asked:
                    raise
                if problem.buttons and not whole:
                    # There is another way on than to type something else, and a form has no room for it.
                    raise Refusal({param.name: problem}) from None
                found[param.name] = problem
            else:
                if param.rule.fits(value):
                    known[param.name] = value
    return known


def _can_change(param: Param) -> bool:
    """Tell whether the whole form asks for a value; which person is meant is not asked twice."""
    return param.rule.asked and not param.rule.subject


def _field(call: Call, param: Param, value: str, problem: BotError | None, hint: Text | None) -> Field:
    rule = param.rule
    return Field(
        name=param.name,
        label=rule.label,
        kind=rule.kind,
        required=param.required,
        hint=hint or rule.hint,
        limit=rule.limit,
        choices=rule.choices(),
        value=value,
        problem=problem.message if problem else None,
        advice=problem.advice if problem else None,
        offers=rule.offers(call),
    )
