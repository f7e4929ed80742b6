"""Small charts side by side, one for each figure: a bar for each month, the months of now in strong colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.domain.digest import Disclosure
from bot.ui.chart import MonthBar, MonthlyFigure
from bot.ui.picture.outlines import Outlines
from bot.ui.picture.page import MARGIN, WIDTH, Box, Canvas, Space
from bot.ui.picture.words import ChartWords

ACROSS = 3
"""Charts in a row."""
BETWEEN, TALL = 36, 250
"""Pixels between two charts, and of a row of them."""
TITLE, TOP, GROUND, MONTH = 40, 84, 188, 216
"""Where the title, the highest bar, the ground and the months stand in a row, in pixels from above."""
WIDEST, SMALLEST, CORNERS = 34, 4, 2
"""Of a bar: its width at most, its height at least, and how round its corners are."""

STYLE = """
.chart-ink { fill: #1f2933 } .chart-quiet { fill: #52606d } .chart-line { fill: #d3dae2 }
.chart-now { fill: #0072b2 } .chart-before { fill: #a9c9e2 }
"""
"""Each kind has a name of its own, because the style of a drawing reaches the page around it."""


def svg(figures: Sequence[MonthlyFigure], words: ChartWords) -> Element:
    """Draw the charts, in outlines only."""
    wide = (WIDTH - 2 * MARGIN - (ACROSS - 1) * BETWEEN) / ACROSS
    high = -(-len(figures) // ACROSS) * TALL
    charts = _Charts(Canvas(words), Outlines(Box(MARGIN, 0, WIDTH - 2 * MARGIN, high), STYLE))
    for n, figure in enumerate(figures):
        charts.chart(figure, Space(MARGIN + n % ACROSS * (wide + BETWEEN), n // ACROSS * TALL, wide))
    return charts.outlines.svg


@dataclass(frozen=True, slots=True)
class _Charts:
    """Lays the charts out on a page, and draws them."""

    page: Canvas
    outlines: Outlines

    def chart(self, figure: MonthlyFigure, at: Space) -> None:
        """Draw one figure: its title, its bars, and the line they stand on."""
        highest = max((month.number for month in figure.months), default=0)
        slot = at.width / max(len(figure.months), 1)
        title = Space(at.x, at.y + TITLE, at.width)
        self.outlines.words(self.page.label(figure.name, title, 23, bold=True), "chart-ink")
        for n, month in enumerate(figure.months):
            self._month(month, figure.below, Box(at.x + slot * n, at.y, slot, (GROUND - TOP) / max(highest, 1)))
        self.outlines.box(self.page.box(at.x, at.y + GROUND, at.width, 2), "chart-line", CORNERS)

    def _month(self, month: MonthBar, below: int, slot: Box) -> None:
        """Draw one month: its bar where there is a number, and its words."""
        page, middle = self.page, slot.x + slot.width / 2
        ground, wide, high = slot.y + GROUND, min(slot.width * 0.7, WIDEST), 0.0
        amount = f"<{page.words.number(below)}"
        if month.told is not Disclosure.NOTHING:
            high = max(month.number * slot.height, SMALLEST)
            amount = page.words.amount(month.number, month.told)
            bar = page.box(middle - wide / 2, ground - high, wide, high)
            self.outlines.box(bar, "chart-now" if month.now else "chart-before", CORNERS)
        above = Space(middle, ground - high - 9, slot.width + 4, 0.5)
        kind = "chart-ink" if month.now else "chart-quiet"
        self.outlines.words(page.label(amount, above, 19, bold=month.now), kind)
        beneath = Space(middle, slot.y + MONTH, slot.width, 0.5)
        self.outlines.words(page.label(page.words.month(month.month), beneath, 18), "chart-quiet")
