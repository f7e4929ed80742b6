"""Finds what a person means among things that have names."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.letters import folded
from bot.ui.text import Text
from bot.ui.voice import say

K = TypeVar("K")
GOOD_ENOUGH = 70
_SMALL = re.compile(r"(?:(?:a|an|my|with|every|un|une|mon|ma|mes|avec|tous les|toutes les) )+")
"""What may be left out before a name: "a coffee" is typed as "coffee", « avec mon nom » as « nom »."""
LONGEST = 100
"""Characters of what was typed that are compared; no name here is longer."""


def pick(typed: str, things: Mapping[K, tuple[str, Text]], language: str, *, whole: bool = False) -> K | None:
    """Find the one thing whose stable word or name was typed, or, unless it must be `whole`, begins with it."""
    wanted = folded(typed)
    names = {
        thing: {way for spelling in (word, say(text, language), say(text, "en")) for way in _ways(folded(spelling))}
        for thing, (word, text) in things.items()
    }
    exact = [thing for thing, spellings in names.items() if wanted in spellings]
    begun = [
        thing for thing, spellings in names.items() if wanted and any(name.startswith(wanted) for name in spellings)
    ]
    fitting = exact or ([] if whole else begun)
    return fitting[0] if len(fitting) == 1 else None


def _ways(name: str) -> set[str]:
    small = _SMALL.match(name)
    return {name, name[small.end() :]} if small else {name}


def rank(typed: str, names: Sequence[str], limit: int = 25) -> list[int]:
    """Order the indexes of names by how well they fit what was typed; all of them when nothing was."""
    if not typed.strip():
        return list(range(min(limit, len(names))))
    wanted = folded(typed[:LONGEST])
    plain = [folded(name) for name in names]
    begins = [i for i, name in enumerate(plain) if name.startswith(wanted)]
    holds = [i for i, name in enumerate(plain) if wanted in name and not name.startswith(wanted)]
    sure = (begins + holds)[:limit]
    if len(sure) == limit:
        return sure
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - a start need not wait for it

    near = process.extract(
        wanted, plain, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=GOOD_ENOUGH
    )
    return (sure + [index for _, _, index in near if index not in sure])[:limit]
