"""Tells whether what a writer has been or done has to do with their reader, though no word such as "both" says so."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from bot.domain.outreach.language import EntryKind, Group
from bot.domain.outreach.sentences import Sentence
from bot.domain.outreach.signs import signs, words

_SHORTEST = 4
"""A shorter word is too common to tell that two people do the same."""
_FEWEST_WORDS = 2
_TOLD = (EntryKind.BACKGROUND, EntryKind.PRESENT)


def tells_alike(body: Sequence[Sentence], *, reasoned: bool) -> bool:
    """Tell whether what the writer does names something of the reader's; where only they are meant, any past will do."""
    mine = [{word for kind in _TOLD for word in _telling(_told(s, kind))} for s in body]
    if any(_shares(s, at, mine) for at, s in enumerate(body) if s.yours):
        return True
    return reasoned and any(sentence.has(EntryKind.WORKED) or _has_past(sentence) for sentence in body)


def fits_anybody(word: str) -> bool:
    """Tell whether a word names what everybody has."""
    return signs(EntryKind.ANYBODY).found_in(word)


def _has_past(sentence: Sentence) -> bool:
    """Tell whether more is told than what one is or has, which by itself is like nobody's."""
    told = _from(signs(EntryKind.STATE).sub("x", _said(sentence)), EntryKind.BACKGROUND)
    return len(_telling(told)) >= _FEWEST_WORDS


def _shares(sentence: Sentence, at: int, mine: Sequence[set[str]]) -> bool:
    """Tell whether a sentence about the reader names what the writer does, in this sentence or in another."""
    own = set(_telling(_without(sentence, *_TOLD))) & mine[at]
    others = set(_telling(_without(sentence, EntryKind.BACKGROUND)))
    return bool(own) or any(others & each for n, each in enumerate(mine) if n != at)


def _without(sentence: Sentence, *kinds: EntryKind) -> str:
    """Give a sentence without what the writer tells of themselves in it."""
    said = _said(sentence)
    for told in filter(None, (_told(sentence, kind) for kind in kinds)):
        said = said.replace(told, " ")
    return said


def _told(sentence: Sentence, kind: EntryKind) -> str:
    """Give what the writer tells of themselves in a sentence, up to where the reader comes in."""
    return _from(_said(sentence), kind)


def _from(said: str, kind: EntryKind) -> str:
    start = signs(kind).start(said)
    return "" if start is None else " ".join(takewhile(_not_reader, said[start:].split()))


def _said(sentence: Sentence) -> str:
    return signs(EntryKind.NO_BACKGROUND).sub("x", sentence.plain)


def _not_reader(word: str) -> bool:
    return word not in words(Group.YOU)


def _telling(plain: str) -> list[str]:
    """Give the words that tell something, each cut to its stem."""
    long = (word for word in plain.split() if len(word) >= _SHORTEST and word not in words(Group.SMALL))
    return [_endings().sub("", word)[:_SHORTEST] for word in long if not fits_anybody(word)]


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w{{4}})(?:{'|'.join(sorted(words(Group.ENDINGS), key=len, reverse=True))})$")
