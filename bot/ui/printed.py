"""A page to show to somebody outside, as HTML that needs nothing else: it looks the same on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.ui.languages import right_to_left
from bot.ui.text import Value
from bot.ui.voice import say


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What stands on the page, from above: titles, a table, pictures, and how it was counted."""

    title: Value
    below: Sequence[Value]
    head: Sequence[Value]
    rows: Sequence[Sequence[Value]]
    pictures: Sequence[tuple[str, Value]]
    """Each an SVG, with the words that stand for it."""
    explained: Value
    notes: Sequence[Value]


def as_html(page: PrintedPage, language: str) -> str:
    """Write a page in a language; whatever a person typed is escaped."""
    # Few ask for a page, and starting must not wait for the library.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    def said(values: Sequence[Value]) -> list[str]:
        return [say(value, language) for value in values]

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("printed.html.j2").render(
        language=language,
        direction="rtl" if right_to_left(language) else "ltr",
        title=say(page.title, language),
        below=said(page.below),
        head=said(page.head),
        rows=[said(row) for row in page.rows],
        pictures=[(svg, say(alt, language)) for svg, alt in page.pictures],
        explained=say(page.explained, language),
        notes=said(page.notes),
    )
