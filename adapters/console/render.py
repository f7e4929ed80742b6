"""Draws what was seen in a terminal with rich; people's words are plain text there and can format nothing."""

from itertools import count
from typing import assert_never
from zoneinfo import ZoneInfo

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from adapters.console.screen import Seen
from bot.domain.week import Week
from bot.ui import reply as parts
from bot.ui.chart import Chart
from bot.ui.picture.words import words_in
from bot.ui.plain import labelled, marked, ranked
from bot.ui.text import Value
from bot.ui.voice import say

BAR = 12
"""Characters of the longest bar of a chart."""
STYLES = ("blue", "green", "yellow")


def show(console: Console, seen: Seen, zone: ZoneInfo, first_number: int = 1) -> None:
    """Draw one thing seen, with its buttons numbered from `first_number`."""
    rows = [row for part in seen.reply.parts if (row := _part(part, seen.language)) is not None]
    number = count(first_number)
    for words, labels in seen.rows:
        row = "   ".join(f"[{next(number)}] {label}" for label in labels)
        rows.append(Styled(f"{words}:   {row}" if words else row, style="bold cyan"))
    if not rows:
        return
    spaced = [each for row in rows for each in (row, Styled(""))][:-1]
    title = Styled(f"{seen.to}  {seen.at.astimezone(zone):%Y-%m-%d %H:%M}")
    border = "red" if seen.error else "green" if seen.visibility == "shared" else "blue"
    console.print(Panel(Group(*spaced), title=title, title_align="left", border_style=border))


def _part(part: parts.Part, language: str) -> RenderableType | None:  # noqa: C901, PLR0911 - one way out for each kind
    match part:
        case parts.Heading():
            return Styled(say(part.text, language), style="bold")
        case parts.Paragraph():
            return Styled(say(part.text, language))
        case parts.Note():
            return Styled(say(part.text, language), style="dim italic")
        case parts.Fields():
            return _lines([labelled(label, words) for label, words in part.rows], language)
        case parts.Listing():
            return Styled("\n".join(f"{mark} {say(item, language)}" for mark, item in marked(part, "•")))
        case parts.Ranking():
            return _lines([ranked(place) for place in part.places], language)
        case parts.Image():
            return _chart(part.chart, language)
        case parts.Link():
            return Styled(f"{say(part.label, language)} {part.url}")
        case parts.Buttons() | parts.Menu() | parts.File():
            return None
        case _:
            assert_never(part)


def _lines(rows: list[Value], language: str) -> Styled:
    return Styled("\n".join(say(row, language) for row in rows))


def _chart(chart: Chart, language: str) -> Table:
    """Draw the picture's numbers as bars, because few terminals show pictures."""
    words = words_in(language)
    most = max((max(week.leads, week.asks, week.meetings) for week in chart.weeks), default=0) or 1
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("", words.leads, words.asks, words.meetings):
        table.add_column(heading, no_wrap=True)
    for week in chart.weeks:
        monday = Week.from_key(week.week).monday
        counts = zip((week.leads, week.asks, week.meetings), STYLES, strict=True)
        bars = (Styled(f"{'█' * round(number * BAR / most)} {words.number(number)}", style) for number, style in counts)
        table.add_row(words.week(monday), *bars)
    return table
