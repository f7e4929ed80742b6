"""Which way each letter of one short line is read, and in which order its pieces stand."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby
from typing import TypeVar

Piece = TypeVar("Piece")

LEFTWARD = frozenset({"R", "AL"})
RIGHTWARD = frozenset({"L"})
NUMBERS = frozenset({"EN", "AN"})


def starts_leftward(letters: Iterable[str]) -> bool:
    """Tell whether the first letter with a direction is read from right to left."""
    classes = (unicodedata.bidirectional(letter[0]) for letter in letters)
    return next((c in LEFTWARD for c in classes if c in LEFTWARD | RIGHTWARD), False)


def leftward(letters: Sequence[str]) -> list[bool]:
    """Tell of each letter whether it is read from right to left; signs between go with their neighbours.

    This is Unicode's rule for one line of two levels, which is all that a name or a label needs.
    """
    base = starts_leftward(letters)
    own = [_own(letter) for letter in letters]
    before = _last_known(own, start=base)
    after = reversed(_last_known(own[::-1], start=base))
    return [
        kind if kind is not None else (left if left == right else base)
        for kind, left, right in zip(own, before, after, strict=True)
    ]


def in_sight_order(pieces: Sequence[tuple[bool, Piece]], *, base: bool) -> list[tuple[bool, Piece]]:
    """Put pieces, each with whether it is read leftward, in the order in which they stand from left to right."""
    ordered: list[tuple[bool, Piece]] = []
    for leftwards, group in groupby(pieces[::-1] if base else pieces, key=lambda piece: piece[0]):
        together = list(group)
        ordered += together if leftwards == base else together[::-1]
    return ordered


def _own(letter: str) -> bool | None:
    kind = unicodedata.bidirectional(letter[0])
    if kind in LEFTWARD:
        return True
    return False if kind in RIGHTWARD | NUMBERS else None


def _last_known(kinds: Iterable[bool | None], *, start: bool) -> list[bool]:
    directions = accumulate(kinds, lambda last, kind: last if kind is None else kind, initial=start)
    return [bool(way) for way in directions][1:]
