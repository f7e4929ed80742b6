"""The weeks of the chart: one stacked column a week, and the last week's numbers above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.digest import Disclosure
from bot.ui.chart import WeekTotals
from bot.ui.picture.page import MARGIN, Box, Canvas, Label, Space

WEEKS = 8
TOP, GROUND = 248, 464
"""Where the highest column ends and where all columns stand, in pixels from above."""
ABOVE, DAY, MONTH = 12, 32, 60
"""Pixels from a column up to its sum, and from the ground down to its day and its month."""
FEWEST_SLOTS, WIDEST = 4, 56
"""The width is shared by at least this many weeks; and the widest column, in pixels."""
GAP = 2
"""Pixels between two segments."""
SMALLEST = 5
"""Pixels of the lowest segment, so that a single action is seen beside hundreds."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One kind of action in a column."""

    kind: str
    box: Box


@dataclass(frozen=True, slots=True)
class Column:
    """One week: its segments from the ground up, its labels, and the band behind the last week."""

    segments: tuple[Segment, ...]
    total: Label | None
    day: Label | None
    month: Label | None
    behind: Box | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the last week's numbers, with what it counts and the colour it has in the columns."""

    kind: str
    swatch: Box
    number: Label | None
    name: Label | None


def figures(page: Canvas, week: WeekTotals, right: float) -> tuple[Figure, ...]:
    """Lay out the last week's numbers, which are the key to the colours too."""
    words = page.words
    step = min((right - MARGIN) / 3, 180)
    shown = (
        ("leads", week.leads, words.leads),
        ("asks", week.asks, words.asks),
        ("meetings", week.meetings, words.meetings),
    )
    return tuple(
        Figure(
            kind,
            page.box(MARGIN + step * n, 107, 8, 66),
            page.label(
                page.words.amount(number, week.told), Space(MARGIN + step * n + 22, 138, step - 30), 40, bold=True
            ),
            page.label(name, Space(MARGIN + step * n + 22, 170, step - 30), 23),
        )
        for n, (kind, number, name) in enumerate(shown)
    )


def columns(page: Canvas, weeks: Sequence[WeekTotals], right: float) -> tuple[Column, ...]:
    """Lay out the columns, oldest week first."""
    slot = (right - MARGIN) / max(len(weeks), FEWEST_SLOTS)
    highest = max((_total(week) for week in weeks), default=0)
    mondays = [monday(week) for week in weeks]
    return tuple(
        _column(
            page,
            week,
            Box(MARGIN + slot * n, TOP, slot, (GROUND - TOP) / max(highest, 1)),
            month=n == 0 or mondays[n].month != mondays[n - 1].month,
            last=n == len(weeks) - 1,
        )
        for n, week in enumerate(weeks)
    )


def monday(week: WeekTotals) -> date:
    """Give the day on which a week starts."""
    return date.fromisocalendar(*divmod(week.week, 100), 1)


def _sum(page: Canvas, week: WeekTotals, space: Space, *, bold: bool) -> Label | None:
    """Write the sum of a week; none where nothing may be said, or three small numbers say nothing together."""
    total = _total(week)
    if week.told is Disclosure.NOTHING or (week.told is Disclosure.ABOUT and not total):
        return None
    return page.label(page.words.amount(total, week.told), space, 22, bold=bold)


def _total(week: WeekTotals) -> int:
    return week.leads + week.asks + week.meetings


def _segments(page: Canvas, week: WeekTotals, slot: Box) -> tuple[Segment, ...]:
    wide = min(slot.width * 0.66, WIDEST)
    left = slot.x + (slot.width - wide) / 2
    ground = float(GROUND)
    segments: list[Segment] = []
    for kind, count in (("leads", week.leads), ("asks", week.asks), ("meetings", week.meetings)):
        # What is only told about may be more than none, and has its place in the column.
        if count > 0 or week.told is Disclosure.ABOUT:
            height = max(count * slot.height, SMALLEST)
            ground -= height
            segments.append(Segment(kind, page.box(left, ground, wide, height - GAP)))
    return tuple(segments)


def _column(page: Canvas, week: WeekTotals, slot: Box, *, month: bool, last: bool) -> Column:
    middle, words, day = slot.x + slot.width / 2, page.words, monday(week)
    segments = _segments(page, week, slot)
    top = segments[-1].box.y if segments else GROUND
    foot = MONTH if month else DAY
    above_it = Space(middle, top - ABOVE, slot.width + 8, 0.5)
    below_it = Space(middle, GROUND + MONTH, slot.width * 1.4, 0.5)
    return Column(
        segments,
        total=_sum(page, week, above_it, bold=last),
        day=page.label(str(day.day), Space(middle, GROUND + DAY, slot.width, 0.5), 22, bold=last),
        month=page.label(words.month(day), below_it, 20) if month else None,
        behind=page.box(slot.x + 1, TOP - 44, slot.width - 2, GROUND + foot + 14 - TOP + 44) if last else None,
    )
