"""Finds the names of outside people in a text that others would see; they never reach a channel."""

import re
from collections.abc import Iterable

from bot.letters import folded

SHORTEST = 3
"""Letters of a part of a name that is looked for by itself; the whole name is always looked for."""
ALSO_WORDS = frozenset(
    [
        "and",
        "art",
        "august",
        "bill",
        "bob",
        "chance",
        "charity",
        "dean",
        "drew",
        "earl",
        "faith",
        "frank",
        "grace",
        "hope",
        "iris",
        "ivy",
        "jack",
        "joy",
        "june",
        "lily",
        "mark",
        "may",
        "miles",
        "olive",
        "pat",
        "pearl",
        "penny",
        "ray",
        "rich",
        "rose",
        "ruby",
        "sky",
        "sue",
        "summer",
        "the",
        "victor",
        "violet",
        "will",
        "avec",
        "aimee",
        "ange",
        "blanche",
        "claire",
        "dans",
        "desire",
        "des",
        "est",
        "fleur",
        "les",
        "luc",
        "marine",
        "mes",
        "par",
        "pierre",
        "pour",
        "rene",
        "rose",
        "une",
    ]
)
"""Names that are everyday words too: taken for the name only when written with a capital letter."""
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that are written without spaces between words."""
_WORD = re.compile(r"\w+")


def outsider_in(text: str, names: Iterable[str]) -> str | None:
    """Give the first of these names, whole or in part, that stands in a text; None when there is none."""
    searched = SearchedText(text)
    return next((name for name in names if searched.contains(folded(name))), None)


class SearchedText:
    """A text in which many names are looked for: its words are taken apart once, and most names share none of them."""

    def __init__(self, text: str) -> None:
        self._folded = folded(text)
        self._words = frozenset(_WORD.findall(self._folded))
        self._as_written = frozenset(_WORD.findall(text))

    def contains(self, name: str) -> bool:
        """Tell whether the text holds a folded name, whole or in part."""
        parts = _WORD.findall(name)
        return (bool(name) and self._has_whole(name, parts)) or any(map(self._has_part, parts))

    def _has_whole(self, name: str, parts: list[str]) -> bool:
        if not name.isascii() and _NO_SPACES.search(name):
            return name in self._folded
        # Between the words of a name stands what is no letter; so each of them is a word of the text too.
        if not self._words.issuperset(parts):
            return False
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self._folded) is not None

    def _has_part(self, part: str) -> bool:
        if not part.isascii() and _NO_SPACES.search(part):
            return part in self._folded
        if len(part) < SHORTEST or part not in self._words:
            return False
        return part not in ALSO_WORDS or part.capitalize() in self._as_written
