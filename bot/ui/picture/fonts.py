"""The fonts, named in the order in which they are asked for a letter."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb

from bot.ui.chart import PictureError

REGULAR, BOLD = 400, 650
SCRIPTS = (
    "", "Hebrew", "Arabic", "Devanagari", "Gurmukhi", "Tamil", "Bengali", "Gujarati", "Telugu", "Kannada",
    "Malayalam", "Oriya", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Ethiopic", "Armenian", "Georgian",
)  # fmt: skip
SCRIPT_FONTS = (*(f"NotoSans{script}[wght].ttf" for script in SCRIPTS), "NotoSansSymbols[wght].ttf")
EMOJI_FONT = "NotoEmoji[wght].ttf"
CJK_FONT = "NotoSansCJK-VF.otf.ttc"
# One file draws the characters of East Asia; each country writes some of them in its own way.
CJK_FACES = {"ja": 0, "ko": 1, "zh": 2}
KANA, HANGUL = ("\u3041", "\u30ff"), ("\uac00", "\ud7a3")


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font of one file."""

    path: str
    index: int = 0


@cache
def folder(package: str) -> Path | None:
    """Find where a package of fonts lies, without running it."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


@cache
def faces(region: str) -> tuple[FontFace, ...]:
    """List the fonts that are here, in order; East Asian letters are drawn as in the region, a language.

    Raises:
        PictureError: no fonts are installed.
    """
    base, east = folder("manimgx_fonts"), folder("manimgx_fonts_cjk")
    if base is None:
        raise PictureError("the fonts for pictures are not installed")
    wanted = [FontFace(str(base / name)) for name in SCRIPT_FONTS]
    if east is not None:
        wanted.append(FontFace(str(east / CJK_FONT), CJK_FACES.get(region, CJK_FACES["zh"])))
    wanted.append(FontFace(str(base / EMOJI_FONT)))
    return tuple(face for face in wanted if Path(face.path).exists())


def region(text: str, language: str) -> str:
    """Choose the language whose East Asian letter forms are drawn: by the text's own script, else the reader's."""
    if any(KANA[0] <= c <= KANA[1] for c in text):
        return "ja"
    if any(HANGUL[0] <= c <= HANGUL[1] for c in text):
        return "ko"
    return language if language in CJK_FACES else "zh"


@cache
def font(face: FontFace, weight: int) -> hb.Font:
    """Open a font at a weight; its file is mapped, not read."""
    opened = hb.Font(hb.Face(hb.Blob.from_file_path(face.path), face.index))
    opened.set_variations({"wght": weight})
    return opened


@lru_cache(4096)
def covering(letter: str, among: tuple[FontFace, ...]) -> FontFace | None:
    """Find the first font that can draw one letter with its marks."""
    return next((face for face in among if _covers(face, letter)), None)


def _covers(face: FontFace, letter: str) -> bool:
    buffer = hb.Buffer()
    buffer.add_str(letter)
    buffer.guess_segment_properties()
    hb.shape(font(face, REGULAR), buffer)
    return all(glyph.codepoint for glyph in buffer.glyph_infos)
