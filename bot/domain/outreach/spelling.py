"""Words as they were meant: what is written in one on a phone is taken apart, and typing errors are put right."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from bot.domain.outreach.language import Group
from bot.domain.outreach.letters import distance, parted
from bot.domain.outreach.signs import words

_SHORTEST = 5
"""A shorter word has too many neighbours to tell which one was meant."""
_LONG = 9
"""In a word of so many letters two may be wrong, in a shorter one only one."""


def words_of(text: str) -> list[str]:
    """Take a text apart into folded words."""
    joined = _joined()
    return [word for written in parted(text) for word in joined.get(written, written).split()]


def mended(written: Iterable[str]) -> list[str]:
    """Put a typing error in a deciding word right, so that it still decides."""
    return [_mended(word) for word in written]


def most_errors(word: str) -> int:
    """Tell how many letters of a word may be wrong."""
    return 2 if len(word) >= _LONG else 1 if len(word) >= _SHORTEST else 0


@cache
def _joined() -> Mapping[str, str]:
    return dict(pair.split("=") for pair in words(Group.JOINED))


@lru_cache(maxsize=2000)
def _mended(word: str) -> str:
    deciding = words(Group.SPELLED)
    most = most_errors(word)
    if not most or word in deciding or word.isdigit():
        return word
    near = [other for other in deciding if other[0] == word[0] and distance(word, other, most) <= most]
    return near[0] if len(near) == 1 and not _inflected(word, near[0]) else word


def _inflected(word: str, deciding: str) -> bool:
    """Tell whether a word is only another form of a deciding one, such as its plural or « attachez » of "attached"."""
    return word.startswith(deciding) or deciding.startswith(word) or (word[:-1] == deciding[:-1])
