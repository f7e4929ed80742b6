"""Small charts side by side, one for each figure: a bar for each month, the months of now in strong colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.domain.digest import Told
from bot.ui.chart import MonthBar, MonthlyFigure
from bot.ui.picture.page import MARGIN, WIDTH, Box, Canvas, Label, Space
from bot.ui.picture.words import ChartWords

ACROSS = 3
"""Charts in a row."""
BETWEEN, TALL = 36, 250
"""Pixels between two charts, and of a row of them."""
TITLE, TOP, GROUND, MONTH = 40, 84, 188, 216
"""Where the title, the highest bar, the ground and the months stand in a row, in pixels from above."""
WIDEST, SMALLEST = 34, 4


@dataclass(frozen=True, slots=True)
class DrawnMonth:
    """One month: its bar where there is a number, and its words."""

    box: Box | None
    now: bool
    amount: Label | None
    month: Label | None


@dataclass(frozen=True, slots=True)
class SmallChart:
    """One figure: its title, its bars, and the line they stand on."""

    title: Label | None
    bars: tuple[DrawnMonth, ...]
    ground: Box


def svg(figures: Sequence[MonthlyFigure], words: ChartWords) -> str:
    """Write the charts as one SVG that holds outlines only."""
    page = Canvas(words)
    wide = (WIDTH - 2 * MARGIN - (ACROSS - 1) * BETWEEN) / ACROSS
    charts = [
        _chart(page, figure, Space(MARGIN + n % ACROSS * (wide + BETWEEN), n // ACROSS * TALL, wide))
        for n, figure in enumerate(figures)
    ]
    return _template().render(
        margin=MARGIN, width=WIDTH - 2 * MARGIN, height=-(-len(figures) // ACROSS) * TALL, charts=charts
    )


def _chart(page: Canvas, figure: MonthlyFigure, at: Space) -> SmallChart:
    highest = max((month.number for month in figure.months), default=0)
    slot = at.width / max(len(figure.months), 1)
    return SmallChart(
        page.label(figure.name, Space(at.x, at.y + TITLE, at.width), 23, bold=True),
        tuple(
            _bar(page, month, figure.below, Box(at.x + slot * n, at.y, slot, (GROUND - TOP) / max(highest, 1)))
            for n, month in enumerate(figure.months)
        ),
        page.box(at.x, at.y + GROUND, at.width, 2),
    )


def _bar(page: Canvas, month: MonthBar, below: int, slot: Box) -> DrawnMonth:
    middle, wide = slot.x + slot.width / 2, min(slot.width * 0.7, WIDEST)
    is_told = month.told is not Told.NOTHING
    high = max(month.number * slot.height, SMALLEST) if is_told else 0
    words = page.words.amount(month.number, month.told) if is_told else f"<{page.words.number(below)}"
    ground = slot.y + GROUND
    amount = Space(middle, ground - high - 9, slot.width + 4, 0.5)
    return DrawnMonth(
        page.box(middle - wide / 2, ground - high, wide, high) if is_told else None,
        month.now,
        page.label(words, amount, 19, bold=month.now),
        page.label(page.words.month(month.month), Space(middle, slot.y + MONTH, slot.width, 0.5), 18),
    )


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("bars.svg.j2")
