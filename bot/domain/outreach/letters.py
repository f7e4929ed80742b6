"""Letters and words: how messages of people who write in their third language are made comparable."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.letters import folded

_WORD: re.Pattern[str] = re.compile(r"[^\W_]+")

# Written without the apostrophe on a phone; the signs are looked for in separate words.
_JOINED: dict[str, str] = {
    "jai": "j ai",
    "jaimerais": "j aimerais",
    "jaurais": "j aurais",
    "jetais": "j etais",
    "jen": "j en",
    "cest": "c est",
    "tas": "t as",
    "nai": "n ai",
    "im": "i m",
    "ive": "i ve",
    "youve": "you ve",
    "dont": "don t",
    "wont": "won t",
    "cant": "can t",
    "u": "you",
    "ur": "your",
    "pls": "please",
    "svp": "please",
    "stp": "please",
    "its": "it s",
}

# Words that decide something, so that a typing error must not hide them. Plain everyday words are left out: their
# neighbours in the dictionary are too many.
_DECIDING = (
    "about",
    "accepteriez",
    "adore",
    "apprendre",
    "article",
    "attached",
    "attachment",
    "atelier",
    "auriez",
    "available",
    "because",
    "company",
    "comprends",
    "comprendre",
    "comprendrai",
    "comprendrais",
    "conference",
    "disponible",
    "discussion",
    "entreprise",
    "enclosed",
    "entretien",
    "hiring",
    "information",
    "interview",
    "minutes",
    "obligation",
    "opportunities",
    "parler",
    "podcast",
    "possible",
    "pourriez",
    "pourrions",
    "presentation",
    "pressure",
    "probleme",
    "problem",
    "project",
    "question",
    "questions",
    "reparation",
    "recommend",
    "recommander",
    "rencontre",
    "research",
    "speak",
    "souci",
    "telephone",
    "understand",
    "vacancy",
    "video",
    "workshop",
    "worries",
)


def words_of(text: str) -> list[str]:
    """Take a text apart into folded words: no accents, capitals or punctuation, and elisions apart."""
    words: list[str] = []
    found: list[str] = _WORD.findall(folded(text.replace("’", "'")))
    for word in found:
        words += _JOINED.get(word, word).split()
    return words


def mended(words: Iterable[str]) -> list[str]:
    """Put a typing error in a deciding word right, so that it still decides."""
    return [_mended(word) for word in words]


@lru_cache(maxsize=2000)
def _mended(word: str) -> str:
    if len(word) < 5 or word in _DECIDING or word.isdigit():
        return word
    most = 1 if len(word) < 9 else 2
    near = [known for known in _DECIDING if known[0] == word[0] and distance(word, known, most) <= most]
    return near[0] if len(near) == 1 and not _inflected(word, near[0]) else word


def _inflected(word: str, known: str) -> bool:
    """Tell whether a word is only another form of a known one, such as its plural."""
    return word.startswith(known) or known.startswith(word)


def distance(one: str, two: str, most: int) -> int:
    """Count the letters to add, drop, change or swap; anything above `most` is `most + 1`."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, start=1):
        last, row = row, [i]
        for j, other in enumerate(two, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if before and i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]
