"""Draws the chart: lays it out, writes the SVG by its template, and turns it into a PNG."""

from functools import cache
from pathlib import Path

import resvg_py
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.ui.chart import Chart, PictureError
from bot.ui.picture import columns, goal, rows
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
    return _template().render(
        width=WIDTH,
        height=HEIGHT + (goal.TALL if chart.goal else 0),
        title=page.label(title, Space(MARGIN, 68, right - MARGIN), 30, bold=True),
        figures=columns.figures(page, weeks[-1], right),
        columns=columns.columns(page, weeks, right),
        ground=page.box(MARGIN, columns.GROUND, right - MARGIN, 2),
        divider=page.box(DIVIDER, MARGIN, 2, HEIGHT - 2 * MARGIN) if chart.places else None,
        most=page.label(words.most_leads, Space(rows.LEFT, 68, rows.RIGHT - rows.LEFT), 30, bold=True)
        if chart.places
        else None,
        rows=rows.rows(page, chart.places),
        more=rows.more(page, chart.places),
        goal=goal.strip(page, chart.goal) if chart.goal else None,
    )


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("digest.svg.j2")
