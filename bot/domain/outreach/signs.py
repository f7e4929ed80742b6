"""The signs that a first message is read by: data in `languages/`, one file a language.

All languages are looked for together, because many messages mix them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from bot.domain.outreach.language import EntryKind, Group, Language, Sign, read_language


class Signs:
    """Signs of one kind, looked for in folded words; a sign is only tried where one of its words is."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self._always = [sign for sign in signs if sign.needs is None]
        self._by_word: dict[str, list[Sign]] = {}
        self._by_piece: list[tuple[str, Sign]] = []
        for sign in signs:
            for piece in sign.needs or ():
                if piece == f" {piece.strip()} ":
                    self._by_word.setdefault(piece.strip(), []).append(sign)
                else:
                    self._by_piece.append((piece, sign))

    def found_in(self, plain: str) -> bool:
        """Tell whether there is a sign."""
        return any(True for _ in self._matches(plain))

    def start(self, plain: str) -> int | None:
        """Tell at which letter the first sign begins."""
        return min((match.start() - 1 for match in self._matches(plain)), default=None)

    def sub(self, new: str, plain: str) -> str:
        """Put a word in the place of every sign."""
        text = f" {plain} "
        for sign in self._tried(plain):
            text = _compiled(sign.regex).sub(f"{new} ", text)
        return text.strip()

    def _matches(self, plain: str) -> Iterator[re.Match[str]]:
        """Give the first match of each sign."""
        tried = (_compiled(sign.regex).search(f" {plain} ") for sign in self._tried(plain))
        return (match for match in tried if match)

    def _tried(self, plain: str) -> Iterator[Sign]:
        """Give each sign that may be there, once."""
        text = f" {plain} "
        worded = (sign for word in plain.split() for sign in self._by_word.get(word, ()))
        pieced = (sign for piece, sign in self._by_piece if piece in text)
        return iter({id(sign): sign for sign in chain(self._always, worded, pieced)}.values())


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    """Compile when first needed: starting must not wait for it."""
    return re.compile(regex)


@cache
def languages() -> Mapping[str, Language]:
    """Read the languages the bot reads, by the names of their files."""
    folder = files("bot.domain.outreach") / "languages"
    toml = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".toml"))
    return {name: read_language(name, file.read_text("utf-8")) for name, file in toml}


@cache
def signs(kind: EntryKind) -> Signs:
    """Give the signs of a kind, in every language."""
    return Signs([sign for language in languages().values() for sign in language.signs[kind]])


@cache
def words(group: Group) -> frozenset[str]:
    """Give the words of a group, of every language."""
    return frozenset(word for language in languages().values() for word in language.words[group])
