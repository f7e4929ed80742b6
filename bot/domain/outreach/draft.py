"""Builds a first message from a member's own answers; what was not given stands in [brackets].

Rule: the message has at most 75 words and the note at most 300 characters. It says why this person, what is shared,
the topic and how long, makes a no easy, and asks for no job.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.ask import Wording
from bot.domain.outreach.language import Group
from bot.domain.outreach.phrases import ENGLISH, PHRASES, Phrases
from bot.domain.outreach.signs import words
from bot.letters import folded, greeted

MOST_WORDS = 75
MOST_NOTE = 300
"""A connection request on the large networks takes about this many characters."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a member answers; None is not given."""

    name: str | None = None
    eye: str | None = None
    """What in their work caught the member's eye."""
    share: str | None = None
    """What the two have in common."""
    want: str | None = None
    """What the member wants to understand."""
    minutes: int | None = None
    how: Wording | None = None


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """A message and a shorter note that say the same."""

    message: str
    note: str
    shortened: bool
    """Whether an answer was too long to stand whole."""


def build(answers: Answers, language: str) -> MessageDraft:
    """Build the draft in a language; one that is not known gives English."""
    phrases = PHRASES.get(language, ENGLISH)
    whole = _tidy(answers)
    message = _fitted(whole, lambda part: _message(part, phrases), lambda text: word_count(text) <= MOST_WORDS)
    note = _fitted(whole, lambda part: _note(part, phrases), lambda text: len(text) <= MOST_NOTE)
    return MessageDraft(message, note, message != _message(whole, phrases))


def word_count(text: str) -> int:
    """Count the words as people do."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def _tidy(answers: Answers) -> Answers:
    """Put each answer on one line, without the stop that the sentence brings, and as it goes on after a colon."""

    def tidy(text: str | None) -> str | None:
        line = " ".join((text or "").split()).rstrip(" .!?;,:…")
        return _going_on(line) or None

    return replace(
        answers,
        name=greeted(answers.name or "") or None,
        eye=tidy(answers.eye),
        share=tidy(answers.share),
        want=tidy(answers.want),
    )


def _going_on(text: str) -> str:
    """Begin small, as in the middle of a sentence, unless the first word is a name or "I"."""
    first = _WORD.match(text)
    if first is None or first.group() == "I" or folded(first.group()) not in words(Group.SMALL):
        return text
    return text[0].lower() + text[1:]


def _message(answers: Answers, phrases: Phrases) -> str:
    lines = (
        phrases.hello,
        "",
        phrases.eye,
        phrases.share,
        phrases.want,
        phrases.ask,
        phrases.easy_no,
        "",
        phrases.name,
    )
    return "\n".join(_filled(line, answers, phrases) for line in lines)


def _note(answers: Answers, phrases: Phrases) -> str:
    return _filled(phrases.note, answers, phrases)


def _filled(line: str, answers: Answers, phrases: Phrases) -> str:
    return line.format(
        name=answers.name or phrases.no_name,
        eye=answers.eye or phrases.no_eye,
        share=answers.share or phrases.no_share,
        want=answers.want or phrases.no_want,
        minutes=answers.minutes or phrases.no_minutes,
        talk=phrases.talks.get(answers.how or Wording.OTHER, phrases.no_talk),
    )


def _fitted(answers: Answers, write: Callable[[Answers], str], fits: Callable[[str], bool]) -> str:
    """Shorten the longest answer, again and again, until the text fits; without answers it always does."""
    while not fits(write(answers)):
        texts = {"name": answers.name, "eye": answers.eye, "share": answers.share, "want": answers.want}
        longest = max(texts, key=lambda name: len(texts[name] or ""))
        shorter = _shorter(texts[longest] or "")
        if shorter == texts[longest] or texts[longest] is None:
            break
        answers = replace(answers, **{longest: shorter})
    return write(answers)


def _shorter(text: str) -> str:
    words = text.removesuffix("…").split()
    if len(words) > 1:
        return " ".join(words[:-1]).rstrip(" .,;:") + "…"
    return words[0][: len(words[0]) // 2] + "…" if words and len(words[0]) > 1 else "…"
