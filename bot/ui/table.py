"""A table as CSV, in which nothing a person typed can ever run as a formula."""

import csv
import io
import re
from collections.abc import Sequence

from bot.ui.workbook import Cell, Row

LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\0")
"""A cell that begins like this is a formula or a command to some spreadsheet."""
_INSIDE = re.compile(r"([;\t\n]\s*)(?='*[=+\-@＝＋－＠])")
"""Where a cell would begin for a spreadsheet that takes another sign between cells, as French ones take a semicolon."""


def as_csv(rows: Sequence[Row]) -> str:
    """Write rows as CSV that spreadsheets open in UTF-8; a cell that could run gets an apostrophe before it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_inert(_written(cell)) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _written(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _inert(cell: str) -> str:
    # A cell typed with an apostrophe gets one more, so that it cannot be taken for one that was escaped.
    inside = _INSIDE.sub(r"\1'", cell)
    return f"'{inside}" if cell.lstrip("'").startswith(LIVE) else inside
