"""Reads a sign, a phrase pattern that a translator can write, as a regular expression; `docs/signs.md` explains both.

Rule: a sign is looked for in folded words that are parted, begun and ended by one space. So every part of a pattern
takes whole words with the space after each, and parts are simply put one after another.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.outreach.letters import parted

_TOKEN = re.compile(r"\s*(…+|[()\[\]|!^$]|\{[^{}]*\}|[^\s()\[\]|!^${}…]+)")
_CLOSING = {"(": ")", "[": "]"}


class BadPattern(ValueError):
    """A pattern that cannot be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as it is looked for."""

    regex: str
    least: int
    """It takes at least so many words."""
    needs: frozenset[str] | None = None
    """Without one of these pieces of text there is no match, so most patterns need not be tried; None when any may do."""


_MARKS = {
    "_": Pattern("[^ ]+ ", 1),
    "^": Pattern(r"(?<=\A )", 0),
    "$": Pattern(r"\Z", 0),
    "…": Pattern("(?:[^ ]+ ){0,4}?", 0),
    "……": Pattern("(?:[^ ]+ ){0,10}?", 0),
}


def read_pattern(pattern: str, lists: Mapping[str, Pattern]) -> Pattern:
    """Read a pattern; `lists` are those that are read already."""
    reader = _Reader(_tokens(pattern), lists)
    whole = reader.choice()
    if reader.at < len(reader.tokens):
        raise BadPattern(f"a {reader.tokens[reader.at]} closes nothing")
    if not whole.least:
        raise BadPattern("it asks for no word")
    return whole


def read_not_after(pattern: str, raw: Mapping[str, str]) -> str:
    """Give the expression of the words a sign must not stand after: plain phrases between bars, or lists of them."""
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
        token = _TOKEN.match(pattern, at)
        if token is None:
            raise BadPattern(f"it cannot be read from here: {pattern[at:]}")
        tokens.append(token.group(1))
        at = token.end()
    return tokens


@dataclass
class _Reader:
    """Goes through the tokens of a pattern once."""

    tokens: list[str]
    lists: Mapping[str, Pattern]
    at: int = 0

    def choice(self) -> Pattern:
        """Read what stands between bars, up to a closing bracket or the end."""
        choices = [self.sequence()]
        while self.next_is("|"):
            self.at += 1
            choices.append(self.sequence())
        needs = [choice.needs for choice in choices if choice.needs is not None]
        all_needs = frozenset[str]().union(*needs) if len(needs) == len(choices) else None
        regex = "|".join(choice.regex for choice in choices)
        return Pattern(f"(?:{regex})", min(choice.least for choice in choices), all_needs)

    def sequence(self) -> Pattern:
        """Read one part after another."""
        parts: list[Pattern] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in {"|", ")", "]"}:
            if self.next_is("!") and self.at and self.tokens[self.at - 1] == "]":
                # What may be missing is kept when it is there, or what must not follow could stand in its place.
                parts.append(Pattern("+", 0))
            parts.append(self.part())
        if not parts:
            raise BadPattern("there is nothing between two signs")
        return _joined(parts)

    def part(self) -> Pattern:
        """Read a word, a mark, a list, a group or what must not follow."""
        if self.at >= len(self.tokens):
            raise BadPattern("nothing stands after a !")
        mark = self.tokens[self.at]
        self.at += 1
        if mark == "!":
            return Pattern(f"(?!{self.part().regex})", 0)
        if mark in _CLOSING:
            return self.group(mark)
        if mark.startswith("{"):
            return self.named(mark[1:-1])
        return _MARKS.get(mark) or _word(mark)

    def group(self, opening: str) -> Pattern:
        """Read up to the bracket that closes the group; a group in [ ] may be missing."""
        inner = self.choice()
        if not self.next_is(_CLOSING[opening]):
            raise BadPattern(f"a {opening} is not closed")
        self.at += 1
        return inner if opening == "(" else Pattern(f"{inner.regex}?", 0)

    def named(self, name: str) -> Pattern:
        """Give a list of words by its name."""
        if name not in self.lists:
            raise BadPattern(f"there is no list {{{name}}} above it")
        return self.lists[name]

    def next_is(self, token: str) -> bool:
        """Tell whether a token comes next."""
        return self.at < len(self.tokens) and self.tokens[self.at] == token


def _joined(parts: Sequence[Pattern]) -> Pattern:
    """Put parts one after another; the one that fewest texts have is the one to look for first."""
    needs = min((part.needs for part in parts if part.needs is not None), key=len, default=None)
    return Pattern("".join(part.regex for part in parts), sum(part.least for part in parts), needs)


def _word(token: str) -> Pattern:
    """Read a word as it may be written, with accents, * for any letters and # for a number."""
    words = parted(token.replace("*", "zzstarzz").replace("#", "zzhashzz"))
    if not words:
        raise BadPattern(f"{token} is no word")
    return _joined([_one(word) for word in words])


def _one(word: str) -> Pattern:
    regex = word.replace("zzstarzz", "[^ ]*").replace("zzhashzz", r"\d{1,3}")
    pieces = f" {word} ".replace("zzhashzz", "zzstarzz").split("zzstarzz")
    longest = max(pieces, key=len)
    return Pattern(f"{regex} ", 1, frozenset({longest}) if longest.strip() else None)
