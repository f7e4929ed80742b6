"""Signs that a message lets its reader say no.

Three ways are told apart: a no is named as an answer, or they are told to be free; a condition leaves it to them, such
as "if you have no time", and nothing is asked for after it; or, after the request, something is said to them that asks
for nothing: a wrong "tell them that they can say no" is worse than none.
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.outreach.language import EntryKind
from bot.domain.outreach.sentences import Sentence
from bot.domain.outreach.signs import signs

_SHORT_REPLY = 7
"""So many words may finish what the sentence before began: "Too busy? Then leave it."""

_FEWEST_WORDS = 3
"""Fewer are only a name or a greeting."""


def grants_no(sentences: Sequence[Sentence]) -> bool:
    """Tell whether a message says that a no, or no answer, is fine."""
    plain = [signs(EntryKind.INSISTS).sub("x", sentence.plain) for sentence in sentences]
    named = any(signs(EntryKind.EASY_NO).found_in(text) or _cannot(text) for text in [*plain, *_pairs(plain)])
    return named or any(_leaves_it(sentence) for sentence in sentences)


def releases(after: Sequence[Sentence]) -> bool:
    """Tell whether what follows the request leaves the reader free: it says a "not", or asks for nothing more."""
    return any(_says_not(sentence) or _asks_nothing(sentence) for sentence in after if _is_to_them(sentence))


def _is_to_them(sentence: Sentence) -> bool:
    to_them = sentence.yours > 0 or sentence.mine == 0
    wishes = (EntryKind.REASON, EntryKind.WANTS, EntryKind.ASK)
    return to_them and not sentence.is_question and not any(map(sentence.has, wishes))


def _says_not(sentence: Sentence) -> bool:
    return signs(EntryKind.NEGATION).found_in(signs(EntryKind.INSISTS).sub("x", sentence.plain))


def _asks_nothing(sentence: Sentence) -> bool:
    demands = (
        EntryKind.PRESSING,
        EntryKind.INSISTS,
        EntryKind.JOB,
        EntryKind.FILE,
        EntryKind.COMMON,
        EntryKind.DURATION,
        EntryKind.TOPIC,
    )
    return len(sentence.plain.split()) >= _FEWEST_WORDS and not any(map(sentence.has, demands))


def _pairs(plain: Sequence[str]) -> list[str]:
    """Join each short sentence to the one before it."""
    return [f"{before} {short}" for before, short in pairwise(plain) if len(short.split()) <= _SHORT_REPLY]


def _cannot(plain: str) -> bool:
    """Tell whether a condition under which they cannot is followed by no new wish."""
    without_able = signs(EntryKind.ABLE).sub("x", plain)
    return signs(EntryKind.THEY_CANNOT).found_in(without_able) and not signs(EntryKind.WANTS).found_in(without_able)


def _leaves_it(sentence: Sentence) -> bool:
    """Tell whether a sentence puts a condition that leaves the reader a choice: it neither hopes for a yes nor asks."""
    pressing = (EntryKind.HOPES, EntryKind.WANTS, EntryKind.ASK)
    return sentence.has(EntryKind.CONDITION) and not sentence.is_question and not any(map(sentence.has, pressing))
