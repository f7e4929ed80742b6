"""Rows and cells of a table that was written as text."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from bot.domain.bringing.headings import heading_row

Row: TypeAlias = Sequence[str]
Grid: TypeAlias = Sequence[Row]
SEPARATORS = ",;\t|"
MOST_ROWS = 20_000
"""Rows that are looked at: a list of people with many empty rows between."""
MOST_CELLS = 100
"""Cells of a row that are looked at."""
_SAYS = re.compile(r"\A\s*sep=(.)\s*\r?\n", re.IGNORECASE)
"""The line with which Excel says what separates the cells."""


def rows_of(text: str) -> Grid:
    """Cut a text into rows and cells, by the separator under which most headings are found."""
    said = _SAYS.match(text)
    if said is not None:
        return list(_cut(text[said.end() :], said[1]))
    ways = [list(_cut(text, separator)) for separator in SEPARATORS]
    return max(ways, key=_sense)


def _cut(text: str, separator: str) -> Iterator[Row]:
    """Cut with one separator; a quoted cell may hold line breaks, and a broken quote ends the table where it is."""
    lines = iter(text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True))
    try:
        for row in islice(csv.reader(lines, delimiter=separator), MOST_ROWS):
            yield row[:MOST_CELLS]
    except csv.Error:
        return


def _sense(grid: Grid) -> tuple[int, int]:
    found = heading_row(grid)
    return (found[1] if found else 0, min((len(row) for row in grid[:5] if any(row)), default=0))
