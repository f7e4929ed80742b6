"""A table never runs what a person typed, whatever it is opened with."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import example, given, settings, strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.ui.codec import decode, encode
from bot.ui.reply import File, Reply
from bot.ui.table import as_csv
from bot.ui.workbook import XLSX, as_xlsx

LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\0")
NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\0x",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "https://evil.example",
    "12",
]


def texts(book: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(book)) as folder:
        sheet = folder.read("xl/worksheets/sheet1.xml").decode()
        assert not any("externalLink" in name or "_rels/sheet1" in name for name in folder.namelist())
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    cells = list(ET.fromstring(sheet).iter(f"{{{NS['m']}}}c"))  # noqa: S314 - our own file
    assert all(cell.get("t") == "inlineStr" for cell in cells)
    return ["".join(t.text or "" for t in cell.iter(f"{{{NS['m']}}}t")) for cell in cells]


@settings(deadline=None)
@example([["_x0041_", "\x01\x1f", "a\nb", " a ", "<b>&amp;", "x" * 40_000], [date(2026, 3, 9), 7, None, "", "\ufffe"]])
@given(st.lists(st.lists(st.one_of(CELLS, st.integers(0, 10**9), st.dates(date(1901, 1, 1))), max_size=30), max_size=4))
def test_a_workbook_is_read_back_by_a_program_that_did_not_write_it(rows: list[list[str | int | date | None]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows))).active
    assert isinstance(sheet, Worksheet)
    read = {cell.coordinate: cell.value for line in sheet.iter_rows() for cell in line if cell.value not in {None, ""}}
    assert {place: _unescaped(value) for place, value in read.items()} == {
        f"{get_column_letter(x)}{y}": cell[:32_767] if isinstance(cell, str) else cell
        for y, row in enumerate(rows, 1)
        for x, cell in enumerate(row, 1)
        if cell not in {None, ""}
    }


def _unescaped(value: object) -> object:
    """Read what a spreadsheet reads: a sign that XML does not hold is written by its number."""
    if isinstance(value, datetime):
        return value.date()
    return re.sub("_x([0-9A-F]{4})_", lambda sign: chr(int(sign[1], 16)), value) if isinstance(value, str) else value


@pytest.mark.parametrize("cell", DANGEROUS)
def test_no_cell_begins_as_a_formula_in_csv(cell: str) -> None:
    (row,) = csv.reader(io.StringIO(as_csv([[cell, "safe"]]).removeprefix("\ufeff"), newline=""))
    assert not row[0].startswith(LIVE)
    assert row[0].removeprefix("'") == cell


@settings(deadline=None)
@example([["'="], ["="], ["''@x"], ["a;=1"], ["a; '=1"]])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_csv_is_read_back_as_it_was_but_for_the_apostrophe(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(as_csv(rows).removeprefix("\ufeff"), newline="")))
    assert [[without_apostrophes(cell) for cell in row] for row in read] == [
        row if row != [""] else read[i] for i, row in enumerate(rows)
    ]


def without_apostrophes(cell: str) -> str:
    inside = re.sub(r"([;\t\n]\s*)'(?='*[=+\-@＝＋－＠])", r"\1", cell)
    return inside[1:] if inside.lstrip("'").startswith(LIVE) else inside


@pytest.mark.parametrize("cell", ["a;=1+1", "a; =1+1", "a\t@x", "notes:\n- a\n=HYPERLINK(1)", "a;＝1", "x;'=1"])
@pytest.mark.parametrize("sign", [";", "\t"])
def test_no_formula_comes_to_life_for_a_spreadsheet_that_cuts_cells_elsewhere(cell: str, sign: str) -> None:
    text = as_csv([["Dana", cell, "safe"]]).removeprefix("\ufeff")
    cut = [piece.strip() for line in re.split(r"[\r\n]+", text) for piece in line.split(sign)]
    assert not any(piece.lstrip('"').startswith(LIVE) for piece in cut)


@pytest.mark.parametrize("cell", [cell for cell in DANGEROUS if cell[0] not in "\0\r"])
def test_every_cell_of_a_workbook_is_a_text(cell: str) -> None:
    assert texts(as_xlsx([[cell, "safe"]])) == [cell, "safe"]


def test_the_same_rows_give_the_same_workbook() -> None:
    rows = [["Day", "What"], ["2026-03-09", "Sent a message"]]
    assert as_xlsx(rows) == as_xlsx(rows)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_a_file_of_bytes_survives_being_kept(data: bytes) -> None:
    kept = Reply((File.of_bytes("my-record.xlsx", XLSX, data),))
    assert decode(encode(kept)) == kept
    (file,) = decode(encode(kept)).parts
    assert isinstance(file, File)
    assert file.data == data


def test_a_file_of_words_is_sent_as_utf_8() -> None:
    assert File("a.txt", "text/plain", "été").data == "été".encode()


def test_a_day_is_a_day_in_a_workbook_and_nothing_is_an_empty_cell() -> None:
    book = as_xlsx([["Due", "Then"], [date(2026, 3, 9), None]])
    with zipfile.ZipFile(io.BytesIO(book)) as folder:
        sheet = folder.read("xl/worksheets/sheet1.xml").decode()
        styles = folder.read("xl/styles.xml").decode()
    # 9 March 2026, counted from the day that workbooks begin with.
    assert '<c r="A2" s="1"><v>46090</v></c>' in sheet
    assert 'r="B2"' not in sheet
    assert "yyyy-mm-dd" in styles
    assert as_csv([["Due", "Then"], [date(2026, 3, 9), None]]).endswith("2026-03-09,\r\n")
