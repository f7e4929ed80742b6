"""A table never runs what a person typed, whatever it is opened with."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings, strategies as st

from bot.ui.codec import decode, encode
from bot.ui.reply import File, Reply
from bot.ui.table import XLSX, as_csv, as_xlsx

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
        strings = ET.fromstring(folder.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        sheet = folder.read("xl/worksheets/sheet1.xml").decode()
        assert not any("externalLink" in name or "_rels/sheet1" in name for name in folder.namelist())
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    cells = ET.fromstring(sheet).iter(f"{{{NS['m']}}}c")  # noqa: S314 - our own file
    assert all(cell.get("t") == "s" for cell in cells)
    return ["".join(t.text or "" for t in item.iter(f"{{{NS['m']}}}t")) for item in strings]


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
    assert texts(as_xlsx([[cell, "safe"]], NOW)) == [cell, "safe"]


def test_the_same_rows_give_the_same_workbook() -> None:
    rows = [["Day", "What"], ["2026-03-09", "Sent a message"]]
    assert as_xlsx(rows, NOW) == as_xlsx(rows, NOW)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_a_file_of_bytes_survives_being_kept(data: bytes) -> None:
    reply = Reply((File.of_bytes("my-record.xlsx", XLSX, data),))
    assert decode(encode(reply)) == reply
    (file,) = decode(encode(reply)).parts
    assert isinstance(file, File)
    assert file.data == data


def test_a_file_of_words_is_sent_as_utf_8() -> None:
    assert File("a.txt", "text/plain", "été").data == "été".encode()


def test_a_day_is_a_day_in_a_workbook_and_nothing_is_an_empty_cell() -> None:
    book = as_xlsx([["Due", "Then"], [date(2026, 3, 9), None]], NOW)
    with zipfile.ZipFile(io.BytesIO(book)) as folder:
        sheet = folder.read("xl/worksheets/sheet1.xml").decode()
        styles = folder.read("xl/styles.xml").decode()
    # 9 March 2026, counted from the day that workbooks begin with.
    assert '<c r="A2" s="1"><v>46090</v></c>' in sheet
    assert 'r="B2"' not in sheet
    assert "yyyy-mm-dd" in styles
    assert as_csv([["Due", "Then"], [date(2026, 3, 9), None]]).endswith("2026-03-09,\r\n")
