"""Opens a list that a member brings: a table as text, address cards, or a workbook."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from bot.domain.bringing.grid import MOST_CELLS, MOST_ROWS, Grid, rows_of
from bot.domain.bringing.headings import heading_row
from bot.domain.bringing.letters_in import StrangeLetters, words_in
from bot.domain.bringing.vcards import is_cards, rows_of_cards
from bot.engine.errors import BadValue, BotError
from bot.engine.invocation import Table, Upload
from bot.engine.uploads import MOST_BYTES
from bot.features.lead.mending import mended
from bot.ui.text import Text, t

ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
MOST_UNPACKED, MOST_PARTS = 25_000_000, 500
"""What a workbook may hold once it is unpacked; a small file can hide very much."""
MOST_SHEETS = 8
LISTS = (".csv", ".tsv", ".txt", ".vcf")
"""Lists that a packed export may hold."""

WHICH = t("Please send a CSV, TSV, XLSX or vCard file.")


def open_list(upload: Upload) -> Table:
    """Read a file into rows, without what is never kept.

    Raises:
        BotError: it is no table and holds no address cards.
    """
    return mended(_rows(upload.data))


def _rows(data: bytes) -> Grid:
    if not data.strip():
        raise BadValue(t("This file is empty."), WHICH)
    if data.startswith(ZIP):
        return _packed(data)
    if data.startswith(PDF):
        raise _wrong(t("This is a PDF, which has no columns that I can read."))
    if data.startswith(OLD_OFFICE):
        raise BadValue(
            t("This is an old or a locked Excel file, which I cannot read."),
            t("Please save it as XLSX without a password."),
        )
    try:
        words = words_in(data)
    except StrangeLetters:
        raise BadValue(
            t("I cannot tell the letters of this file."), t("Please save it as CSV UTF-8, or as XLSX.")
        ) from None
    if words is None:
        raise _wrong(t("This is no list that I can read."))
    return rows_of_cards(words) if is_cards(words) else rows_of(words)


def _wrong(what: Text) -> BotError:
    return BadValue(what, WHICH)


def _packed(data: bytes) -> Grid:
    """Read the sheet in which most headings are known; what formulas gave is read, and none is ever run."""
    unreadable = _wrong(t("I cannot open this workbook."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise unreadable from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        return _export(data, [part for part in parts if _is_list(part.filename)])
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadValue(
            t("This file is too large once it is unpacked."), t("Please save only the sheet with the people, as CSV.")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheets = list(_sheets(data))
    except Exception:  # noqa: BLE001 - the library ends in many ways on a file that is not as it should be
        raise unreadable from None
    if not sheets:
        raise unreadable
    return max(sheets, key=lambda rows: (heading_row(rows) or (0, 0))[1])


def _is_list(name: str) -> bool:
    """Tell whether a part is a list; a Mac puts a shadow of each file beside it."""
    return name.lower().endswith(LISTS) and not name.rsplit("/", maxsplit=1)[-1].startswith("._")


def _export(data: bytes, parts: Sequence[zipfile.ZipInfo]) -> Grid:
    """Read the one list of a packed export, such as LinkedIn's, whose connections are among other tables."""
    named = [part for part in parts if "connections" in part.filename.lower()] or parts
    if len(named) != 1 or named[0].file_size > MOST_BYTES:
        raise _wrong(t("This packed file is no workbook. It must have exactly one list in it."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inner = packed.read(named[0])
    except Exception:  # noqa: BLE001 - what is broken or locked ends in many ways
        raise _wrong(t("I cannot unpack this file.")) from None
    if inner.startswith(ZIP):
        raise _wrong(t("This packed file holds another packed file."))
    return _rows(inner)


def _sheets(data: bytes) -> Iterator[Grid]:
    # Few members bring a list, and starting must not wait for the library.
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in islice((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), MOST_SHEETS):
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_CELLS, values_only=True)
        yield [_row(row) for row in rows]


def _row(cells: Sequence[object]) -> list[str]:
    """Write the cells of a row, without the empty ones at its end."""
    last = max((place for place, cell in enumerate(cells) if cell is not None), default=-1)
    return [_words(cell) for cell in cells[: last + 1]]


def _words(cell: object) -> str:
    """Write a cell as it reads: a day as a date, and a whole number without its point."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
