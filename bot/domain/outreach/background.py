"""Tells whether the past or work of a writer has to do with their reader, though no word such as "both" says so."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from bot.domain.outreach.language import EntryKind, Group
from bot.domain.outreach.sentences import Sentence
from bot.domain.outreach.signs import signs, words
from bot.domain.outreach.telling import rare_words, stem, telling_words

_FEWEST_WORDS = 2
_MUCH = 3
"""So many telling words say more than a name or a trade."""
_TOLD = (EntryKind.BACKGROUND, EntryKind.PRESENT)


def tells_alike(body: Sequence[Sentence], *, reasoned: bool) -> bool:
    """Tell whether the writer tells of work or a past that the reader shares; with `reasoned`, any past will do."""
    mine = [{word for kind in _TOLD for word in _telling(_told(sentence, kind))} for sentence in body]
    if any(_shares(sentence, at, mine) for at, sentence in enumerate(body) if sentence.yours):
        return True
    return reasoned and any(
        sentence.has(EntryKind.WORKED) or _has_past(sentence) or _tells_of_writer(sentence) for sentence in body
    )


def _has_past(sentence: Sentence) -> bool:
    """Tell whether a sentence tells a past, and more than what the writer is or has, which anybody may be or have."""
    background = _from(signs(EntryKind.STATE).sub("x", _said(sentence)), EntryKind.BACKGROUND)
    return len(_telling(background)) >= _FEWEST_WORDS


def _tells_of_writer(sentence: Sentence) -> bool:
    """Tell whether so much is told of the writer alone that some of it has to do with why this reader is asked."""
    only_writer = sentence.mine and not sentence.yours and not sentence.is_question and not sentence.has(EntryKind.ASK)
    return bool(only_writer) and len(rare_words(_said(sentence))) >= _MUCH


def _shares(sentence: Sentence, at: int, mine: Sequence[set[str]]) -> bool:
    """Tell whether a sentence about the reader names what the writer does, in this sentence or in another."""
    own = set(_telling(_without(sentence, *_TOLD))) & mine[at]
    others = set(_telling(_without(sentence, EntryKind.BACKGROUND)))
    return bool(own) or any(others & words_of_one for index, words_of_one in enumerate(mine) if index != at)


def _without(sentence: Sentence, *kinds: EntryKind) -> str:
    """Give a sentence without what the writer tells of themselves in it."""
    plain = _said(sentence)
    for told_of_writer in filter(None, (_told(sentence, kind) for kind in kinds)):
        plain = plain.replace(told_of_writer, " ")
    return plain


def _told(sentence: Sentence, kind: EntryKind) -> str:
    """Give what the writer tells of themselves in a sentence, up to where the reader comes in."""
    return _from(_said(sentence), kind)


def _from(plain: str, kind: EntryKind) -> str:
    start = signs(kind).start(plain)
    return "" if start is None else " ".join(takewhile(_not_reader, plain[start:].split()))


def _said(sentence: Sentence) -> str:
    return signs(EntryKind.NO_BACKGROUND).sub("x", sentence.plain)


def _not_reader(word: str) -> bool:
    return word not in words(Group.YOU)


def _telling(plain: str) -> list[str]:
    """Give the words that tell something, each cut to its stem."""
    return [stem(_endings().sub("", word)) for word in telling_words(plain)]


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w{{4}})(?:{'|'.join(sorted(words(Group.ENDINGS), key=len, reverse=True))})$")
