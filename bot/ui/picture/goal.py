"""The goal of the circle in the chart: one bar below everything, with no names."""

from dataclasses import dataclass

from bot.ui.chart import GoalBar
from bot.ui.picture.page import HEIGHT, MARGIN, WIDTH, Box, Canvas, Label, Space

TALL = 100
"""Pixels that the bar adds to the picture."""
LONG, THICK = WIDTH - 2 * MARGIN, 22
WORDS, BAR = HEIGHT + 20, HEIGHT + 40
"""Where the words stand and where the bar begins, in pixels from above."""


@dataclass(frozen=True, slots=True)
class GoalStrip:
    """The words of the goal, the whole bar, and the part of it that is reached."""

    title: Label | None
    amount: Label | None
    whole: Box
    part: Box | None


def strip(page: Canvas, goal: GoalBar) -> GoalStrip:
    """Lay the bar out; it is full when the goal is reached, and never longer."""
    words = page.words
    amount = f"{words.amount(goal.steps, goal.told)} / {words.number(goal.goal)}"
    reached = min(goal.steps / max(goal.goal, 1), 1) * LONG
    return GoalStrip(
        page.label(words.goal, Space(MARGIN, WORDS, LONG / 2), 26, bold=True),
        page.label(amount, Space(WIDTH - MARGIN, WORDS, LONG / 2, 1), 26, bold=True),
        page.box(MARGIN, BAR, LONG, THICK),
        page.box(MARGIN, BAR, max(reached, THICK), THICK) if goal.steps else None,
    )
