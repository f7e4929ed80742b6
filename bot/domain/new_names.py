"""New names given in a meeting, as people write them: "Priya at Nordik; Tom, Hydro"."""

import re
from dataclasses import dataclass

MOST = 10
_BETWEEN = re.compile(r"\s*[;\n]\s*")
_WHERE = re.compile(r"\s+(?:at|from|de|chez|@|à)\s+|\s*[,(]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NewName:
    """A person somebody named, and where they work."""

    name: str
    organisation: str


def read_new_names(text: str, organisation: str) -> list[NewName]:
    """Read names, each once; a name without a place gets the place of who gave it."""
    found: dict[tuple[str, str], NewName] = {}
    for entry in _BETWEEN.split(text.strip()):
        name, *where = (part.strip(" .)") for part in _WHERE.split(entry, maxsplit=1))
        if name:
            made = NewName(name[:80], (where[0] if where and where[0] else organisation)[:80])
            found.setdefault((made.name.casefold(), made.organisation.casefold()), made)
    return list(found.values())[:MOST]
