"""Draws the chart: lays it out as an SVG, and turns that into a PNG."""

import resvg_py

from bot.ui.chart import Chart, PictureError
from bot.ui.picture import columns, goal, rows
from bot.ui.picture.drawn import Drawing
from bot.ui.picture.page import HEIGHT, MARGIN, WIDTH, Canvas, Space
from bot.ui.picture.words import ChartWords

DIVIDER = 560
MOST_BYTES = 60_000
# A page of dense signs can be too many bytes at full size; it is then drawn smaller, and whole.
ZOOMS = (1.0, 0.85, 0.7, 0.5)


def paint(chart: Chart, words: ChartWords) -> bytes:
    """Draw a chart as a PNG.

    Raises:
        PictureError: there is no week to draw, or no size keeps the picture small enough.
    """
    if not chart.weeks:
        raise PictureError("there is no week to draw")
    drawing = svg(chart, words)
    for zoom in ZOOMS:
        png = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, zoom=zoom)
        if len(png) <= MOST_BYTES:
            return png
    raise PictureError("the picture has too many bytes")


def svg(chart: Chart, words: ChartWords) -> str:
    """Write a chart as an SVG that holds outlines only: no words, no fonts, nothing from elsewhere."""
    page = Canvas(words)
    weeks = chart.weeks[-columns.WEEKS :]
    right = DIVIDER - MARGIN if chart.places else WIDTH - MARGIN
    title = words.week(columns.monday(weeks[-1]))
    drawing = Drawing(WIDTH, HEIGHT + (goal.TALL if chart.goal else 0))
    drawing.words(page.label(title, Space(MARGIN, 68, right - MARGIN), 30, bold=True))
    drawing.figures(columns.figures(page, weeks[-1], right))
    drawing.columns(columns.columns(page, weeks, right))
    drawing.box(page.box(MARGIN, columns.GROUND, right - MARGIN, 2), "line")
    if chart.places:
        drawing.box(page.box(DIVIDER, MARGIN, 2, HEIGHT - 2 * MARGIN), "line")
        drawing.words(page.label(words.most_leads, Space(rows.LEFT, 68, rows.RIGHT - rows.LEFT), 30, bold=True))
    drawing.rows(rows.rows(page, chart.places))
    drawing.words(rows.more(page, chart.places), "quiet")
    if chart.goal:
        drawing.goal(goal.strip(page, chart.goal))
    return drawing.written()
