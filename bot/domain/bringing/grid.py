"""Rows and cells of a table that was written as text."""

import csv
import re
from collections.abc import Sequence
from itertools import islice
from typing import Literal, TypeAlias

from bot.domain.bringing.headings import heading_row

Row: TypeAlias = Sequence[str]
Grid: TypeAlias = Sequence[Row]
SEPARATORS = ",;\t|"
MOST_ROWS = 20_000
"""Rows that are looked at: a list of people with many empty rows between."""
MOST_CELLS = 100
"""Cells of a row that are looked at."""
_END = "end\x1f"
"""A row of ours after the last one: where a quote was never closed, it is not met."""
_FORCED = re.compile(r'="(.*)"', re.DOTALL)
"""How some programs write a text that Excel would take for a number."""
_SAYS = re.compile(r"\A\s*sep=(.)\s*\r?\n", re.IGNORECASE)
"""The line with which Excel says what separates the cells."""


def rows_of(text: str) -> Grid:
    """Cut a text into rows and cells, by the separator under which most headings are found."""
    told = _SAYS.match(text)
    if told is not None:
        return _cut(text[told.end() :], told[1])
    ways = [_cut(text, separator) for separator in SEPARATORS]
    return max(ways, key=_sense)


def _cut(text: str, separator: str) -> list[Row]:
    """Cut with one separator; a quoted cell may hold line breaks, unless a quote was never closed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = _read(lines, separator, csv.QUOTE_MINIMAL)
    if rows is None:
        rows = [[cell.strip('"') for cell in row] for row in _read(lines, separator, csv.QUOTE_NONE) or ()]
    return [[_FORCED.sub(r"\1", cell) for cell in row] for row in rows]


def _read(lines: Sequence[str], separator: str, quoting: Literal[0, 3]) -> list[Row] | None:
    """Read rows; None when a quote is not closed, so that what follows it would be lost in one cell."""
    reader = csv.reader((f"{line}\n" for line in (*lines, _END)), delimiter=separator, quoting=quoting)
    rows: list[Row] = []
    try:
        for row in islice(reader, MOST_ROWS + 1):
            if row == [_END]:
                return rows
            rows.append(row[:MOST_CELLS])
    except csv.Error:
        # A cell is longer than any is: with quotes, all that follows one which was never closed.
        return rows if quoting == csv.QUOTE_NONE else None
    return rows[:MOST_ROWS] if len(rows) > MOST_ROWS else None


def _sense(grid: Grid) -> tuple[int, int]:
    headings = heading_row(grid)
    return (headings[1] if headings else 0, min((len(row) for row in grid[:5] if any(row)), default=0))
