"""Tells whether what a writer has been or done has to do with their reader, though no word such as "both" says so."""

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
    """Tell whether what the writer does names something of the reader's; where only they are meant, any past will do."""
    mine = [{word for kind in _TOLD for word in _telling(_told(s, kind))} for s in body]
    if any(_shares(s, at, mine) for at, s in enumerate(body) if s.yours):
        return True
    return reasoned and any(s.has(EntryKind.WORKED) or _has_past(s) or _tells_of_writer(s) for s in body)


def _has_past(sentence: Sentence) -> bool:
    """Tell whether more is told than what one is or has, which by itself is like nobody's."""
    told = _from(signs(EntryKind.STATE).sub("x", _said(sentence)), EntryKind.BACKGROUND)
    return len(_telling(told)) >= _FEWEST_WORDS


def _tells_of_writer(sentence: Sentence) -> bool:
    """Tell whether so much is told of the writer alone that some of it has to do with why this reader is asked."""
    alone = sentence.mine and not sentence.yours and not sentence.is_question and not sentence.has(EntryKind.ASK)
    return bool(alone) and len(rare_words(_said(sentence))) >= _MUCH


def _shares(sentence: Sentence, at: int, mine: Sequence[set[str]]) -> bool:
    """Tell whether a sentence about the reader names what the writer does, in this sentence or in another."""
    own = set(_telling(_without(sentence, *_TOLD))) & mine[at]
    others = set(_telling(_without(sentence, EntryKind.BACKGROUND)))
    return bool(own) or any(others & words_of_one for n, words_of_one in enumerate(mine) if n != at)


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
    return [stem(_endings().sub("", word)) for word in telling_words(plain)]


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w{{4}})(?:{'|'.join(sorted(words(Group.ENDINGS), key=len, reverse=True))})$")
