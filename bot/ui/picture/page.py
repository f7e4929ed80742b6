"""The page that a picture is laid out on: where words and boxes stand, mirrored for leftward languages."""

from dataclasses import dataclass

from bot.ui.picture.fonts import BOLD, REGULAR
from bot.ui.picture.lettering import Lettering, outline
from bot.ui.picture.words import ChartWords

WIDTH, HEIGHT = 960, 560
MARGIN = 48


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """Drawn words on the page: the left end of their base line, and their outline."""

    x: float
    y: float
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Space:
    """Where words may stand: they start at x, end at x, or have it in their middle (0, 1, 0.5)."""

    x: float
    y: float
    width: float
    anchor: float = 0.0


@dataclass(frozen=True, slots=True)
class Canvas:
    """Places things from the side at which reading starts."""

    words: ChartWords

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """Place a rectangle."""
        return Box(WIDTH - x - width if self.words.right_to_left else x, y, width, height)

    def label(self, text: str, space: Space, size: float, *, bold: bool = False) -> Label | None:
        """Place words, cut to their space; None when no font covers them."""
        style = Lettering(size, BOLD if bold else REGULAR, self.words.language)
        drawn = outline(text, style, space.width)
        if drawn is None:
            return None
        box = self.box(space.x - space.anchor * drawn.width, space.y, drawn.width, 0)
        return Label(box.x, box.y, drawn.path, drawn.width)
