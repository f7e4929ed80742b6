"""The board of the chart: the top places, a row each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ui.chart import TopPlace
from bot.ui.picture.page import HEIGHT, MARGIN, WIDTH, Box, Canvas, Label, Space

ROWS = 5
LEFT, RIGHT = 596, WIDTH - MARGIN
TOP, STEP = 108, 82
INDENT = 40
LONGEST_BAR = RIGHT - LEFT - INDENT - 60


@dataclass(frozen=True, slots=True)
class Row:
    """One place: its number, its name (or its place in words), its bar and its score."""

    place: Label | None
    name: Label | None
    named: bool
    bar: Box
    score: Label | None


def rows(page: Canvas, places: Sequence[TopPlace]) -> tuple[Row, ...]:
    """Lay out the first rows."""
    best = max((place.score for place in places), default=1)
    return tuple(_row(page, place, TOP + STEP * n, place.score / max(best, 1)) for n, place in enumerate(places[:ROWS]))


def more(page: Canvas, places: Sequence[TopPlace]) -> Label | None:
    """Say how many places did not fit."""
    left_out = len(places) - ROWS
    if left_out <= 0:
        return None
    return page.label(page.words.more(left_out), Space(LEFT + INDENT, HEIGHT - 28, RIGHT - LEFT - INDENT), 22)


def _row(page: Canvas, place: TopPlace, top: float, share: float) -> Row:
    words = page.words
    name_space = Space(LEFT + INDENT, top + 27, RIGHT - LEFT - INDENT)
    name = page.label(place.name, name_space, 26)
    bar = max(share, 0) * LONGEST_BAR
    return Row(
        page.label(words.number(place.place), Space(LEFT, top + 27, INDENT - 6), 26, bold=True),
        # A name that no font covers is shown by its place.
        name or page.label(words.place(place.place), name_space, 26),
        name is not None,
        page.box(LEFT + INDENT, top + 41, bar, 14),
        page.label(words.number(place.score), Space(LEFT + INDENT + bar + 12, top + 56, 60), 22, bold=True),
    )
