"""Finds which command an invocation means, and its raw values; nothing is read from the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.echo import echo
from bot.core.errors import StaleButton, UnknownCommand
from bot.core.invocation import Called, Invocation, Pressed, Request, Submitted, Typed
from bot.core.matching import rank
from bot.core.registry import AnyCommand, Registry
from bot.core.tokens import Audience, Forged, Signer
from bot.core.typed import read_typed
from bot.ui.text import t
from bot.ui.values import CommandRef, Together


@dataclass(frozen=True, slots=True)
class Found:
    """A command with its raw values; `submitted` when they come from a form."""

    command: AnyCommand
    raw: Mapping[str, str] = field(default_factory=dict[str, str])
    submitted: bool = False


def find(invocation: Invocation, registry: Registry, signer: Signer, now: datetime) -> Found:
    """Find the command and its raw values.

    Raises:
        UnknownCommand: there is no such command.
        StaleButton: a token is too old, forged, or somebody else's.
        BadValue: a typed line cannot be taken apart.
    """
    request: Request = invocation.request
    match request:
        case Typed():
            return _typed(request.line, registry)
        case Called():
            made = registry.get(request.command)
            if made is None or not made.listed:
                raise unknown(request.command, registry)
            return Found(made, _given(request.values))
        case Pressed():
            return _opened(request.token, invocation, registry, signer, now)
        case Submitted():
            opened = _opened(request.token, invocation, registry, signer, now)
            asked = {param.name for param in opened.command.asked}
            given = {name: raw for name, raw in _given(request.values).items() if name in asked}
            return Found(opened.command, {**opened.raw, **given}, submitted=True)


def audience_of(invocation: Invocation) -> Audience:
    """Name the person who sent an invocation, as tokens do."""
    place = invocation.place
    return Audience(place.platform, place.community, invocation.sender.user)


def unknown(name: str, registry: Registry) -> UnknownCommand:
    """Say that there is no such command, naming the nearest ones."""
    names = [made.name for made in registry.listed]
    found = [names[i] for i in rank(name, names, limit=3)]
    family = [made.name for made in registry.family(name.split(maxsplit=1)[0].lower())] if name.strip() else []
    near = Together(tuple(CommandRef(each) for each in found or family), any_of=True)
    advice = t("Did you mean {commands}?", commands=near) if near.items else None
    return UnknownCommand(
        t("I do not know the command {typed}.", typed=echo(f"/{name}")),
        advice or t("Type {help} to see all commands.", help=CommandRef("help")),
    )


def _given(values: Mapping[str, str]) -> dict[str, str]:
    """Leave out what is empty, and halves of letters, which no database takes."""
    whole = {name: raw.encode(errors="ignore").decode() for name, raw in values.items()}
    return {name: raw for name, raw in whole.items() if raw.strip()}


def _typed(line: str, registry: Registry) -> Found:
    words = line.strip().removeprefix("/").split(maxsplit=3)
    if words and words[0].lower() == "hello":
        line = line.strip().removeprefix("/")[len("hello") :]
        words = line.split(maxsplit=3)
    for size in (3, 2, 1):
        made = registry.get(" ".join(words[:size]).lower())
        if made is not None and made.listed:
            rest = line.strip().removeprefix("/").split(maxsplit=size)
            return Found(made, _given(read_typed(made, rest[size] if len(rest) > size else "")))
    if not words or (len(words) == 1 and registry.family(words[0].lower())):
        return _help(words, registry)
    raise unknown(" ".join(words[:2])[:60], registry)


def _help(words: list[str], registry: Registry) -> Found:
    made = registry.get("help")
    if made is None:
        raise unknown(" ".join(words), registry)
    return Found(made, {"command": words[0].lower()} if words else {})


def _opened(token: str, invocation: Invocation, registry: Registry, signer: Signer, now: datetime) -> Found:
    stale = StaleButton(
        t("This button does not work any more."),
        t("Type {help} to see what you can do now.", help=CommandRef("help")),
    )
    try:
        opened = signer.open(token, audience_of(invocation))
    except Forged:
        raise stale from None
    made = registry.by_code(opened.code)
    if made is None or now - opened.made > made.lasts or len(opened.values) > len(made.carried):
        raise stale
    names = (param.name for param in made.carried)
    return Found(made, _given(dict(zip(names, opened.values, strict=False))))
