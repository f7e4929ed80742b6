"""Draws a chart as a picture, with libraries and fonts that are loaded when the first one is drawn."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from bot.ui.chart import Chart, MonthlyFigure, PictureError


def draw(chart: Chart, language: str) -> bytes:
    """Draw a chart as a PNG of at most 60 kB; the same chart gives the same bytes.

    Raises:
        PictureError: the drawing library or its fonts are missing.
    """
    try:
        # Drawing needs libraries and fonts that most of the bot's life can do without.
        from bot.ui.picture.paint import paint  # noqa: PLC0415
        from bot.ui.picture.words import words_in  # noqa: PLC0415

        return paint(chart, words_in(language))
    except (ImportError, OSError, ValueError) as error:
        raise PictureError(str(error)) from error


def draw_months(figures: Sequence[MonthlyFigure], language: str) -> Element:
    """Draw figures by month as an SVG, for a page; the same figures give the same picture.

    Raises:
        PictureError: the drawing library or its fonts are missing.
    """
    try:
        from bot.ui.picture.bars import svg  # noqa: PLC0415 - as above
        from bot.ui.picture.words import words_in  # noqa: PLC0415

        return svg(figures, words_in(language))
    except (ImportError, OSError, ValueError) as error:
        raise PictureError(str(error)) from error
