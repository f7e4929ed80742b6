"""Draws what was seen in a terminal with rich; people's words are plain text there and can format nothing."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import assert_never
from zoneinfo import ZoneInfo

from babel.dates import format_date
from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from adapters.console.screen import ScreenEntry
from bot.domain.week import Week
from bot.ui import reply as parts
from bot.ui.chart import Chart
from bot.ui.languages import locale
from bot.ui.picture.words import ChartWords, words_in
from bot.ui.plain import headed, labelled, marked, ranked
from bot.ui.text import Value
from bot.ui.voice import say

BAR = 12
"""Characters of the longest bar of a chart."""
MEASURE = Console(width=500)
"""Measures how many columns something needs; no terminal is wider."""
GAP = "   "
FRAME = 4
"""Columns of the frame around what is shown."""
LOOKS = {parts.Heading: "bold", parts.Paragraph: "", parts.Note: "dim italic"}
STYLES = ("blue", "green", "yellow")


def show(console: Console, seen: ScreenEntry, zone: ZoneInfo, first_number: int = 1) -> None:
    """Draw one thing seen, with its buttons numbered from `first_number`, each beside what it belongs to."""
    number = count(first_number)
    drawn = (_part(part, seen.language, number, console.width - FRAME) for part in seen.reply.parts)
    rows = [row for row in drawn if row is not None]
    if not rows:
        return
    spaced = [part for row in rows for part in (row, Styled(""))][:-1]
    title = Styled(f"{seen.to}  {seen.at.astimezone(zone):%Y-%m-%d %H:%M}")
    border = "red" if seen.error else "green" if seen.visibility == "shared" else "blue"
    console.print(Panel(Group(*spaced), title=title, title_align="left", border_style=border))


def _buttons(labels: Iterable[str], number: Iterator[int], width: int, words: str = "") -> Styled | None:
    """Write numbered buttons, as many in a line as fit whole."""
    lines = [words] if words else []
    for label in labels:
        shown = f"[{next(number)}] {label}"
        if lines and len(lines[-1]) + len(GAP) + len(shown) <= width:
            lines[-1] += f"{GAP}{shown}"
        else:
            lines.append(shown)
    return Styled("\n".join(lines), style="bold cyan") if lines else None


def _part(part: parts.Part, language: str, number: Iterator[int], width: int) -> RenderableType | None:  # noqa: C901, PLR0911 - one way out for each kind
    match part:
        case parts.Heading() | parts.Paragraph() | parts.Note():
            return Styled(say(part.text, language), style=LOOKS[type(part)])
        case parts.Fields():
            return _lines([labelled(label, words) for label, words in part.rows], language)
        case parts.Listing():
            return Styled("\n".join(f"{mark} {say(item, language)}" for mark, item in marked(part, "•")))
        case parts.Ranking():
            return _lines(ranked(part), language)
        case parts.Image():
            chart = _chart(part.chart, language)
            needs = Measurement.get(MEASURE, MEASURE.options, chart).maximum
            return chart if needs <= width else _narrow_chart(part.chart, language)
        case parts.Link():
            return Styled(f"{say(part.label, language)} {part.url}")
        case parts.Buttons():
            return _buttons((say(button.label, language) for button in part.buttons), number, width)
        case parts.Menu():
            return _buttons(
                (say(button.label, language) for button in part.options),
                number,
                width,
                say(headed(part.label), language),
            )
        case parts.File():
            return None
        case _:
            assert_never(part)


def _lines(rows: list[Value], language: str) -> Styled:
    return Styled("\n".join(say(row, language) for row in rows))


def _chart(chart: Chart, language: str) -> Table:
    """Draw the picture's numbers as bars, because few terminals show pictures."""
    words = words_in(language)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("", words.leads, words.asks, words.meetings):
        table.add_column(heading, no_wrap=True)
    for week, bars in zip(chart.weeks, _bars(chart, words), strict=True):
        table.add_row(words.week(Week.from_key(week.week).monday), *bars)
    return table


def _narrow_chart(chart: Chart, language: str) -> Group:
    """Draw the same bars one below the other, for a narrow terminal."""
    words = words_in(language)
    rows = _bars(chart, words)
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for at, name in enumerate((words.leads, words.asks, words.meetings)):
        table.add_row(Styled(name, style="bold"), "")
        for week, bars in zip(chart.weeks, rows, strict=True):
            day = format_date(Week.from_key(week.week).monday, "d MMM", locale(language))
            table.add_row(day, bars[at])
    return Group(table)


def _bars(chart: Chart, words: ChartWords) -> list[list[Styled]]:
    """Draw the three bars of each week, each with as much of its number as may be told."""
    counts = [(week.leads, week.asks, week.meetings) for week in chart.weeks]
    most = max(map(max, counts), default=0) or 1
    return [
        [
            Styled(f"{'█' * round(number * BAR / most)} {words.amount(number, week.told)}".strip(), style)
            for number, style in zip(numbers, STYLES, strict=True)
        ]
        for week, numbers in zip(chart.weeks, counts, strict=True)
    ]
