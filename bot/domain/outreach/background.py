"""Tells whether what a writer has been or done has to do with their reader, though no word such as "both" says so."""

import re
from collections.abc import Sequence

from bot.domain.outreach import bonds, signs
from bot.domain.outreach.sentences import Sentence

_SHORTEST = 5
_FEWEST_WORDS = 2
_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|ers?|ais|ait|ures?|ages?|ees?|es|ez|s|e|ant)$")
_READER = re.compile(r"\b(?:you|your|vous|votre|vos|toi|ton|ta|tes)\b")
# What one is, where one came from and what one has: by itself it is like nobody's.
_STATE = re.compile(r"i am|je suis|i came|i arrived|je viens d|i have|i come|j ai (?:reste|mange|bu|eu)")


def tells_alike(body: Sequence[Sentence], *, reasoned: bool) -> bool:
    """Tell whether a writer's past names something of the reader's; where only they are meant, any work will do."""
    halves = [_halves(sentence) for sentence in body]
    mine = {word for _, told in halves for word in _telling(told)}
    theirs = (rest for sentence, (rest, _) in zip(body, halves, strict=True) if sentence.yours)
    if any(word in mine for rest in theirs for word in _telling(rest)):
        return True
    if not reasoned:
        return False
    worked = any(bonds.WORKED.search(sentence.plain) for sentence in body)
    return worked or any(len(_telling(told)) >= _FEWEST_WORDS and not _STATE.match(told) for _, told in halves)


def _halves(sentence: Sentence) -> tuple[str, str]:
    """Part what the writer tells of themselves, up to where the reader comes in, from the rest of a sentence."""
    said = bonds.NO_BACKGROUND.sub("x", sentence.plain)
    found = bonds.BACKGROUND.search(said)
    told = "" if found is None else _READER.split(found.group(1))[0]
    return (said.replace(told, " ") if told else said), told


def _telling(plain: str) -> list[str]:
    """Give the words that tell something, each cut to its stem."""
    long = (word for word in plain.split() if len(word) >= _SHORTEST and word not in signs.SMALL)
    return [_ENDING.sub("", word)[:_SHORTEST] for word in long if not re.fullmatch(bonds.ANYBODY, word)]
