"""Sentences of a message: where each begins and ends, and how often it names the writer and the reader."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from bot.domain.outreach.language import EntryKind, Group
from bot.domain.outreach.signs import signs, words
from bot.domain.outreach.spelling import mended, words_of

QUOTED = 90
"""Letters of a member's own sentence that are shown back to them."""

_END = re.compile(r"(?<=[.!?…])[\"»”')\]]*\s+|\n+")
_NO_END = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|mme|mlle|prof|m|e\.g|i\.e|etc)|(?:^|\s)[A-Z])\.$", re.IGNORECASE)
_FRAME_WORDS = 9
"""A longer sentence says something, however politely it begins."""
_GREETING_WORDS = 4
_POLITE_WORDS = 12


@dataclass(frozen=True)
class Sentence:
    """One sentence as it was written."""

    text: str
    _has: dict[EntryKind, bool] = field(default_factory=dict[EntryKind, bool], init=False, repr=False, compare=False)

    @cached_property
    def plain(self) -> str:
        """Its folded words with single spaces, and typing errors in deciding words put right."""
        return " ".join(mended(words_of(self.text)))

    @cached_property
    def is_question(self) -> bool:
        """Whether it ends as a question, and is not only a greeting such as "How are you?"."""
        return "?" in self.text and not self.is_pleasantry

    @cached_property
    def is_pleasantry(self) -> bool:
        """Whether it is only polite."""
        return len(self.plain.split()) <= _POLITE_WORDS and self.has(EntryKind.PLEASANTRY)

    @cached_property
    def is_frame(self) -> bool:
        """Whether it only greets, thanks or signs."""
        length = len(self.plain.split())
        greets = length <= _GREETING_WORDS and (self.greets or self.text.rstrip().endswith(","))
        thanks = length <= _FRAME_WORDS and self.has(EntryKind.THANKS)
        return greets or thanks or (self.has(EntryKind.TO_NOBODY) and length <= _FRAME_WORDS) or self.is_pleasantry

    @cached_property
    def greets(self) -> bool:
        """Whether it begins by greeting somebody."""
        return self.has(EntryKind.GREETING)

    @cached_property
    def mine(self) -> int:
        """How often it names the writer."""
        return self._names(Group.ME)

    @cached_property
    def yours(self) -> int:
        """How often it names the reader."""
        return self._names(Group.YOU)

    def has(self, kind: EntryKind) -> bool:
        """Tell whether it has a sign of a kind."""
        if kind not in self._has:
            self._has[kind] = signs(kind).found_in(self.plain)
        return self._has[kind]

    def _names(self, whom: Group) -> int:
        """Count the words for somebody; a part of a word such as the t of "don't" is none."""
        pairs = pairwise(["", *self.plain.split()])
        return sum(word in words(whom) and f"{before} {word}" not in words(Group.PAIRS) for before, word in pairs)

    @property
    def quote(self) -> str:
        """Give its beginning, to show it back."""
        text = " ".join(self.text.split())
        return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"


def sentences_of(text: str) -> list[Sentence]:
    """Take a message apart; a title such as "Mr." or an initial ends no sentence."""
    pieces: list[str] = []
    for piece in _END.split(text.replace("’", "'")):
        if pieces and _NO_END.search(pieces[-1]):
            pieces[-1] += f" {piece}"
        elif piece.strip():
            pieces.append(piece.strip())
    return [Sentence(piece) for piece in pieces]
