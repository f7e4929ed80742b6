"""The signs that a first message is read by: data in `languages/`, one file a language.

All languages are looked for together, because many messages mix them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from bot.domain.outreach.language import Group, Kind, Language, Sign, read_language


@dataclass(frozen=True)
class Signs:
    """Signs of one kind; put together when first looked for, because starting must not wait for it."""

    signs: Sequence[Sign]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(f"(?<= )(?:{'|'.join(sign.regex for sign in self.signs)})")

    def search(self, plain: str) -> re.Match[str] | None:
        """Find the first sign in folded words; it ends with the space after it."""
        return self._any.search(f" {plain} ")

    def sub(self, new: str, plain: str) -> str:
        """Put a word in the place of every sign."""
        return self._any.sub(f"{new} ", f" {plain} ").strip()


@cache
def languages() -> Mapping[str, Language]:
    """Read the languages the bot reads, by the names of their files."""
    folder = files("bot.domain.outreach") / "languages"
    found = sorted((each.name, each) for each in folder.iterdir() if each.name.endswith(".toml"))
    return {name: read_language(name, each.read_text("utf-8")) for name, each in found}


@cache
def signs(kind: Kind) -> Signs:
    """Give the signs of a kind, in every language."""
    return Signs([sign for language in languages().values() for sign in language.signs[kind]])


@cache
def words(group: Group) -> frozenset[str]:
    """Give the words of a group, of every language."""
    return frozenset(word for language in languages().values() for word in language.words[group])
