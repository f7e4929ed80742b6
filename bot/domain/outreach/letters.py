"""Letters and words: how messages of people who write in their third language are made comparable."""

import re

from bot.letters import folded

_WORD: re.Pattern[str] = re.compile(r"[^\W_]+")


def parted(text: str) -> list[str]:
    """Take a text apart into folded words: no accents, capitals or punctuation, and elisions apart."""
    words: list[str] = _WORD.findall(folded(text.replace("’", "'")).replace("œ", "oe"))
    return words


def distance(left: str, right: str, most: int) -> int:
    """Count the letters to add, drop, change or swap; anything above `most` is `most + 1`."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before_previous: list[int] = []
    row = list(range(len(right) + 1))
    for i, left_letter in enumerate(left, start=1):
        previous, row = row, [i]
        for j, right_letter in enumerate(right, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (left_letter != right_letter))
            if before_previous and i > 1 and j > 1 and left_letter == right[j - 2] and left[i - 2] == right_letter:
                cost = min(cost, before_previous[j - 2] + 1)
            row.append(cost)
        before_previous = previous
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
