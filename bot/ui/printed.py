"""A page to show to somebody outside, as HTML that needs nothing else: it looks the same on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.ui.languages import right_to_left
from bot.ui.text import Value
from bot.ui.voice import say

STYLE = """
@page { margin: 15mm }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact }
body { color: #1f2933; font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.5rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem }
p { margin: 0 }
.below { color: #52606d }
.wide { overflow-x: auto }
table { border-collapse: collapse; margin: 1.25rem 0 1rem; width: 100% }
th, td { border-bottom: 1px solid #d3dae2; padding: .45rem .5rem; text-align: end; vertical-align: bottom }
th:first-child { text-align: start }
thead th { border-bottom: 2px solid #1f2933 }
tbody th { font-weight: 500 }
td { font-variant-numeric: tabular-nums; white-space: nowrap }
.whole { background: #eef3f8; font-weight: 650 }
figure { break-inside: avoid; margin: 0 }
figure svg { display: block; height: auto; width: 100% }
ul { color: #52606d; margin: .25rem 0 0; padding-inline-start: 1.2rem }
section, tr { break-inside: avoid }
@media screen and (max-width: 45rem) {
  body { padding: 1rem }
  figure { overflow-x: auto }
  figure svg { width: 40rem }
  th:first-child { background: #fff; inset-inline-start: 0; min-width: 7rem; position: sticky }
  thead th { white-space: nowrap }
}
@media print {
  body { font-size: 9.5pt; line-height: 1.35; max-width: none; padding: 0 }
  h1 { font-size: 16pt }
  table { margin: .7rem 0 .5rem }
  th, td { padding: .25rem .4rem }
}
"""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What stands on the page, from above: titles, a table, pictures, and how it was counted."""

    title: Value
    below: Sequence[Value]
    head: Sequence[Value]
    rows: Sequence[Sequence[Value]]
    whole: int
    """The column that stands out."""
    pictures: Sequence[tuple[Element, Value]]
    """Each an SVG, with the words that stand for it."""
    explained: Value
    notes: Sequence[Value]


def as_html(page: PrintedPage, language: str) -> str:
    """Write a page in a language; its parts are elements, so what a person typed stays words."""
    html = Element("html", lang=language, dir="rtl" if right_to_left(language) else "ltr")
    head, body = SubElement(html, "head"), SubElement(html, "body")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = say(page.title, language)
    SubElement(head, "style").text = STYLE
    SubElement(body, "h1").text = say(page.title, language)
    for line in page.below:
        SubElement(body, "p", {"class": "below"}).text = say(line, language)
    _table(body, page, language)
    for picture, alt in page.pictures:
        SubElement(body, "figure", {"role": "img", "aria-label": say(alt, language)}).append(picture)
    section = SubElement(body, "section")
    SubElement(section, "h2").text = say(page.explained, language)
    notes = SubElement(section, "ul")
    for note in page.notes:
        SubElement(notes, "li").text = say(note, language)
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


def _table(body: Element, page: PrintedPage, language: str) -> None:
    """Write the table; the first cell of each row is its title."""
    table = SubElement(SubElement(body, "div", {"class": "wide"}), "table")
    head = SubElement(SubElement(table, "thead"), "tr")
    for n, cell in enumerate(page.head):
        SubElement(head, "th", {"scope": "col", **_stands_out(page, n)}).text = say(cell, language)
    rows = SubElement(table, "tbody")
    for row in page.rows:
        line = SubElement(rows, "tr")
        for n, cell in enumerate(row):
            kind, about = ("td", {}) if n else ("th", {"scope": "row"})
            SubElement(line, kind, about | _stands_out(page, n)).text = say(cell, language)


def _stands_out(page: PrintedPage, column: int) -> dict[str, str]:
    return {"class": "whole"} if column == page.whole else {}
