"""Finds the names of outside people in a text that others would see; they never reach a channel."""

import re
from collections.abc import Iterable

from bot.domain.names import folded

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
_JOINED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that are written without spaces between words."""


def outsider_in(text: str, names: Iterable[str]) -> str | None:
    """Give the first of these names, whole or in part, that stands in a text; None when there is none."""
    said = folded(text)
    for name in names:
        whole = folded(name)
        if whole and _stands(whole, said):
            return name
        if any(_part_stands(part, said, text) for part in re.findall(r"\w+", whole)):
            return name
    return None


def _part_stands(part: str, said: str, text: str) -> bool:
    if (len(part) < SHORTEST and not _JOINED.search(part)) or not _stands(part, said):
        return False
    return part not in ALSO_WORDS or part.capitalize() in re.findall(r"\w+", text)


def _stands(name: str, said: str) -> bool:
    if _JOINED.search(name):
        return name in said
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) is not None
