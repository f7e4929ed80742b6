"""Holds a body against the schema and the rules, and says what is wrong as Discord says it: with the path to it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tests.support.discord import rules, schema, schema_commands
from tests.support.discord.rules import Json, Wrong

INVALID_FORM = 50035

_COMMANDS: TypeAdapter[Any] = TypeAdapter(schema_commands.Commands)
_CALLBACK: TypeAdapter[Any] = TypeAdapter(schema.Callback)
_MESSAGES = {kind: TypeAdapter(kind) for kind in (schema.Post, schema.Edit)}
_PRIVATE = TypeAdapter(schema.PrivateChannel)


class Invalid(Exception):
    """Discord would refuse this body."""

    def __init__(self, wrong: Iterable[Wrong]) -> None:
        self.wrong = list(wrong)
        super().__init__("; ".join(f"{'.'.join(map(str, at)) or 'body'}: {why}" for at, why in self.wrong))

    def as_json(self) -> Json:
        """Write it as Discord does."""
        errors: Json = {}
        for at, why in self.wrong:
            node = errors
            for part in at:
                node = node.setdefault(str(part), {})
            node.setdefault("_errors", []).append({"code": "BASE_TYPE_INVALID", "message": why})
        return {"code": INVALID_FORM, "message": "Invalid Form Body", "errors": errors}


def commands(body: Any) -> None:
    """Check what the bot registers."""
    _shape(_COMMANDS, body)
    _ruled(rules.commands(body))


def post(body: Any, files: Mapping[str, str]) -> None:
    """Check a message for a channel."""
    _shape(_MESSAGES[schema.Post], body)
    _ruled(rules.message(body, files))


def edit(body: Any, files: Mapping[str, str]) -> None:
    """Check a message that takes the place of another."""
    _shape(_MESSAGES[schema.Edit], body)
    _ruled(rules.message(body, files))


def private_channel(body: Any) -> None:
    """Check whom a private channel is opened with."""
    _shape(_PRIVATE, body)


def callback(body: Any, files: Mapping[str, str]) -> None:
    """Check the first answer to an interaction."""
    _shape(_CALLBACK, body)
    check: Callable[[Json, Mapping[str, str]], Iterable[Wrong]] | None
    check = {4: rules.message, 7: rules.message, 9: rules.modal}.get(body["type"])
    if check is not None:
        _ruled((("data", *at), why) for at, why in check(body["data"], files))


def _ruled(wrong: Iterable[Wrong]) -> None:
    problems = list(wrong)
    if problems:
        raise Invalid(problems)


def _shape(kind: TypeAdapter[Any], body: Any) -> None:
    try:
        kind.validate_python(body)
    except ValidationError as error:
        raise Invalid((_path(body, problem["loc"]), problem["msg"]) for problem in error.errors()) from None


def _path(body: Any, place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Leave out what only tells which kind of component was tried."""
    node, path = body, []
    for number, part in enumerate(place):
        if isinstance(node, dict):
            last = number == len(place) - 1
            if part not in node and not (last and isinstance(part, str)):
                continue
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            continue
        path.append(part)
    return tuple(path)
