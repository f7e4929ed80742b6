"""The script language of the console: one step a line, exact and stable, for tests and documentation."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.console.screen import ScreenEntry
from adapters.console.session import CannotDo, Session
from bot.domain.week import local_to_utc
from bot.engine.errors import BotError
from bot.engine.meant import command_meant, spellings_of, value_meant
from bot.engine.typed import read_named

FIRST_YEAR, LAST_YEAR = 1971, 2999
"""Between these a clock may be set; what is put off is put off by a hundred years."""

_PERSON = re.compile(r"@([a-z0-9_-]{1,32})\s+(.*)", re.IGNORECASE | re.DOTALL)
_SUGGEST = re.compile(r"suggest\s+/(.+?)\s+([\w-]+):\s*[\"“]?([^\"”]*)[\"”]?\s*")


@dataclass
class BadLine(Exception):
    """A line that cannot be understood, with its number and why."""

    number: int
    why: str


def read_time(text: str, zone: ZoneInfo) -> datetime:
    """Read 2026-03-16T12:30 in a zone.

    Raises:
        ValueError: it is not a time, or is so far away that weeks cannot be counted around it.
    """
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        message = f"this is not a time: {text.strip()}; write it like 2026-03-16T12:30"
        raise ValueError(message) from None
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        message = f"{text.strip()} is too far away; choose a time from {FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(message)
    return local if local.tzinfo else local_to_utc(local.date(), local.time(), zone)


def is_silent(line: str) -> bool:
    """Tell whether a line asks for nothing: it is empty, or a comment."""
    return not line.strip() or line.strip().startswith("#")


async def run_line(session: Session, line: str) -> list[ScreenEntry]:
    """Do one line; returns everything anyone saw because of it.

    Raises:
        CannotDo: the line cannot be understood, or asks for what is not there.
    """
    before = len(session.screen.seen)
    step = line.strip()
    if not is_silent(step):
        person = _PERSON.fullmatch(step)
        if person:
            await _do_person_step(session, person[1].lower(), person[2].strip())
        else:
            await _do_world_step(session, step)
    return session.screen.seen[before:]


async def _do_world_step(session: Session, step: str) -> None:
    verb, _, argument = step.partition(" ")
    match verb:
        case "at" if argument:
            await session.move(_step_time(argument, session.zone))
        case "restart":
            await session.restart(_step_time(argument, session.zone) if argument.strip() else None)
        case "redeliver" if not argument.strip():
            await session.redeliver()
        case _:
            message = f"I do not understand: {step}"
            raise CannotDo(message)


async def _do_person_step(session: Session, handle: str, step: str) -> None:
    if step.startswith("/"):
        await session.type(handle, step)
        return
    verb, _, argument = step.partition(" ")
    argument = argument.strip()
    match verb:
        case "press" if argument:
            await session.press(handle, argument.strip('"“”'))
        case "fill":
            await session.fill(handle, _form_values(session, handle, argument))
        case "suggest":
            await _suggest(session, handle, step)
        case "as" if argument in {"organiser", "member"}:
            session.screen.profile(handle).organiser = argument == "organiser"
        case "speaks" if argument:
            session.screen.profile(handle).language = argument
        case _:
            message = f"I do not understand: {step}"
            raise CannotDo(message)


def _form_values(session: Session, handle: str, argument: str) -> dict[str, str]:
    form = session.screen.forms.get(handle)
    if form is None:
        message = f"@{handle} has no open form"
        raise CannotDo(message)
    names = [field.name for field in form.fields]
    try:
        return read_named(argument, names, form.command)
    except BotError as error:
        message = f"the form does not take this: {argument} ({error.code})"
        raise CannotDo(message) from error


async def _suggest(session: Session, handle: str, step: str) -> None:
    asked = _SUGGEST.fullmatch(step)
    if asked is None:
        message = 'write it like: suggest /lead show lead:"da"'
        raise CannotDo(message)
    registry = session.registry
    command = " ".join(command_meant(asked[1].split(), registry))
    declared = registry.get(command)
    names = [param.name for param in declared.named] if declared else []
    param = value_meant(asked[2], spellings_of(names, command))
    await session.suggest(handle, command or asked[1], param or asked[2], asked[3])


def _step_time(text: str, zone: ZoneInfo) -> datetime:
    try:
        return read_time(text, zone)
    except ValueError as wrong:
        raise CannotDo(str(wrong)) from None
