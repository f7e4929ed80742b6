"""Turns words into outlines, so that every name is drawn alike everywhere and no name is ever markup.

The letters are shaped here and not by resvg: its own text loses letters where two fonts meet in a line.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import uharfbuzz as hb
from wcwidth import iter_graphemes

from bot.ui.picture.direction import in_sight_order, leftward, starts_leftward
from bot.ui.picture.fonts import FontFace, covering, faces, font, region
from bot.ui.picture.pen import DrawnLine, Glyph

LONGEST = 400
"""Characters of a text that are looked at; no more fit into a line."""
ROUNDING = 0.01
"""Pixels by which a line that was scaled to its space may be wider."""
SMALLER = 0.82
"""Words are drawn down to this share of their size before they are cut."""
# How far letters may reach above and below the base line, in sizes.
HIGHEST, LOWEST = 1.2, 0.65
JOINERS = "\u200c\u200d\ufe0e\ufe0f"
SHAPELESS = frozenset({"Cc", "Cf", "Co", "Cs"})
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Lettering:
    """How big and how heavy letters are (pixels, font weight), and the language they are written in."""

    size: float
    weight: int
    language: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Drawn words: an SVG path that starts at 0, 0 on the base line, and its width in pixels."""

    path: str
    width: float


def outline(text: str, style: Lettering, width: float) -> Outline | None:
    """Draw words on one line: too long, they are drawn smaller, then cut with an ellipsis.

    None when a letter has no font, nothing is left to show, or marks piled on marks leave the line.
    """
    letters = list(iter_graphemes(drawable(text)))
    among = faces(region(text, style.language))
    if not letters or not all(covering(letter, among) for letter in letters):
        return None
    line = _set(letters, among, style)
    if line.width > width:
        style = replace(style, size=style.size * max(width / line.width, SMALLER))
        line = _cut(letters, among, style, width)
    if line is None:
        return None
    ink = line.drawn()
    if -ink.top > HIGHEST * style.size or ink.bottom > LOWEST * style.size:
        return None
    return Outline(ink.path(), line.width)


def drawable(text: str) -> str:
    """Drop what has no shape (controls, marks of direction), and make every space one space."""
    visible = "".join(_visible(c) for c in unicodedata.normalize("NFC", text[:LONGEST]))
    return " ".join(visible.split()).strip(JOINERS + " ")


def _visible(c: str) -> str:
    if c.isspace():
        return " "
    return c if c in JOINERS or unicodedata.category(c) not in SHAPELESS else ""


def _cut(letters: Sequence[str], among: tuple[FontFace, ...], style: Lettering, width: float) -> DrawnLine | None:
    whole = _set(letters, among, style)
    if whole.width <= width + ROUNDING:
        return whole
    best: DrawnLine | None = None
    fits, too_long = 0, len(letters)
    while too_long - fits > 1:
        # Letters are joined and kerned, so their widths do not add up: each length is set and measured.
        middle = (fits + too_long) // 2
        shortened = letters[: middle - 1] if letters[middle - 1] == " " else letters[:middle]
        line = _set([*shortened, ELLIPSIS], among, style)
        if line.width <= width:
            fits, best = middle, line
        else:
            too_long = middle
    return best


def _set(letters: Sequence[str], among: tuple[FontFace, ...], style: Lettering) -> DrawnLine:
    ways = leftward(letters)
    marked = [(way, covering(letter, among), letter) for way, letter in zip(ways, letters, strict=True)]
    pieces = [
        (way, (face, "".join(letter for *_, letter in group)))
        for (way, face), group in groupby(marked, key=lambda mark: mark[:2])
    ]
    line = DrawnLine()
    for way, (face, piece) in in_sight_order(pieces, base=starts_leftward(letters)):
        if face is not None:
            _shape(piece, font(face, style.weight), style, line, leftwards=way)
    return line


def _shape(piece: str, opened: hb.Font, style: Lettering, line: DrawnLine, *, leftwards: bool) -> None:
    buffer = hb.Buffer()
    buffer.add_str(piece)
    buffer.direction = "rtl" if leftwards else "ltr"
    # Set by hand: HarfBuzz would take the machine's own language, and no two machines would draw alike.
    buffer.language = style.language
    buffer.guess_segment_properties()
    hb.shape(opened, buffer)
    scale = style.size / opened.face.upem
    for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        at = (line.width + position.x_offset * scale, -position.y_offset * scale)
        line.glyphs.append(Glyph(opened, glyph.codepoint, scale, at))
        line.width += position.x_advance * scale
