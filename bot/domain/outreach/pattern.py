"""Reads a sign, a phrase pattern that a translator can write, as a regular expression; `docs/signs.md` explains both.

Rule: a sign is looked for in folded words that are parted, begun and ended by one space. So every part of a pattern
takes whole words with the space after each, and parts are simply put one after another.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.outreach.letters import parted

_TOKEN = re.compile(r"\s*(…+|[()\[\]|!^$]|\{[^{}]*\}|[^\s()\[\]|!^${}…]+)")
_MARKS = {"_": "[^ ]+ ", "^": r"(?<=\A )", "$": r"\Z", "…": "(?:[^ ]+ ){0,4}?", "……": "(?:[^ ]+ ){0,10}?"}
_CLOSING = {"(": ")", "[": "]"}


class BadPattern(ValueError):
    """A pattern that cannot be read, with the reason."""


def read_pattern(pattern: str, lists: Mapping[str, str]) -> str:
    """Give the regular expression of a pattern; `lists` are those that are read already."""
    reader = _Reader(_tokens(pattern), lists)
    found = reader.choice()
    if reader.at < len(reader.tokens):
        raise BadPattern(f"a {reader.tokens[reader.at]} closes nothing")
    if re.compile(found).fullmatch(""):
        raise BadPattern("it asks for no word")
    return found


def read_not_after(pattern: str, raw: Mapping[str, str]) -> str:
    """Give the expression of the words a sign must not stand after: plain phrases between bars, or one list of them."""
    for name, words in raw.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    phrases = [" ".join(parted(phrase)) for phrase in pattern.split("|")]
    if re.search(r"[^\w\s|'’]", pattern) or not all(phrases):
        raise BadPattern("what it must not stand after is no list of words")
    return "".join(rf"(?<! {phrase} )" for phrase in phrases)


def _tokens(pattern: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    pattern = pattern.strip()
    while at < len(pattern):
        found = _TOKEN.match(pattern, at)
        if found is None:
            raise BadPattern(f"it cannot be read from here: {pattern[at:]}")
        tokens.append(found.group(1))
        at = found.end()
    return tokens


@dataclass
class _Reader:
    """Goes through the tokens of a pattern once."""

    tokens: list[str]
    lists: Mapping[str, str]
    at: int = 0

    def choice(self) -> str:
        """Read what stands between bars, up to a closing bracket or the end."""
        found = [self.sequence()]
        while self.next_is("|"):
            self.at += 1
            found.append(self.sequence())
        return f"(?:{'|'.join(found)})"

    def sequence(self) -> str:
        """Read one part after another."""
        found: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in {"|", ")", "]"}:
            if self.next_is("!") and self.tokens[self.at - 1] == "]":
                # What may be missing is kept when it is there, or what must not follow could stand in its place.
                found.append("+")
            found.append(self.part())
        if not found:
            raise BadPattern("there is nothing between two signs")
        return "".join(found)

    def part(self) -> str:
        """Read a word, a mark, a list, a group or what must not follow."""
        if self.at >= len(self.tokens):
            raise BadPattern("nothing stands after a !")
        token = self.tokens[self.at]
        self.at += 1
        if token == "!":
            return f"(?!{self.part()})"
        if token in _CLOSING:
            return self.group(token)
        if token.startswith("{"):
            return self.named(token[1:-1])
        return _MARKS.get(token) or _word(token)

    def group(self, opening: str) -> str:
        """Read up to the bracket that closes the group; a group in [ ] may be missing."""
        inner = self.choice()
        if not self.next_is(_CLOSING[opening]):
            raise BadPattern(f"a {opening} is not closed")
        self.at += 1
        return inner if opening == "(" else f"{inner}?"

    def named(self, name: str) -> str:
        """Give a list of words by its name."""
        if name not in self.lists:
            raise BadPattern(f"there is no list {{{name}}} above it")
        return self.lists[name]

    def next_is(self, token: str) -> bool:
        """Tell whether a token comes next."""
        return self.at < len(self.tokens) and self.tokens[self.at] == token


def _word(token: str) -> str:
    """Read a word as it may be written, with accents, * for any letters and # for a number."""
    kept = token.replace("*", "zzstarzz").replace("#", "zzhashzz")
    words = parted(kept)
    if not words:
        raise BadPattern(f"{token} is no word")
    found = "".join(f"{re.escape(word)} " for word in words)
    return found.replace("zzstarzz", "[^ ]*").replace("zzhashzz", r"\d{1,3}")
