"""The words of a message that tell something, and what they are enough for.

Rule: a list of ways to say a thing never ends, but the words that everybody uses are few. So what is left without them
tells what a talk is about, and what is true of one reader only.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from bot.domain.outreach.language import EntryKind, Group
from bot.domain.outreach.sentences import Sentence
from bot.domain.outreach.signs import signs, words

_SHORTEST = 4
"""A shorter word is too common to tell that two people do the same."""
_FEWEST_OF_THEM = 2
"""One word, such as the name of a trade, is true of many."""


def telling_words(plain: str) -> list[str]:
    """Give the long words that are neither small words nor what everybody has."""
    long_words = (word for word in plain.split() if len(word) >= _SHORTEST and word not in words(Group.SMALL))
    return [word for word in long_words if not fits_anybody(word)]


def fits_anybody(word: str) -> bool:
    """Tell whether a word names what everybody has."""
    return signs(EntryKind.ANYBODY).found_in(word)


def stem(word: str) -> str:
    """Give the beginning of a word, in which its forms are alike."""
    return word[:_SHORTEST]


def rare_words(plain: str) -> list[str]:
    """Give those telling words that are not said in every request for a talk."""
    return telling_words(signs(EntryKind.ANY_TALK).sub("x", plain))


def asks_about_something(plain: str) -> bool:
    """Tell whether what is asked has a word that is not of every request: that word names the topic."""
    request = signs(EntryKind.NO_ASK).sub("x", plain)
    return bool(rare_words(request[signs(EntryKind.ASK).start(request) or 0 :]))


def tells_apart(sentence: Sentence, body: Sequence[Sentence]) -> bool:
    """Tell whether a sentence says more of the reader than a trade, and nothing that the writer says of themselves."""
    before_reader, *about_reader = _parted_at_reader(_without_shared_trade(sentence))
    others = [before_reader, *(another.plain for another in body if another is not sentence and another.mine)]
    elsewhere = {stem(word) for plain in others for word in telling_words(plain)}
    return any(len({stem(word) for word in rare_words(part)} - elsewhere) >= _FEWEST_OF_THEM for part in about_reader)


def _without_shared_trade(sentence: Sentence) -> str:
    """Give a sentence without the reader's trade and place when it says that the writer has the same trade."""
    return signs(EntryKind.TRADE).sub("x", sentence.plain) if sentence.has(EntryKind.COMMON) else sentence.plain


def _parted_at_reader(plain: str) -> Sequence[str]:
    """Give what is said before the first word for the reader, and after each, up to a word for the writer."""
    all_words = plain.split()
    starts = [position for position, word in enumerate(all_words) if word in words(Group.YOU)]
    parts = [all_words[start + 1 : end] for start, end in pairwise([*starts, len(all_words)])]
    return [
        " ".join(all_words[: starts[0]] if starts else all_words),
        *(" ".join(takewhile(_not_writer, part)) for part in parts),
    ]


def _not_writer(word: str) -> bool:
    return word not in words(Group.ME)
