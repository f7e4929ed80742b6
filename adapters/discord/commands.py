"""The registry as Discord's application commands: groups, sub-commands, typed options, choices, every language."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from adapters.discord import limits
from adapters.discord.form import POSTABLE
from bot.engine.access import Access
from bot.engine.command import AnyCommand
from bot.engine.params import Param
from bot.engine.registry import Registry
from bot.engine.rule import Kind
from bot.ui.languages import spoken
from bot.ui.names import said_command, said_value
from bot.ui.text import Text
from bot.ui.voice import say

Payload: TypeAlias = dict[str, Any]
Described: TypeAlias = Callable[[str], str]
"""Gives the words in a language."""

SUB_COMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ATTACHMENT = 1, 2, 3, 4, 5, 6, 7, 11
SERVER = 0
"""Commands work in a server, and are installed to one; nowhere else is there a community."""
MANAGE_SERVER = 1 << 5


class TooBig(ValueError):
    """A command passes one of Discord's limits; the message names the command, the limit and the language."""


def payloads(registry: Registry) -> list[Payload]:
    """Make the payload of every command that people can type.

    Raises:
        TooBig: Discord would refuse it.
    """
    families = [_family(family.name, registry.of_family(family.name)) for family in registry.families]
    if len(families) > limits.COMMANDS:
        raise TooBig(f"{len(families)} commands, the limit is {limits.COMMANDS}")
    for payload in families:
        check(payload)
    return families


def fingerprint(families: Sequence[Payload]) -> str:
    """Name the payloads, so that the same need not be sent again."""
    return hashlib.sha256(json.dumps(families, sort_keys=True).encode()).hexdigest()


def leaves(payload: Payload) -> Iterator[str]:
    """Name every command of a family that can be called."""
    groups = [option for option in payload.get("options", ()) if option["type"] in {SUB_COMMAND, GROUP}]
    if not groups:
        yield payload["name"]
    for option in groups:
        yield from (f"{payload['name']} {leaf}" for leaf in leaves(option))


def locales_of(language: str) -> list[str]:
    """Name Discord's locales that read a language."""
    return [locale for locale in limits.LOCALES if locale == language or locale.split("-")[0] == language]


def _family(name: str, commands: Sequence[AnyCommand]) -> Payload:
    organisers = all(command.access is Access.ORGANISER for command in commands)
    return {
        "type": 1,
        **_node(name, commands),
        "contexts": [SERVER],
        "integration_types": [SERVER],
        # Discord hides the command from others; who may use it is asked again at each use.
        "default_member_permissions": MANAGE_SERVER if organisers else None,
    }


def _node(path: str, commands: Sequence[AnyCommand]) -> Payload:
    """Make a command, a group of them, or a group of groups: whatever stands under these words."""
    depth = len(path.split())
    if [command.name for command in commands] == [path]:
        return {**_described(path, _description(commands[0].description)), "options": _options(commands[0])}
    below: dict[str, list[AnyCommand]] = {}
    for command in commands:
        below.setdefault(" ".join(command.name.split()[: depth + 1]), []).append(command)
    options: list[Payload] = []
    for name, inner in below.items():
        kind = SUB_COMMAND if [command.name for command in inner] == [name] else GROUP
        options.append({"type": kind, **_node(name, inner)})
    # Discord shows no description of a group, so the names of its commands stand there.
    return {**_described(path, _parts_of(below)), "options": options}


def _parts_of(paths: Iterable[str]) -> Described:
    return lambda language: _cut(", ".join(_last(said_command(path, language)) for path in paths), limits.DESCRIPTION)


def _described(path: str, described: Described) -> Payload:
    """Name and describe a command; a catalog may give it another name."""
    return {
        **_named(_last(path), lambda language: _last(said_command(path, language))),
        "description": described("en"),
        "description_localizations": dict(_localised(described)),
    }


def _last(path: str) -> str:
    return path.rsplit(maxsplit=1)[-1]


def _named(name: str, write: Described) -> Payload:
    return {"name": name, "name_localizations": dict(_localised(write))}


def _description(text: Text) -> Described:
    return lambda language: _cut(say(text, language), limits.DESCRIPTION)


def _localised(write: Described) -> Iterator[tuple[str, str]]:
    for language in spoken():
        yield from ((locale, write(language)) for locale in locales_of(language))


def _options(command: AnyCommand) -> list[Payload]:
    options = [_option(command, param) for param in command.named]
    return sorted(options, key=lambda option: not option["required"])


def _option(command: AnyCommand, param: Param) -> Payload:
    """Make an option; what a form can ask for may be left out."""
    rule, described = param.rule, _description(param.rule.label)
    return {
        "type": _TYPES.get(rule.kind, STRING),
        **_named(param.name, lambda language: said_value(param.name, language, command.name)),
        "description": described("en"),
        "description_localizations": dict(_localised(described)),
        "required": param.required and not (command.form is not None and rule.asked),
        **_values(param),
    }


_TYPES = {
    Kind.NUMBER: INTEGER,
    Kind.YES_NO: BOOLEAN,
    Kind.PERSON: USER,
    Kind.CHANNEL: CHANNEL,
    Kind.FILE: ATTACHMENT,
}
"""What Discord has a type of its own for; everything else is words."""


def _values(param: Param) -> Payload:
    rule = param.rule
    match rule.kind:
        case Kind.NUMBER if rule.bounds is not None:
            return {"min_value": rule.bounds[0], "max_value": rule.bounds[1]}
        case Kind.CHANNEL:
            return {"channel_types": list(POSTABLE)}
        case Kind.REF:
            return {"autocomplete": True}
        case Kind.CHOICE:
            return {"choices": [_choice(value, label) for value, label in rule.choices()]}
        case _:
            return {"max_length": rule.limit} if rule.limit else {}


def _choice(value: str, label: Text) -> Payload:
    return {
        "name": _cut(say(label, "en"), limits.CHOICE),
        "name_localizations": dict(_localised(lambda language: _cut(say(label, language), limits.CHOICE))),
        "value": value,
    }


def check(payload: Payload) -> None:
    """Check a payload against Discord's limits, in every language.

    Raises:
        TooBig: it passes one.
    """
    for node in _nodes(payload):
        options = node.get("options", ())
        if len(options) > limits.OPTIONS or len(node.get("choices", ())) > limits.OPTIONS:
            raise TooBig(f"/{payload['name']}: more than {limits.OPTIONS} options or choices in {node['name']}")
    for locale in ("", *limits.LOCALES):
        size = sum(_size(node, locale) for node in _nodes(payload))
        if size > limits.COMMAND_SIZE:
            raise TooBig(f"/{payload['name']}: {size} characters in {locale or 'English'}")


def _nodes(payload: Payload) -> Iterator[Payload]:
    yield payload
    for node in (*payload.get("options", ()), *payload.get("choices", ())):
        yield from _nodes(node)


def _size(node: Payload, locale: str) -> int:
    """Count the characters of a node in a locale, as Discord counts them for its limit."""

    def localised_text(key: str) -> str:
        localised: dict[str, str] = node.get(f"{key}_localizations") or {}
        return localised.get(locale) or str(node.get(key) or "")

    return len(localised_text("name")) + len(localised_text("description")) + len(str(node.get("value", "")))


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
