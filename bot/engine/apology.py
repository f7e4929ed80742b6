"""Turns errors into answers, in one place: what happened, and what to do next."""

import secrets
import traceback

import structlog

from bot.engine.errors import BotError, ChangeNotSaved, Internal, RecordDamaged
from bot.engine.reading import TOGETHER, Refusal
from bot.faults import recorded
from bot.store.errors import Corrupt, Stopped, StoreError
from bot.ui.button import Button
from bot.ui.reply import Buttons, Menu, Note, Paragraph, Part, Reply
from bot.ui.text import t
from bot.ui.values import Example, UserText

MOST_BUTTONS = 5
"""Discord shows five buttons in a row."""

log = structlog.get_logger()


def apologise(error: BotError, typed: tuple[Part, ...] = ()) -> Reply:
    """Say what happened and what to do next; and give back what was typed, where nothing of it was kept."""
    words_back = typed if error.loses_words else ()
    parts = [Paragraph(error.message), Note(error.advice) if error.advice else None, *words_back]
    row = Buttons(error.buttons) if error.buttons else None
    return Reply(tuple(part for part in (*parts, row) if part is not None), error.code)


def refuse(refusal: Refusal, example: str, choices: tuple[Button, ...]) -> Reply:
    """Say what is wrong with each value, and offer what could be meant and what helps."""
    parts: list[Part] = []
    for problem in refusal.problems.values():
        parts.append(Paragraph(problem.message))
        if problem.advice is not None:
            parts.append(Note(problem.advice))
    ways_on = tuple(button for problem in refusal.problems.values() for button in problem.buttons)
    if len(choices) > MOST_BUTTONS:
        parts.append(Menu(t("Choose one"), choices))
        choices = ()
    if choices or ways_on:
        parts.append(Buttons((*choices, *ways_on)[:MOST_BUTTONS]))
    elif example and TOGETHER not in refusal.problems:
        parts.append(Note(t("For example: {example}", example=Example(example))))
    return Reply(tuple(parts), refusal.first.code)


def report_fault(error: Exception, **where: str | None) -> BotError:
    """Turn a fault into an error for the person and a record for the operator, joined by an incident number.

    The record has the kind of the fault and the places in the code. Its message may hold names, and is there only where
    the operator develops the bot.
    """
    if isinstance(error, Stopped):
        # The operator was told when the writing stopped; each try of a member is no news.
        return ChangeNotSaved(
            t("I cannot save now, because my database is damaged. The person who runs me was told."),
            t("You can still read your list. Please keep a copy of what you typed."),
        )
    incident = secrets.token_hex(4)
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("incident", incident=incident, places=places, **recorded(error), **where)
    number = UserText(incident)
    if isinstance(error, Corrupt):
        return RecordDamaged(
            t("What you asked for is damaged in my database. The person who runs me was told."),
            t("Trying again does not help. Tell an organiser this number: {n}.", n=number),
        )
    if isinstance(error, StoreError):
        return ChangeNotSaved(
            t("I could not save this. Please try again."), t("If it happens again, tell an organiser: {n}.", n=number)
        )
    return Internal(
        t("I made an error. Your words were not saved."),
        t("Please try again. If it happens again, give an organiser this number: {n}.", n=number),
        (),
    )
