"""A workbook of one sheet as XLSX, which is a few small files in a zip; in it, what is text stays text."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from io import BytesIO
from typing import TypeAlias

Cell: TypeAlias = str | int | date | None
"""A day stays a day, so that it can be sorted; None is empty."""
Row: TypeAlias = Sequence[Cell]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, LONGEST = 60, 32_767
"""The widest column, in letters, and the most letters that a spreadsheet takes in a cell."""
_PACKED = 1
"""How hard the zip packs: more makes a long list twice as slow, and a fifth smaller."""
_FIRST_DAY = date(1899, 12, 30).toordinal()
"""From where workbooks count the days."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""When each file in the zip says that it was made, so that the same rows give the same workbook."""
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML does not hold, and what would be taken for one of these that was written out."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_AROUND = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    # The second style is that of a day.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def as_xlsx(rows: Sequence[Row]) -> bytes:
    """Write rows as a workbook; its first row stays in sight, and no text is ever a formula or a link."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        for name, content in (*_AROUND.items(), ("xl/worksheets/sheet1.xml", _sheet(rows))):
            folder.writestr(zipfile.ZipInfo(name, _MADE), _HEAD + content, zipfile.ZIP_DEFLATED, _PACKED)
    return out.getvalue()


def _sheet(rows: Sequence[Row]) -> str:
    names = [_column(place) for place in range(max(map(len, rows), default=0))]
    written = "".join(
        f'<row r="{number}">{"".join(_cells(row, names, number))}</row>' for number, row in enumerate(rows, 1)
    )
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_widths(rows, len(names)), 1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{written}</sheetData></worksheet>"
    )


def _cells(row: Row, names: Sequence[str], number: int) -> Iterator[str]:
    for name, cell in zip(names, row, strict=False):
        match cell:
            case None:
                pass
            case str():
                yield f'<c r="{name}{number}" t="inlineStr"><is><t xml:space="preserve">{_escaped(cell)}</t></is></c>'
            case int():
                yield f'<c r="{name}{number}"><v>{cell}</v></c>'
            case date():
                yield f'<c r="{name}{number}" s="1"><v>{cell.toordinal() - _FIRST_DAY}</v></c>'


def _escaped(cell: str) -> str:
    return escape(_ODD.sub(lambda sign: f"_x{ord(sign[0]):04X}_", cell[:LONGEST]), quote=False)


def _widths(rows: Sequence[Row], columns: int) -> list[int]:
    """Give each column the width of its longest cell; a row of one cell is a remark, which may hang over."""
    widest = [0] * columns
    for row in rows:
        if len(row) > 1:
            for place, cell in enumerate(row):
                if cell is not None and (width := len(cell if isinstance(cell, str) else str(cell))) > widest[place]:
                    widest[place] = width
    return [min(WIDEST, width + 2) for width in widest]


def _column(place: int) -> str:
    """Name a column as spreadsheets do: A to Z, then AA."""
    name = ""
    while place >= 0:
        name = chr(ord("A") + place % 26) + name
        place = place // 26 - 1
    return name
