"""Pages to show to somebody outside, as HTML that needs nothing else: they look the same on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, tostring

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
    """Write pages in a language, each on paper of its own; every word is escaped, so what a person typed stays words."""
    spoken: dict[Value, str] = {}
    papers = "".join(f"<article>{''.join(_Sheet(language, spoken).parts(page))}</article>" for page in pages)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}" dir="{"rtl" if right_to_left(language) else "ltr"}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(say(pages[0].title, language))}</title><style>{STYLE}</style></head><body>{papers}</body></html>\n"
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Writes one page."""

    language: str
    spoken: dict[Value, str]
    """What was said already: a long record has the same few days, people and results on thousands of lines."""

    def parts(self, page: PrintedPage) -> Iterator[str]:
        """Write all of a page, part by part."""
        yield f"<h1>{self._said(page.title)}</h1>"
        for line in page.below:
            yield f'<p class="below">{self._said(line)}</p>'
        yield from self._by_hand(page.fields)
        yield from self._table(page.table)
        for picture, alt in page.pictures:
            drawn = tostring(picture, encoding="unicode", method="html")
            yield f'<figure role="img" aria-label="{self._said(alt)}">{drawn}</figure>'
        yield from self._notes(page)
        yield from self._by_hand([(label, None) for label in page.signed])

    def _said(self, words: Value) -> str:
        """Say words in the language, so that nothing in them is markup."""
        escaped = self.spoken.get(words)
        if escaped is None:
            escaped = self.spoken[words] = escape(say(words, self.language))
        return escaped

    def _by_hand(self, fields: Sequence[tuple[Value, Value | None]]) -> Iterator[str]:
        """Write each field; one that is not known gets a line to write on."""
        if fields:
            yield '<div class="fields">'
            for label, value in fields:
                filled_in = '<span class="line"></span>' if value is None else f"<b>{self._said(value)}</b>"
                yield f"<p><span>{self._said(label)}</span>{filled_in}</p>"
            yield "</div>"

    def _table(self, content: PrintedTable) -> Iterator[str]:
        """Write a table; where it has figures, the first cell of each row is its title."""
        kinds = [' class="whole"' if n == content.whole else "" for n in range(len(content.head))]
        yield f'<div class="wide"><table class="{"words" if content.in_words else "figures"}"><thead><tr>'
        for kind, cell in zip(kinds, content.head, strict=True):
            yield f'<th{kind} scope="col">{self._said(cell)}</th>'
        yield "</tr></thead><tbody>"
        for row in content.rows:
            first, *others = zip(kinds, row, strict=True)
            cells = "".join([f"<td{kind}>{self._said(cell)}</td>" for kind, cell in others])
            yield f'<tr><th{first[0]} scope="row">{self._said(first[1])}</th>{cells}</tr>'
        yield "</tbody></table></div>"

    def _notes(self, page: PrintedPage) -> Iterator[str]:
        if page.explained is None and not page.notes:
            return
        yield "<section>"
        if page.explained is not None:
            yield f"<h2>{self._said(page.explained)}</h2>"
        yield "<ul>"
        for note in page.notes:
            yield f"<li>{self._said(note)}</li>"
        yield "</ul></section>"
