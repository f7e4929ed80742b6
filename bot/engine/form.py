"""A form: another way to collect a command's parameters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from bot.engine.call import Call
from bot.engine.command import Command
from bot.engine.echo import echo
from bot.engine.errors import BotError
from bot.engine.limits import ASKED
from bot.engine.params import Param
from bot.engine.reading import Refusal
from bot.engine.rule import Kind, Suggestion
from bot.ui.text import Text, t
from bot.ui.values import Count

Keep: TypeAlias = Callable[[Mapping[str, str]], str]
"""Stores the values that neither the form shows nor a token can carry; returns the token that restores them."""


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
    typing: Text | None = None
    """How to write it, for where it is typed and not picked."""
    bounds: tuple[int, int] | None = None
    """The least and the greatest number."""
    offers: tuple[Suggestion, ...] = ()
    """What this person can choose from, where that is theirs alone, such as the people on their list."""
    stands: Suggestion | None = None
    """The list entry that the value names, as the list shows it."""

    @property
    def typed(self) -> str:
        """What stands there where it is typed: words that can be read, and no id."""
        return self.stands.label if self.stands is not None else self.value

    def remarks(self, *, picked: bool, shown: bool) -> tuple[Text, ...]:
        """Say what belongs beside the question: what is wrong, else a hint, and how or how much to write.

        Args:
            picked: whether the platform lets the person pick it, so that nothing is typed.
            shown: whether the value stands in the question itself.
        """
        if self.problem is not None:
            return (*self._wrote(self.problem, shown=shown), self.problem, *_some(None if picked else self.advice))
        return (*_some(self.hint), *(() if picked else (*_some(self.typing), *_some(self._most()))))

    def _wrote(self, problem: Text, *, shown: bool) -> tuple[Text, ...]:
        """Give back what was typed where nothing else shows it."""
        typed = echo(self.value) if self.value and not shown else None
        return (
            () if typed is None or typed in dict(problem.values).values() else (t("You wrote: {typed}.", typed=typed),)
        )

    def _most(self) -> Text | None:
        if self.bounds is not None:
            return t("From {least} to {most}.", least=Count(self.bounds[0]), most=Count(self.bounds[1]))
        return t("At most {n} characters.", n=Count(self.limit)) if self.limit else None


def _some(text: Text | None) -> tuple[Text, ...]:
    """Give a text in a tuple, or an empty tuple without one."""
    return () if text is None else (text,)


@dataclass(frozen=True, slots=True)
class Form:
    """What a platform shows to collect values; `token` comes back with them."""

    command: str
    title: Text
    token: str
    fields: tuple[Field, ...]


def opens(command: Command[...], raw: Mapping[str, str]) -> bool:
    """Tell, from the declaration alone, whether these values lead to a form."""
    if command.form is None:
        return False
    if command.which is not None:
        only = command.narrowed(raw)
        return only is not None and only.name not in raw
    missing = [param for param in command.params if param.required and param.name not in raw]
    if missing or command.prefill is None:
        return bool(missing) and all(param.rule.kind is not Kind.ID for param in missing)
    # The subject alone changes nothing yet, so the prefilled form opens; any other value is already the change.
    return all(param is command.subject for param in command.params if param.name in raw)


def build(
    call: Call,
    command: Command[...],
    raw: Mapping[str, str],
    keep: Keep,
    problems: Mapping[str, BotError] | None = None,
    *,
    whole: bool = False,
    submitted: bool = False,
    wrong: Sequence[str] = (),
) -> Form:
    """Build the form of a command, which asks for what is not known yet.

    What was given and makes sense is not asked again; with `whole` it is, so that it can be changed, and so is what
    was `wrong` before. With `submitted` the values stood in the form already, so what is empty was emptied.

    Raises:
        BotError: there is nothing to choose from.
        Refusal: a value was refused, with a button that helps more than the form would.
    """
    answers = _Answers(raw, dict(problems or {}), frozenset(wrong))
    answers.read(call, command, whole=whole or problems is not None)
    values, asked = answers.values, _asked(call, command, answers)
    shown = dict(raw)
    standing = problems is None or (command.stays and not submitted)
    if command.prefill is not None and standing and command.subject not in asked:
        shown = command.write(command.prefill(call, values)) | shown
    hints = command.hints(call, values) if command.hints is not None else dict[str, Text]()
    fields = tuple(
        _field(call, param, shown.get(param.name, ""), answers.problems.get(param.name), hints.get(param.name))
        for param in asked
    )
    beside = {name: text for name, text in raw.items() if name not in {field.name for field in fields}}
    carried = {param.name for param in command.carried if param.name in values and param.rule.fits(values[param.name])}
    if beside.keys() <= carried:
        token = command.token(call.stamp, command.write({name: values[name] for name in beside}))
    else:
        token = keep(beside)
    return Form(command.name, command.form or command.description, token, fields)


@dataclass(slots=True)
class _Answers:
    """The values that came so far: those that need no question, and the problems with the others."""

    raw: Mapping[str, str]
    problems: dict[str, BotError]
    wrong: frozenset[str]
    """Names of values that were refused before; they are asked for again, even when nothing of them was stored."""
    values: dict[str, object] = field(default_factory=dict[str, object])

    def read(self, call: Call, command: Command[...], *, whole: bool) -> None:
        """Read each value by its rule; one that cannot be read is asked for, with its problem beside the question."""
        for param in command.params:
            if param.name not in self.raw or param.name in self.problems:
                continue
            try:
                value = param.rule.read(call, self.raw[param.name])
            except BotError as problem:
                if problem.buttons and not whole:
                    # There is another way on than to type something else, and a form has no room for it.
                    raise Refusal({param.name: problem}) from None
                self.problems[param.name] = problem
            else:
                again = param.name in self.wrong or (whole and _can_change(param))
                if not again and (param.rule.fits(value) or not param.rule.asked):
                    self.values[param.name] = value

    def rank(self, param: Param) -> int:
        """Order questions: what is wrong, what is missing, what was given, and all others."""
        if param.name in self.problems or param.name in self.wrong:
            return 0
        return 2 if param.name in self.raw else 1 if param.required else 3


def _can_change(param: Param) -> bool:
    """Tell whether the whole form asks for a value; which person is meant is not asked twice."""
    return param.rule.asked and not param.rule.subject


def _asked(call: Call, command: Command[...], answers: _Answers) -> Sequence[Param]:
    """Choose what the form asks: first what is wrong, then what is missing, and no more than fits.

    A form that shows a stored row asks first which row, and asks for nothing else unless more was typed.
    """
    only = command.narrowed(answers.raw)
    if only is not None:
        return [only]
    subject = command.subject
    alone = command.prefill is not None and subject is not None and subject.name not in answers.values
    possible: list[Param] = []
    for param in command.named:
        if param.name in answers.values or not (param.rule.asked or answers.rank(param) == 0):
            continue
        if alone and param is not subject and answers.rank(param) not in {0, 2}:
            continue
        if param.rule.kind is Kind.FILE and not call.place.takes_files:
            continue
        nothing = param.rule.nothing(call)
        if nothing is None:
            possible.append(param)
        elif param.required:
            raise _cannot_choose(nothing, answers.problems.get(param.name))
    chosen = sorted(possible, key=answers.rank)[:ASKED]
    return [param for param in possible if param in chosen]


def _cannot_choose(nothing: BotError, problem: BotError | None) -> BotError:
    """Tell what to do first when there is nothing to choose from; a value that was not found is named before that."""
    return nothing if problem is None else replace(problem, advice=nothing.message, buttons=nothing.buttons)


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
        value=rule.words(call, value) if problem else value,
        problem=problem.message if problem else None,
        advice=problem.advice if problem else None,
        typing=rule.typing,
        bounds=rule.bounds,
        offers=rule.offers(call),
        stands=rule.stands(call, value) if value and problem is None else None,
    )
