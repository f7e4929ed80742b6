"""Tells whether what a writer has been or done has to do with their reader, though no word such as "both" says so."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.domain.outreach.language import Group, Kind
from bot.domain.outreach.sentences import Sentence
from bot.domain.outreach.signs import signs, words

_SHORTEST = 5
_FEWEST_WORDS = 2
_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|ers?|ais|ait|ures?|ages?|ees?|es|ez|s|e|ant)$")


def tells_alike(body: Sequence[Sentence], *, reasoned: bool) -> bool:
    """Tell whether a writer's past names something of the reader's; where only they are meant, any work will do."""
    halves = [_halves(sentence) for sentence in body]
    mine = {word for _, told in halves for word in _telling(told)}
    theirs = (rest for sentence, (rest, _) in zip(body, halves, strict=True) if sentence.yours)
    if any(word in mine for rest in theirs for word in _telling(rest)):
        return True
    if not reasoned:
        return False
    worked = any(sentence.has(Kind.WORKED) for sentence in body)
    return worked or any(len(_telling(told)) >= _FEWEST_WORDS and not _is_state(told) for _, told in halves)


def _is_state(told: str) -> bool:
    """Tell whether only what one is or has is told, which by itself is like nobody's."""
    found = signs(Kind.STATE).search(told)
    return found is not None and found.start() == 1


def _halves(sentence: Sentence) -> tuple[str, str]:
    """Part what the writer tells of themselves, up to where the reader comes in, from the rest of a sentence."""
    said = signs(Kind.NO_BACKGROUND).sub("x", sentence.plain)
    found = signs(Kind.BACKGROUND).search(said)
    told = "" if found is None else " ".join(takewhile(_not_reader, f" {said} "[found.start() :].split()))
    return (said.replace(told, " ") if told else said), told


def _not_reader(word: str) -> bool:
    return word not in words(Group.YOU)


def _telling(plain: str) -> list[str]:
    """Give the words that tell something, each cut to its stem."""
    long = (word for word in plain.split() if len(word) >= _SHORTEST and word not in words(Group.SMALL))
    return [_ENDING.sub("", word)[:_SHORTEST] for word in long if not fits_anybody(word)]


def fits_anybody(word: str) -> bool:
    """Tell whether a word names what everybody has."""
    return signs(Kind.ANYBODY).search(word) is not None
