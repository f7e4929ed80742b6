"""Parameters, read from a handler's typed signature: the signature is the schema."""

import builtins
import inspect
import keyword
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.engine.rule import Rule


class BadDeclaration(TypeError):
    """A command is declared in a way that some platform could not show."""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a command."""

    name: str
    rule: Rule[Any]
    required: bool
    default: object = None
    argument: str = field(init=False)
    """The name in Python, which has an underscore behind a word that Python keeps for itself."""

    def __post_init__(self) -> None:
        """Work out the name in Python."""
        reserved = keyword.iskeyword(self.name) or self.name in vars(builtins)
        object.__setattr__(self, "argument", f"{self.name}_" if reserved else self.name)


def read_params(handler: Callable[..., object]) -> tuple[Param, ...]:
    """Turn the keyword-only part of a signature into parameters, the required ones first.

    Raises:
        BadDeclaration: a parameter has no rule, its type is not the one its rule reads, or the handler cannot be called with it.
    """
    try:
        hints = typing.get_type_hints(handler, include_extras=True)
    except NameError as wrong:
        message = f"{place_of(handler)}: the type of a value cannot be read: {wrong}"
        raise BadDeclaration(message) from None
    params = [
        _param(f"{place_of(handler)}: {name}", name, hints[name], parameter.default)
        for name, parameter in inspect.signature(handler).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    _check_call(handler, params)
    return tuple(sorted(params, key=lambda param: not param.required))


def place_of(handler: Callable[..., object]) -> str:
    """Say where a handler is written, for whoever mends it."""
    return f"{handler.__module__}.{handler.__qualname__}"


def _check_call(handler: Callable[..., object], params: Sequence[Param]) -> None:
    """Call the signature as the dispatcher calls the handler, so that what it cannot call fails here."""
    if inspect.iscoroutinefunction(handler):
        message = f"{place_of(handler)} is async, and a handler is one unit of work that never waits; write def"
        raise BadDeclaration(message)
    try:
        inspect.signature(handler).bind(None, **{param.argument: param.default for param in params})
    except TypeError as wrong:
        message = (
            f"{place_of(handler)} cannot be called: {wrong}. Values come by keyword, behind the "
            "star; only a word that Python keeps for itself has an underscore behind it"
        )
        raise BadDeclaration(message) from None


def _param(where: str, name: str, hint: Any, default: object) -> Param:
    if typing.get_origin(hint) is not typing.Annotated:
        message = f"{where} has no rule, such as Annotated[str, Line(label=...)]"
        raise BadDeclaration(message)
    kind, rule = typing.get_args(hint)[:2]
    if not isinstance(rule, Rule):
        message = f"{where}: {rule!r} is not a rule"
        raise BadDeclaration(message)
    if not issubclass(_plain_type(kind), rule.reads):
        message = f"{where} is {kind}, but its rule reads {rule.reads}"
        raise BadDeclaration(message)
    required = default is inspect.Parameter.empty
    return Param(name.removesuffix("_"), typing.cast("Rule[Any]", rule), required, None if required else default)


def _plain_type(hint: Any) -> type:
    """Take the None out of an optional type, and the name off a NewType."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    return getattr(hint, "__supertype__", hint)
