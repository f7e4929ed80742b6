"""Reads the raw values of a command, all of them, so that every problem is told at once."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.engine.call import Call
from bot.engine.command import AnyCommand
from bot.engine.echo import echo
from bot.engine.errors import BadValue, BotError, MissingValue
from bot.engine.rule import Doubtful
from bot.ui.reply import Reply
from bot.ui.text import t

Around: TypeAlias = Callable[[Call, AnyCommand, Mapping[str, object], Callable[[], Reply]], Reply]
"""What a product does around a command that somebody gave: it lets it answer, and may look before and after."""
TOGETHER = ""
"""The key of a problem that belongs to no single value."""


class Refusal(Exception):
    """Some values were missing or not understood; `problems` has one error a parameter, or one for them together."""

    def __init__(self, problems: Mapping[str, BotError]) -> None:
        super().__init__(*problems)
        self.problems = problems

    @property
    def first(self) -> BotError:
        """The first problem, whose code stands for all."""
        return next(iter(self.problems.values()))

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Every (parameter, raw value) that could be meant, in the order in which they are offered."""
        return tuple(
            (name, raw)
            for name, problem in self.problems.items()
            if isinstance(problem, Doubtful)
            for raw, _ in problem.options
        )


def read_values(call: Call, command: AnyCommand, raw: Mapping[str, str]) -> dict[str, object]:
    """Read every value of a command by its rule.

    Raises:
        Refusal: at least one value is missing or not understood.
        BadValue: a value has a name the command does not know.
    """
    values: dict[str, object] = {}
    problems: dict[str, BotError] = {}
    # Typed names were checked before; such a name comes from an older button, draft or slash menu.
    for stranger in raw.keys() - command.rules.keys():
        raise BadValue(t("I do not know the value {name}.", name=echo(stranger)))
    for param in command.params:
        text = raw.get(param.name)
        if text is None:
            values[param.argument] = param.default
            if param.required:
                problems[param.name] = MissingValue(t('"{label}": please write an answer.', label=param.rule.label))
            continue
        try:
            values[param.argument] = param.rule.read(call, text)
        except BotError as problem:
            problems[param.name] = problem
    if problems:
        raise Refusal(problems)
    return values


def _standing(call: Call, command: AnyCommand, raw: Mapping[str, str], values: dict[str, object]) -> dict[str, object]:
    """Give what stands already for each value that was left out, where the command says that it stays."""
    if command.prefill is None or not command.stays:
        return {}
    shown = command.prefill(call, values)
    left_out = (param for param in command.params if param.name not in raw)
    return {param.argument: shown[param.name] for param in left_out if shown.get(param.name) is not None}


def just_do(_call: Call, _command: AnyCommand, _values: Mapping[str, object], answer: Callable[[], Reply]) -> Reply:
    """Let a command answer, and do nothing around it."""
    return answer()


def do(
    call: Call,
    command: AnyCommand,
    raw: Mapping[str, str],
    *,
    submitted: bool = False,
    around: Around = just_do,
) -> Reply:
    """Read the values and call the handler; a BadValue that it raises becomes a refusal, so that a form can correct it.

    With `submitted` they come from a form: what is empty there was emptied.

    Raises:
        Refusal: a value is missing or not understood, or they do not go together.
    """
    values = read_values(call, command, raw)
    if not submitted:
        values |= _standing(call, command, raw, values)
    try:
        return around(call, command, values, lambda: command.handler(call, **values))
    except BadValue as error:
        if command.form is None or not raw:
            raise
        raise Refusal({TOGETHER: error}) from None
