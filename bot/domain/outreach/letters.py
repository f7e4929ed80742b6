"""Letters and words: how messages of people who write in their third language are made comparable."""

import re

from bot.letters import folded

_WORD: re.Pattern[str] = re.compile(r"[^\W_]+")


def parted(text: str) -> list[str]:
    """Take a text apart into folded words: no accents, capitals or punctuation, and elisions apart."""
    words: list[str] = _WORD.findall(folded(text.replace("’", "'")).replace("œ", "oe"))
    return words


def distance(one: str, two: str, most: int) -> int:
    """Count the letters to add, drop, change or swap; anything above `most` is `most + 1`."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, start=1):
        last, row = row, [i]
        for j, other in enumerate(two, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if before and i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
