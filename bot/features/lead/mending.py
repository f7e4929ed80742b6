"""Takes out of a brought table what is never kept of outsiders: their addresses and numbers, and secrets."""

import re

from bot.domain.bringing.grid import Grid
from bot.domain.bringing.headings import KeptField, columns_of, heading_row
from bot.domain.bringing.people import POSITIONS
from bot.engine.clean import clean, keepable, looks_like_secret
from bot.engine.invocation import Table

TEXTS = frozenset(KeptField) - {KeptField.ADDED, KeptField.CONTACTED}
"""What is kept as words."""
_WORDS = re.compile(r"[^\W\d_]+(?:[ .,'’&-]{1,2}[^\W\d_]+)*[.!?)]?")
"""Words alone; an address has a sign, and a number has digits."""
_EMPTY = re.compile(r"<\s*>|\(\s*\)|\[\s*\]")
"""Brackets around an address that was taken out."""
_JOINS = re.compile(r"\b(?:at|arobase|a|à|chez|dot|point)\b", re.IGNORECASE)


def mended(rows: Grid, *, typed: bool = False) -> Table:
    """Clean the cells that are kept, and count out of how many something was taken.

    Args:
        rows: the rows as they were read.
        typed: whether rows without headings are name, organisation, why and notes.
    """
    headings = heading_row(rows)
    columns = columns_of(rows[headings[0]]) if headings else list(POSITIONS) if typed else []
    texts = [place for place, column in enumerate(columns) if column in TEXTS]
    table, taken = [list(row) for row in rows], 0
    for row in table[headings[0] + 1 if headings else 0 :]:
        for place in texts:
            if place < len(row) and row[place]:
                row[place], had_contact = _mended(row[place])
                taken += had_contact
    return Table(table, taken)


def _mended(cell: str) -> tuple[str, bool]:
    """Give a cell as it may be kept, and whether something was taken out."""
    words = clean(cell, lines=True)
    # A list has thousands of cells, and most are names: the long look is for the others.
    if _WORDS.fullmatch(words) and not _JOINS.search(words) and not looks_like_secret(words):
        return words, False
    harmless = keepable(words, contacts=False)
    if harmless == words:
        return words, False
    return clean(_EMPTY.sub(" ", harmless), lines=True).strip(" ,;:"), True
