"""Writes the parts of the chart as SVG; every part is an element, so nothing in it can become another."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.ui.picture.columns import Column, Figure
from bot.ui.picture.goal import Strip
from bot.ui.picture.page import Box, Label
from bot.ui.picture.rows import Row

# The colours of Okabe and Ito: people with any kind of colour blindness tell them apart.
STYLE = """
.paper { fill: #ffffff } .ink { fill: #1f2933 } .quiet { fill: #52606d }
.line { fill: #d3dae2 } .band { fill: #eef3f8 }
.leads { fill: #0072b2 } .asks { fill: #d55e00 } .meetings { fill: #009e73 }
"""
ROUND = 7
"""How round the top of a column is."""


class Drawing:
    """An SVG that grows, part by part."""

    def __init__(self, width: int, height: int) -> None:
        size = {"width": str(width), "height": str(height)}
        self._svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", **size})
        SubElement(self._svg, "style").text = STYLE
        self._put("rect", "paper", **size)

    def words(self, label: Label | None, kind: str = "ink") -> None:
        """Draw words, where there are some."""
        if label is not None:
            self._put("path", kind, transform=f"translate({_n(label.x)} {_n(label.y)})", d=label.path)

    def box(self, box: Box | None, kind: str, corners: float = 0) -> None:
        """Draw a rectangle, where there is one."""
        if box is not None:
            size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": corners}
            self._put("rect", kind, **{name: _n(value) for name, value in size.items()})

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

    def goal(self, strip: Strip) -> None:
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
        """Write it all."""
        return tostring(self._svg, encoding="unicode")

    def _tower(self, box: Box, kind: str) -> None:
        """Draw the top of a column: round above, straight below."""
        turn = min(ROUND, box.height)
        down, across = _n(box.height - turn), _n(box.width - 2 * turn)
        arcs = f"q0 {_n(-turn)} {_n(turn)} {_n(-turn)}h{across}q{_n(turn)} 0 {_n(turn)} {_n(turn)}"
        self._put("path", kind, d=f"M{_n(box.x)} {_n(box.y + box.height)}v{_n(turn - box.height)}{arcs}v{down}z")

    def _put(self, name: str, kind: str, **attributes: str) -> None:
        SubElement(self._svg, name, {"class": kind, **attributes})


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
