"""Reads a first message as a careful friend would: what is good, and what to change first.

Rule: at most 75 words; at least half the sentences about the reader; one reason that fits only this person; what you
have in common; a question; topic and length stated; an easy no; no job request; the term only for those who know it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.outreach.background import tells_alike
from bot.domain.outreach.language import EntryKind, Group
from bot.domain.outreach.message import Message, MessageRecipient, seeks_job
from bot.domain.outreach.refusals import grants_no, releases
from bot.domain.outreach.signs import signs, words
from bot.domain.outreach.spelling import words_of
from bot.domain.outreach.telling import asks_about_something, fits_anybody
from bot.domain.outreach.term import find_term

MOST_WORDS = 75
MOST_QUESTIONS = 2
MOST_FIXES = 3
FEWEST_WORDS = 6
"""Fewer words than this are no message."""
_LONG_WORD = 5
_LINK = re.compile(r"https?://|www\.|drive\.google|dropbox", re.IGNORECASE)
_UNFILLED = re.compile(r"\[[^\]\n]{2,120}\]|<(?:name|nom|company|entreprise)>", re.IGNORECASE)
_ADDRESS = re.compile(r"\w{2,10}://\S+|(?<!\S)\S{1,64}@\S+")


class Fault(StrEnum):
    """What can be changed, the weightiest first."""

    UNFILLED = "unfilled"
    JOB = "job"
    TERM = "term"
    REASON = "reason"
    EASY_NO = "easy-no"
    QUESTION = "question"
    ABOUT_THEM = "about-them"
    CAPITALS = "capitals"
    ATTACHMENT = "attachment"
    LENGTH = "length"
    TOPIC = "topic"
    DURATION = "duration"
    TOO_MANY = "too-many"
    COMMON = "common"


class NotAMessage(StrEnum):
    """Why a text is not read as a message."""

    TOO_SHORT = "too-short"
    OTHER_LANGUAGE = "other-language"
    TO_NOBODY = "to-nobody"


@dataclass(frozen=True, slots=True)
class Fix:
    """One fault, with the words of the member's text that show it; no words when the whole text does."""

    fault: Fault
    quote: str


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in a message."""

    faults: tuple[Fix, ...]
    """Every fault, the weightiest first."""
    words: int
    mine: int
    """Sentences that speak more of the writer."""
    yours: int
    """Sentences that speak of the reader."""
    questions: int
    to_one: bool = True
    """Whether it is for one person; "Dear Sir or Madam" is for anybody."""

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """What to change first."""
        return self.faults[:MOST_FIXES]

    @property
    def good(self) -> tuple[Fault, ...]:
        """What was looked for and is well done; who writes to anybody is not praised for speaking of this reader."""
        wrong = {fix.fault for fix in self.faults}
        wrong |= {Fault.ABOUT_THEM} if Fault.REASON in wrong else set()
        wrong |= set() if self.to_one else {Fault.ABOUT_THEM, Fault.REASON}
        return tuple(fault for fault in Fault if fault not in wrong)


def review(text: str, reader: MessageRecipient | None = None) -> Review | NotAMessage:
    """Read a message; or say why it is none."""
    message = Message(text, reader or MessageRecipient())
    return _refused(message) or _reviewed(message)


def _refused(message: Message) -> NotAMessage | None:
    plain_words = [word for word in words_of(_ADDRESS.sub(" ", message.text)) if not word.isdigit()]
    if len(plain_words) < FEWEST_WORDS:
        return NotAMessage.TOO_SHORT
    if sum(word in words(Group.SMALL) for word in plain_words) * 5 < len(plain_words):
        return NotAMessage.OTHER_LANGUAGE
    addressed = any(sentence.yours or sentence.mine or sentence.greets for sentence in message.sentences)
    return None if addressed else NotAMessage.TO_NOBODY


def _reviewed(message: Message) -> Review:
    quotes = [(fault, _FINDERS[fault](message)) for fault in Fault]
    faults = tuple(Fix(fault, quote) for fault, quote in quotes if quote is not None)
    return Review(
        faults, message.words, len(message.of_me), len(message.of_you), len(message.asking), to_one=message.to_one
    )


def _unfilled(message: Message) -> str | None:
    bracket = _UNFILLED.search(message.text)
    return None if bracket is None else bracket.group()


def _job(message: Message) -> str | None:
    return next((sentence.quote for sentence in message.sentences if seeks_job(sentence)), None)


def _term(message: Message) -> str | None:
    return None if message.reader.knows_term else find_term(message.text)


def _reason(message: Message) -> str | None:
    if message.reasoned or _names_what_is_known(message):
        return None
    return next((s.quote for s in message.body if s.yours), message.last)


def _names_what_is_known(message: Message) -> bool:
    """Tell whether the message names what the member noted about this person."""
    noted = {word for word in words_of(message.reader.about) if len(word) >= _LONG_WORD}
    message_words = {word for sentence in message.body for word in sentence.plain.split()}
    return any(not fits_anybody(word) for word in noted & message_words)


def _easy_no(message: Message) -> str | None:
    if grants_no(message.sentences) or releases(message.after_request):
        return None
    return message.request.quote if message.request else message.last


def _question(message: Message) -> str | None:
    return message.last if message.request is None else None


def _about_them(message: Message) -> str | None:
    return message.of_me[0].quote if len(message.of_me) > len(message.of_you) else None


def _capitals(message: Message) -> str | None:
    letters = [c for c in message.text if c.isalpha()]
    shouted = sum(c.isupper() for c in letters)
    return message.sentences[0].quote if len(letters) >= 20 and shouted * 5 > len(letters) * 3 else None


def _attachment(message: Message) -> str | None:
    for sentence in message.sentences:
        if _LINK.search(sentence.text) or signs(EntryKind.FILE).found_in(
            signs(EntryKind.NO_FILE).sub("x", sentence.plain)
        ):
            return sentence.quote
    return None


def _length(message: Message) -> str | None:
    if message.words <= MOST_WORDS:
        return None
    droppable = message.of_me or message.body
    return max(droppable, key=lambda sentence: len(sentence.text)).quote


def _topic(message: Message) -> str | None:
    for sentence in message.sentences:
        if seeks_job(sentence):
            continue
        plain = signs(EntryKind.NO_TOPIC).sub("x", signs(EntryKind.PAST_TALK).sub("x", sentence.plain))
        asks = sentence.is_question or sentence.has(EntryKind.ASK)
        if signs(EntryKind.TOPIC).found_in(plain) or (asks and asks_about_something(plain)):
            return None
        if asks and message.points_back(sentence):
            return None
    return message.request.quote if message.request else message.last


def _duration(message: Message) -> str | None:
    if message.has(EntryKind.DURATION) or message.has(EntryKind.IN_WRITING):
        return None
    return message.request.quote if message.request else message.last


def _too_many(message: Message) -> str | None:
    """Show the last question that is not the one for the talk: that one must stay."""
    if len(message.asking) <= MOST_QUESTIONS:
        return None
    return next(s.quote for s in reversed(message.asking) if s is not message.request)


def _common(message: Message) -> str | None:
    if message.has(EntryKind.COMMON) or tells_alike(
        [s for s in message.body if not seeks_job(s)], reasoned=message.reasoned
    ):
        return None
    return message.of_me[0].quote if message.of_me else message.body[0].quote if message.body else message.last


_FINDERS: dict[Fault, Callable[[Message], str | None]] = {
    Fault.UNFILLED: _unfilled,
    Fault.JOB: _job,
    Fault.TERM: _term,
    Fault.REASON: _reason,
    Fault.EASY_NO: _easy_no,
    Fault.QUESTION: _question,
    Fault.ABOUT_THEM: _about_them,
    Fault.CAPITALS: _capitals,
    Fault.ATTACHMENT: _attachment,
    Fault.LENGTH: _length,
    Fault.TOPIC: _topic,
    Fault.DURATION: _duration,
    Fault.TOO_MANY: _too_many,
    Fault.COMMON: _common,
}
