"""Pages to show to somebody outside, as HTML that needs nothing else: they look the same on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.ui.languages import right_to_left
from bot.ui.printed_style import STYLE
from bot.ui.text import Value
from bot.ui.voice import say


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: figures stand at the end of their column, words at its start."""

    head: Sequence[Value]
    rows: Sequence[Sequence[Value]]
    whole: int | None = None
    """The column that stands out."""
    in_words: bool = False
    """Whether it is a list of words and not of figures."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What stands on a page, from above: titles, a table, pictures, and what is said about it."""

    title: Value
    table: PrintedTable
    below: Sequence[Value] = ()
    fields: Sequence[tuple[Value, Value | None]] = ()
    """Who and what it is about; None is a line to write on."""
    pictures: Sequence[tuple[Element, Value]] = ()
    """Each an SVG, with the words that stand for it."""
    explained: Value | None = None
    notes: Sequence[Value] = ()
    signed: Sequence[Value] = ()
    """What is written by hand at the end, each beside a line."""


def as_html(pages: Sequence[PrintedPage], language: str) -> str:
    """Write pages in a language, each on paper of its own; its parts are elements, so what a person typed stays words."""
    html = Element("html", lang=language, dir="rtl" if right_to_left(language) else "ltr")
    head, body = SubElement(html, "head"), SubElement(html, "body")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = say(pages[0].title, language)
    SubElement(head, "style").text = STYLE
    spoken: dict[Value, str] = {}
    for page in pages:
        _Sheet(SubElement(body, "article"), language, spoken).write(page)
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page that is being written."""

    paper: Element
    language: str
    spoken: dict[Value, str]
    """What was said already: a long record has the same few days, people and results on thousands of lines."""

    def write(self, page: PrintedPage) -> None:
        """Write all of a page."""
        self._put(self.paper, "h1", page.title)
        for line in page.below:
            self._put(self.paper, "p", line, "below")
        self._by_hand(page.fields)
        self._table(page.table)
        for picture, alt in page.pictures:
            SubElement(self.paper, "figure", {"role": "img", "aria-label": say(alt, self.language)}).append(picture)
        self._notes(page)
        self._by_hand([(label, None) for label in page.signed])

    def _put(self, parent: Element, tag: str, words: Value, kind: str = "", **attributes: str) -> Element:
        if kind:
            attributes["class"] = kind
        element = SubElement(parent, tag, attributes)
        if words not in self.spoken:
            self.spoken[words] = say(words, self.language)
        element.text = self.spoken[words]
        return element

    def _by_hand(self, fields: Sequence[tuple[Value, Value | None]]) -> None:
        """Write each field; one that is not known gets a line to write on."""
        if not fields:
            return
        block = SubElement(self.paper, "div", {"class": "fields"})
        for label, value in fields:
            field = SubElement(block, "p")
            self._put(field, "span", label)
            if value is None:
                SubElement(field, "span", {"class": "line"})
            else:
                self._put(field, "b", value)

    def _table(self, content: PrintedTable) -> None:
        """Write a table; where it has figures, the first cell of each row is its title."""
        table = SubElement(SubElement(self.paper, "div", {"class": "wide"}), "table")
        table.set("class", "words" if content.in_words else "figures")
        head = SubElement(SubElement(table, "thead"), "tr")
        for n, cell in enumerate(content.head):
            self._put(head, "th", cell, "whole" if n == content.whole else "", scope="col")
        rows = SubElement(table, "tbody")
        for row in content.rows:
            line = SubElement(rows, "tr")
            for n, cell in enumerate(row):
                kind = "whole" if n == content.whole else ""
                self._put(line, "td", cell, kind) if n else self._put(line, "th", cell, kind, scope="row")

    def _notes(self, page: PrintedPage) -> None:
        if page.explained is None and not page.notes:
            return
        section = SubElement(self.paper, "section")
        if page.explained is not None:
            self._put(section, "h2", page.explained)
        notes = SubElement(section, "ul")
        for note in page.notes:
            self._put(notes, "li", note)
