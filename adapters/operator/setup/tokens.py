"""Asks for one token until it is one that the platform takes, and keeps it at once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import SecretStr

from adapters.files import read_text
from adapters.findings import Finding
from adapters.operator.setup.shapes import PastedKind, PastedValue, recognise
from adapters.operator.setup.work import SetUpRun
from bot.ui.text import Text, t
from bot.ui.values import Together, UserText

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class RequestedToken(Generic[Seen]):
    """A token that is asked for."""

    setting: str
    shape: PastedKind
    question: Text
    where: Text
    """Where a person finds it."""
    option: str
    """The option that names a file with it."""
    file: Path | None
    try_: Callable[[str], Awaitable[Seen | Finding]]
    """Tries a token on the platform; gives what it opened, or what is wrong."""
    typed: str = ""
    """What was typed on the command line, where it is no secret."""


async def settled(work: SetUpRun, wanted: RequestedToken[Seen]) -> Seen:
    """Give what the token of the settings opens, or ask for one until it opens something.

    Raises:
        Unsettled: it is wrong, and nobody can be asked.
        StartError: the file with it cannot be read, or nothing can be written.
    """
    token = _held(work, wanted.setting)
    pasted = wanted.typed or (read_text(wanted.file) if wanted.file is not None else token)
    from_settings = bool(pasted.strip()) and wanted.file is None and not wanted.typed
    while True:
        if not pasted.strip():
            pasted = await _asked(work, wanted)
        recognised = recognise(pasted, wanted.shape)
        if recognised.shape is not wanted.shape:
            work.dialogue.wrong(_named(recognised, wanted), wanted.where)
            pasted = ""
            continue
        if recognised.taken_off:
            removed = Together(recognised.taken_off)
            work.dialogue.say(t("I took off what was not part of it: {off}.", off=removed))
        result = await wanted.try_(recognised.value)
        if not isinstance(result, Finding):
            if not from_settings or recognised.value != token:
                work.keep({wanted.setting: recognised.value})
            return result
        work.dialogue.told(result)
        next_paste = await work.dialogue.secret(
            t("Press Enter to try it again, or paste another one:"), _option(wanted)
        )
        pasted, from_settings = next_paste.strip() or recognised.value, False


def _held(work: SetUpRun, setting: str) -> str:
    held = getattr(work.settings, setting.lower())
    return held.get_secret_value() if isinstance(held, SecretStr) else str(held)


async def _asked(work: SetUpRun, wanted: RequestedToken[Seen]) -> str:
    while True:
        pasted = await work.dialogue.secret(wanted.question, _option(wanted))
        if pasted.strip():
            return pasted
        work.dialogue.wrong(t("Nothing was pasted."), wanted.where)


def _option(wanted: RequestedToken[Seen]) -> Text:
    if wanted.option.endswith("-file"):
        return t("Put it into a file, and name that with {option}.", option=UserText(wanted.option))
    return t("Name it with {option}.", option=UserText(wanted.option))


def _named(recognised: PastedValue, wanted: RequestedToken[Seen]) -> Text:
    return t("This is {found}. I need {wanted}.", found=recognised.shape.value, wanted=wanted.shape.value)
