"""Writes the parts of the digest's chart as SVG."""

from collections.abc import Sequence
from xml.etree.ElementTree import tostring

from bot.ui.picture.columns import Column, Figure
from bot.ui.picture.goal import GoalStrip
from bot.ui.picture.outlines import Outlines, number
from bot.ui.picture.page import Box
from bot.ui.picture.rows import Row

# The colours of Okabe and Ito: people with any kind of colour blindness tell them apart.
STYLE = """
.paper { fill: #ffffff } .ink { fill: #1f2933 } .quiet { fill: #52606d }
.line { fill: #d3dae2 } .band { fill: #eef3f8 }
.leads { fill: #0072b2 } .asks { fill: #d55e00 } .meetings { fill: #009e73 }
"""
ROUND = 7
"""How round the top of a column is."""


class Drawing(Outlines):
    """The chart of a digest."""

    def __init__(self, width: int, height: int) -> None:
        paper = Box(0, 0, width, height)
        super().__init__(paper, STYLE)
        self.shape("rect", "paper", width=str(width), height=str(height))

    def figures(self, figures: Sequence[Figure]) -> None:
        """Draw the last week's numbers."""
        for figure in figures:
            self.box(figure.swatch, figure.kind, 4)
            self.words(figure.number)
            self.words(figure.name, "quiet")

    def columns(self, columns: Sequence[Column]) -> None:
        """Draw the weeks."""
        for column in columns:
            self.box(column.behind, "band", 8)
            for segment in column.segments[:-1]:
                self.box(segment.box, segment.kind)
            for top in column.segments[-1:]:
                self._tower(top.box, top.kind)
            kind = "ink" if column.behind else "quiet"
            self.words(column.total, kind)
            self.words(column.day, kind)
            self.words(column.month, "quiet")

    def goal(self, strip: GoalStrip) -> None:
        """Draw the bar of the goal, with its words above it."""
        self.words(strip.title)
        self.words(strip.amount)
        self.box(strip.whole, "line", 11)
        self.box(strip.part, "meetings", 11)

    def rows(self, rows: Sequence[Row]) -> None:
        """Draw the board."""
        for row in rows:
            self.words(row.place, "quiet")
            self.words(row.name, "ink" if row.named else "quiet")
            self.box(row.bar, "leads", 5)
            self.words(row.score)

    def written(self) -> str:
        """Write the whole picture as SVG."""
        return tostring(self.svg, encoding="unicode")

    def _tower(self, box: Box, kind: str) -> None:
        """Draw the top of a column: round above, straight below."""
        turn = min(ROUND, box.height)
        down, across = number(box.height - turn), number(box.width - 2 * turn)
        arcs = (
            f"q0 {number(-turn)} {number(turn)} {number(-turn)}h{across}q{number(turn)} 0 {number(turn)} {number(turn)}"
        )
        self.shape(
            "path", kind, d=f"M{number(box.x)} {number(box.y + box.height)}v{number(turn - box.height)}{arcs}v{down}z"
        )
