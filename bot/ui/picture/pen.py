"""Writes the outlines of letters as an SVG path."""

from dataclasses import dataclass, field

import uharfbuzz as hb


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shape of a font at its place: the scale from font units to pixels, and the pixels to its origin."""

    font: hb.Font
    number: int
    scale: float
    at: tuple[float, float]


@dataclass(slots=True)
class Ink:
    """A path in the making, with how far it reaches above and below the base line in pixels."""

    scale: float = 1.0
    at: tuple[float, float] = (0.0, 0.0)
    top: float = 0.0
    bottom: float = 0.0
    drawn: list[str] = field(default_factory=list[str])

    def path(self) -> str:
        """Give the path as the `d` of an SVG path."""
        return "".join(self.drawn)

    def write(self, letter: str, *points: float) -> None:
        """Add one command of a path; font units grow upwards, an SVG grows downwards."""
        right, down = self.at
        xs = [right + x * self.scale for x in points[::2]]
        ys = [down - y * self.scale for y in points[1::2]]
        self.top, self.bottom = min(self.top, *ys), max(self.bottom, *ys)
        self.drawn.append(letter + " ".join(f"{x:.2f} {y:.2f}" for x, y in zip(xs, ys, strict=True)))

    def close(self) -> None:
        """End one contour."""
        self.drawn.append("Z")


@dataclass(slots=True)
class DrawnLine:
    """Shaped words: their glyphs from left to right, and their width in pixels."""

    width: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list[Glyph])

    def drawn(self) -> Ink:
        """Draw the glyphs."""
        ink = Ink()
        for glyph in self.glyphs:
            ink.scale, ink.at = glyph.scale, glyph.at
            glyph.font.draw_glyph(glyph.number, PEN, ink)
        return ink


def _pen() -> hb.DrawFuncs:
    # HarfBuzz calls these with the object that `draw_glyph` was given, here an `Ink`.
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, ink: ink.write("M", x, y))
    pen.set_line_to_func(lambda x, y, ink: ink.write("L", x, y))
    pen.set_quadratic_to_func(lambda a, b, x, y, ink: ink.write("Q", a, b, x, y))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, ink: ink.write("C", a, b, c, d, x, y))
    pen.set_close_path_func(Ink.close)
    return pen


PEN = _pen()
