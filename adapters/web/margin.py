"""Tells beside the chat what happened, and who sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.web.entry import ChatEntry, Room
from bot.ui.text import Text, t
from bot.ui.values import Clock24, Day, LanguageName, Together, UserText
from bot.ui.voice import say

MOST = 200
LINE = 40
"""Letters of a typed line that are told."""


@dataclass(frozen=True, slots=True)
class MarginLine:
    """One line of the margin."""

    at: datetime
    text: Text
    mark: str
    """What it is about: "you", "all", "others", "clock", "form" or "me"."""


@dataclass(slots=True)
class Margin:
    """Everything that was told, oldest first."""

    lines: list[MarginLine] = field(default_factory=list[MarginLine])

    def tell(self, at: datetime, text: Text, mark: str) -> None:
        """Add a line; the oldest ones are dropped in the end."""
        self.lines.append(MarginLine(at, text, mark))
        del self.lines[:-MOST]

    def said(self, since: int, language: str, zone: ZoneInfo) -> list[dict[str, str]]:
        """Write the lines from a number on."""
        return [_line(told, language, zone) for told in self.lines[since:]]


def cut(line: str) -> str:
    """Cut a line that is too long for the margin."""
    return line if len(line) <= LINE else f"{line[: LINE - 1].rstrip()}…"


def _line(told: MarginLine, language: str, zone: ZoneInfo) -> dict[str, str]:
    at = told.at.astimezone(zone)
    return {"at": say(Clock24(at.hour, at.minute), language), "text": say(told.text, language), "mark": told.mark}


def of_answer(entry: ChatEntry, name: str, typed: str) -> Text:
    """Tell who sees an answer."""
    if entry.reply.error is not None:
        return t("The bot says what is wrong, only to you. What you typed is not lost.")
    if entry.to is None:
        return t("{name} asked. Everyone in the channel sees the answer.", name=UserText(name))
    if typed:
        return t("You typed {line}. The bot answered only you.", line=UserText(cut(typed)))
    return t("You pressed a button. The bot answered only you.")


def of_sent() -> Text:
    """Tell who sees the answer to a form."""
    return t("You sent the form. The bot answered only you.")


def of_chat() -> Text:
    """Tell who reads what a member says."""
    return t("You wrote to everyone in the channel. The bot does not read it.")


def mark_of(entry: ChatEntry) -> str:
    """Name who sees a message, for the mark beside the line."""
    return "all" if entry.to is None else "you"


def of_form() -> Text:
    """Tell what a form is."""
    return t("The bot asks you. Only you see it, and nothing is kept before you send it.")


def of_posts(posts: Iterable[ChatEntry], me: str, names: dict[str, str]) -> Iterable[tuple[datetime, Text, str]]:
    """Tell who sees what came by itself: each private message of mine, each post, and in one line what others got."""
    others: dict[str, None] = {}
    last: datetime | None = None
    for post in posts:
        if post.room is Room.DIGEST:
            yield post.at, t("The bot posted in #digest. Everyone sees it."), "all"
        elif post.to == me:
            yield post.at, t("The bot wrote to you in private. Nobody else sees it."), "you"
        elif post.to is not None:
            others[names.get(post.to, post.to)] = None
            last = post.at
    if last is not None:
        yield last, _to_others(list(others)), "others"


def _to_others(names: Sequence[str]) -> Text:
    people = Together(tuple(UserText(name) for name in names))
    return t("The bot wrote to {people} in private. You cannot see it.", people=people)


def of_clock(at: datetime) -> Text:
    """Tell what the clock shows now."""
    return t("It is now {day}, {time}.", day=Day(at.date()), time=Clock24(at.hour, at.minute))


def of_person(name: str, language: str, page: str) -> Text:
    """Tell who the visitor is now; and in which language that person reads, where it is another than the page's."""
    if language != page:
        return t(
            "You are {name} now. {name} reads the bot in this language: {language}.",
            name=UserText(name),
            language=LanguageName(language),
        )
    return t("You are {name} now. You see what {name} sees.", name=UserText(name))


def of_language(name: str, language: str) -> Text:
    """Tell in which language a person reads from now on."""
    return t(
        "{name} reads the bot in this language now: {language}.", name=UserText(name), language=LanguageName(language)
    )
