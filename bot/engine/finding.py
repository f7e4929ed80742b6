"""Finds which command an invocation means, and its raw values; nothing is read from the store."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.engine import form
from bot.engine.access import Access, not_allowed
from bot.engine.command import AnyCommand
from bot.engine.echo import echo
from bot.engine.errors import BadValue, BotError, StaleButton, UnknownCommand
from bot.engine.invocation import CalledCommand, Invocation, PressedButton, Request, SubmittedForm, TypedLine
from bot.engine.matching import rank
from bot.engine.meant import command_meant, said_commands
from bot.engine.registry import Registry
from bot.engine.role import Role
from bot.engine.rule import Kind
from bot.engine.tokens import Audience, Forged, Signer
from bot.engine.typed import read_typed
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Together

E = TypeVar("E", bound=BotError)
_SEAM = "\u2060"
"""Slack's answers keep it around signs that would be read as marks; whoever copies an example types it too."""
_BEFORE = re.compile(r"^(?:\s*/)*\s*(?:hello\b(?:\s*/)*\s*)*", re.IGNORECASE)
"""What may stand before a command: slashes, and the word that reaches every command on Slack."""
NAMED = 5
"""Commands that are named where a product has no help."""
_HELP = {"help", "aide", "?"}
"""How people ask what a command or a family of them does, in the languages spoken here."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command with its raw values; `submitted` when they come from a form, `ask` when the form is wanted."""

    command: AnyCommand
    raw: Mapping[str, str] = field(default_factory=dict[str, str])
    submitted: bool = False
    ask: bool = False
    wrong: tuple[str, ...] = ()
    """Names of values that were refused before; the form asks for them again."""
    sent: Mapping[str, str] = field(default_factory=dict[str, str])
    """What stood in the form that was sent."""

    @property
    def opens_form(self) -> bool:
        """Whether a form comes before the command; after one that asked only which thing is meant, the next one does."""
        if self.submitted:
            subject = self.command.subject
            return subject is not None and subject.name in self.sent and form.opens(self.command, self.raw)
        return (self.ask and self.command.form is not None) or form.opens(self.command, self.raw)

    def with_sent(self, sent: Mapping[str, str]) -> "Parsed":
        """Add what stood in a form; what it did not ask for stays as it is."""
        asked = {param.name for param in self.command.params if param.rule.kind is not Kind.ID}
        answers = {name: raw for name, raw in sent.items() if name in asked}
        return Parsed(self.command, {**answers, **self.raw}, submitted=True, sent=sent)


def find(invocation: Invocation, registry: Registry, signer: Signer, now: datetime) -> Parsed:
    """Find the command and its raw values.

    Raises:
        UnknownCommand: there is no such command.
        StaleButton: a token is too old, forged, or somebody else's.
        BadValue: a typed line cannot be taken apart.
    """
    request: Request = invocation.request
    match request:
        case TypedLine():
            return _typed(request, registry)
        case CalledCommand():
            command = registry.get(request.command)
            if command is None or not command.listed:
                raise unknown(request.command, registry)
            return Parsed(command, _without_empty(request.values), ask=request.ask)
        case PressedButton():
            return _opened(request.token, invocation, registry, signer, now)
        case SubmittedForm():
            return _opened(request.token, invocation, registry, signer, now).with_sent(_without_empty(request.values))


def audience_of(invocation: Invocation) -> Audience:
    """Name the person who sent an invocation, as tokens do."""
    place = invocation.place
    return Audience(place.platform, place.community, invocation.sender.user)


def unknown(name: str, registry: Registry) -> UnknownCommand:
    """Say that there is no such command, naming the nearest ones that the reader may use."""
    message = t("I do not know the command {typed}.", typed=echo(f"/{name}"))
    return _for_both(
        UnknownCommand(message, _nearest(name, registry, for_organisers=False)),
        UnknownCommand(message, _nearest(name, registry, for_organisers=True)),
    )


def _nearest(name: str, registry: Registry, *, for_organisers: bool) -> Text | None:
    usable = {command.name for command in registry.listed if for_organisers or command.access is Access.MEMBER}
    by_spelling = {spelling: own for spelling, own in said_commands(registry).items() if own in usable}
    names = list(by_spelling)
    nearest = list(dict.fromkeys(by_spelling[names[i]] for i in rank(name, names, limit=5)))[:3]
    family = [
        command.name for meant in command_meant(name.split()[:1], registry) for command in registry.of_family(meant)
    ]
    near = nearest or [own for own in family if own in usable]
    if near:
        return t("Did you mean {commands}?", commands=_any_of(near))
    help_ = registry.role(Role.HELP)
    if help_ is None:
        return _can_type(registry.listed, for_organisers=for_organisers)
    return t("Type {help} to see all commands.", help=CommandRef(help_.name))


def _can_type(commands: Sequence[AnyCommand], *, for_organisers: bool) -> Text | None:
    """Name some commands, where no help shows them all; an organiser's only to organisers, where there are no others."""
    for_all = [command.name for command in commands if command.access is Access.MEMBER]
    names = for_all or [command.name for command in commands if for_organisers]
    return t("You can type {commands}.", commands=_any_of(names[:NAMED])) if names else None


def _for_both(error: E, for_organisers: E) -> E:
    """Join what a member and what an organiser is told, where the two differ."""
    if error != for_organisers:
        error.for_organisers = for_organisers
    return error


def _any_of(names: Sequence[str]) -> Together:
    return Together(tuple(CommandRef(name) for name in names), any_of=True)


def _stale(registry: Registry) -> StaleButton:
    """Say that a button does not work any more, and what to type instead."""
    message, help_ = t("This button does not work any more."), registry.role(Role.HELP)
    if help_ is not None:
        return StaleButton(message, t("Type {help} to see what you can do now.", help=CommandRef(help_.name)))
    return _for_both(
        StaleButton(message, _can_type(registry.listed, for_organisers=False)),
        StaleButton(message, _can_type(registry.listed, for_organisers=True)),
    )


def _without_empty(values: Mapping[str, str]) -> dict[str, str]:
    """Leave out what is empty, and halves of letters and the sign of zero, which no server takes."""
    storable = {name: raw.encode(errors="ignore").decode().replace("\0", "") for name, raw in values.items()}
    return {name: raw for name, raw in storable.items() if raw.strip()}


def _typed(request: TypedLine, registry: Registry) -> Parsed:
    """Parse a typed line: the longest command name it begins with, then its values; a family or "help" gives the help."""
    # A terminal may send a letter and its accent apart, which no name is written with.
    line = _BEFORE.sub("", unicodedata.normalize("NFC", request.line.replace(_SEAM, "")), count=1)
    words = line.split(maxsplit=3)
    meant = command_meant(words[:3], registry)
    for size in range(len(meant), 0, -1):
        command = registry.get(" ".join(meant[:size]))
        if command is not None and command.listed:
            parts = line.split(maxsplit=size)
            return _read_line(command, parts[size] if len(parts) > size else "", request, registry)
    group = words[:-1] if words and words[-1].lower() in _HELP else words
    if not group or (len(meant) == len(group) and registry.under(" ".join(meant))):
        return _help(meant, registry)
    if words[0].lower() in _HELP:
        return _help(words[1:], registry)
    raise unknown(" ".join(words[:2])[:60], registry)


def _read_line(command: AnyCommand, line: str, request: TypedLine, registry: Registry) -> Parsed:
    """Parse what stands behind a command's name; ids of people and channels stay as the platform wrote them."""
    if line.strip().lower() in _HELP and command is not registry.role(Role.HELP):
        return _help(command.name.split(), registry)
    raw = _values_typed(command, line)
    named = {param.name for param in command.params if param.rule.kind.is_named}
    by_id = {name for name, text in raw.items() if name in named and text.startswith("<")}
    return Parsed(
        command, _without_empty({name: text if name in by_id else request.words(text) for name, text in raw.items()})
    )


def _values_typed(command: AnyCommand, line: str) -> dict[str, str]:
    """Take the values of a command apart; a member is not told which ones an organiser's command takes.

    Raises:
        BotError: the line cannot be taken apart.
    """
    try:
        return read_typed(command, line)
    except BadValue as error:
        if command.access is Access.MEMBER:
            raise
        refused = not_allowed()
        refused.for_organisers = error
        raise refused from None


def _help(words: list[str], registry: Registry) -> Parsed:
    command = registry.role(Role.HELP)
    if command is None:
        message, under = t("Please type a whole command."), registry.under(" ".join(words))
        usable = [sub for sub in under if sub.access is Access.MEMBER]
        raise _for_both(
            UnknownCommand(message, _can_type(usable or registry.listed, for_organisers=False)),
            UnknownCommand(message, _can_type(under or registry.listed, for_organisers=True)),
        )
    return Parsed(command, {"command": " ".join(words).lower()} if words else {})


def _opened(token: str, invocation: Invocation, registry: Registry, signer: Signer, now: datetime) -> Parsed:
    """Verify a button's or form's token, and parse what it carries.

    Raises:
        StaleButton: it is forged, too old, or of a command that has changed.
    """
    try:
        opened = signer.open(token, audience_of(invocation))
    except Forged:
        raise _stale(registry) from None
    command = registry.by_code(opened.code)
    if command is None or now - opened.signed_at > command.lasts or len(opened.values) > len(command.carried):
        raise _stale(registry)
    # A token may carry fewer values than the command has: empty ones at its end are cut off.
    names = (param.name for param in command.carried)
    return Parsed(command, _without_empty(dict(zip(names, opened.values, strict=False))))
