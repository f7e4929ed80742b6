"""A table as a file: CSV and XLSX, in which nothing a person typed can ever run as a formula."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | date | None
"""A day stays a day in a workbook, so that it can be sorted; None is empty."""
Row: TypeAlias = Sequence[Cell]
LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\0")
"""A cell that begins like this is a formula or a command to some spreadsheet."""
_INSIDE = re.compile(r"([;\t\n]\s*)(?='*[=+\-@＝＋－＠])")
"""Where a cell would begin for a spreadsheet that takes another sign between cells, as French ones take a semicolon."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60


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


def as_xlsx(rows: Sequence[Row], created: datetime) -> bytes:
    """Write rows as a workbook of one sheet; what is text stays text, never a formula or link."""
    # Few members ask for it, and starting must not wait for the library.
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": created.replace(tzinfo=None)})
        sheet, as_day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                match cell:
                    case None:
                        pass
                    case int():
                        sheet.write_number(y, x, cell)
                    case date():
                        sheet.write_datetime(y, x, cell, as_day)
                    case str():
                        sheet.write_string(y, x, cell)
        for x in range(max(map(len, rows), default=0)):
            widest = max(len(_written(row[x])) for row in rows if 1 < len(row) > x)
            sheet.set_column(x, x, min(WIDEST, widest + 2))
    return out.getvalue()
