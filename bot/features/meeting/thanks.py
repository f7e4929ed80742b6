"""Drafts of thank-you messages, made of the member's notes; the member fills the `[brackets]` and sends them."""

from datetime import date

from bot.domain.lead import Lead
from bot.domain.meeting import Meeting
from bot.domain.new_names import read_new_names
from bot.letters import greeted
from bot.ui.reply import Paragraph, Part
from bot.ui.text import Text, t
from bot.ui.values import Day, InLanguage, Together, UserText

LETTERS = 120
"""How many letters of a note a draft quotes."""


def after_talk(lead: Lead, meeting: Meeting | None, day: date | None, member: str, language: str) -> tuple[Part, ...]:
    """Draft a thank-you for a meeting, with what the member learned in it."""
    notes = meeting.notes if meeting is not None else None
    human = notes.human if notes else None
    learned = notes and (notes.want or notes.goal)
    new_names = read_new_names(notes.names or "", lead.organisation) if notes else []
    names = [name for name in new_names if not name.aside and not name.left]
    lines: list[Text | None] = [
        t("Hello {name},", name=UserText(greeted(lead.name))),
        t("Thank you for talking with me on {day}.", day=Day(day)) if day else t("Thank you for talking with me."),
        t("I enjoyed hearing about [{human}].", human=_short(human) if human else t("one thing they told you")),
        t(
            "You helped me to understand: [{learned}].",
            learned=_short(learned) if learned else t("what you learned"),
        ),
        t("I will write to {names}, as you said.", names=Together(tuple(UserText(name.name) for name in names)))
        if names
        else None,
        t("I will tell you how it goes."),
        t("{member}", member=UserText(member)),
    ]
    return _in_language([line for line in lines if line is not None], language)


def for_a_name(giver: Lead, named: Lead, news: str | None, member: str, language: str) -> tuple[Part, ...]:
    """Draft a thank-you to a lead who gave the name of another one, with the good news that came of it."""
    lines = [
        t("Hello {name},", name=UserText(greeted(giver.name))),
        t("Some time ago you gave me the name of {given}.", given=UserText(named.name)),
        t("Because of that, I have good news: [{news}].", news=_short(news) if news else t("your good news")),
        t("Thank you. It all started with your help."),
        t("{member}", member=UserText(member)),
    ]
    return _in_language(lines, language)


def for_news(lead: Lead, news: str | None, member: str, language: str) -> tuple[Part, ...]:
    """Draft a thank-you to the lead from whom good news came."""
    lines = [
        t("Hello {name},", name=UserText(greeted(lead.name))),
        t("I have good news: [{news}].", news=_short(news) if news else t("your good news")),
        t("Our talk helped me. Thank you."),
        t("{member}", member=UserText(member)),
    ]
    return _in_language(lines, language)


def _in_language(lines: list[Text], language: str) -> tuple[Part, ...]:
    return tuple(Paragraph(InLanguage(line, language)) for line in lines)


def _short(words: str) -> UserText:
    line = " ".join(words.split()).rstrip(".! ")
    return UserText(line if len(line) <= LETTERS else line[: LETTERS - 1].rstrip() + "…")
