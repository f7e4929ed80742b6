"""Turns errors into answers, in one place: what happened, and what to do next."""

import secrets
import traceback

import structlog

from bot.core.errors import BotError, Internal, NotSaved
from bot.core.reading import TOGETHER, Refusal
from bot.store.errors import StoreError
from bot.ui.button import Button
from bot.ui.reply import Buttons, Menu, Note, Paragraph, Part, Reply
from bot.ui.text import t
from bot.ui.values import Example, UserText

IN_A_ROW = 5
"""Choices shown as buttons; Discord shows five in a row."""

log = structlog.get_logger()


def apologise(error: BotError) -> Reply:
    """Say what happened and what to do next."""
    parts = [Paragraph(error.message), Note(error.advice) if error.advice else None]
    row = Buttons(error.buttons) if error.buttons else None
    return Reply(tuple(part for part in (*parts, row) if part is not None), error.code)


def refuse(refusal: Refusal, example: str, choices: tuple[Button, ...]) -> Reply:
    """Say what is wrong with each value, and offer what could be meant."""
    parts: list[Part] = [part for problem in refusal.problems.values() for part in apologise(problem).parts]
    if len(choices) > IN_A_ROW:
        parts.append(Menu(t("Choose one"), choices))
    elif choices:
        parts.append(Buttons(choices))
    elif example and TOGETHER not in refusal.problems:
        parts.append(Note(t("For example: {example}", example=Example(example))))
    return Reply(tuple(parts), refusal.first.code)


def explain(error: Exception, **where: str | None) -> BotError:
    """Turn a fault into an error for the person and a record for the operator, joined by an incident number.

    The record has the kind of the fault and the places in the code, never its message, which may hold names.
    """
    incident = secrets.token_hex(4)
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("incident", incident=incident, fault=type(error).__name__, places=places, **where)
    number = UserText(incident)
    if isinstance(error, StoreError):
        return NotSaved(
            t("I could not save this. Please try again."), t("If it happens again, tell an organiser: {n}.", n=number)
        )
    return Internal(
        t("Something went wrong on my side. Your words were not saved."),
        t("Please try again. If it happens again, give an organiser this number: {n}.", n=number),
        (),
    )
