"""Draws the pictures of the documentation, by using the bot: a terminal in English and French, and the digest's chart.

`python docs/pictures.py`, or `make pictures`; look at each picture afterwards.
"""

import asyncio
import io
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import resvg_py
import simcord
from rich.console import Console
from rich.terminal_theme import MONOKAI

from adapters.console.batch import a_session
from adapters.console.render import show
from adapters.console.script import read_time, run_line
from adapters.console.session import CHANNEL
from adapters.console.show import picture
from adapters.log import set_up_logging

PICTURES = Path(__file__).parent / "pictures"
MONO = Path(simcord.__file__).parent / "preview" / "static" / "fonts" / "noto-sans-mono-v2.014.ttf"
FRAME = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>.{unique_id}-matrix {{ font-family: Noto Sans Mono; font-size: {char_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-family: Noto Sans Mono; }} {styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>"""
STORIES = {
    "demo": (
        "@amina /lead next",
        '@amina /lead add name:"Nadia F." organisation:"Nordik" why:"built the river sensor"',
        "at 2026-03-16T12:30",
    ),
    "demo-fr": ("@sofia /personne suivante", "@sofia /semaine dernière", "@sofia /personne liste"),
}


async def told(lines: tuple[str, ...]) -> tuple[Console, bytes]:
    """Run lines in the demo's community; gives the terminal in which they were typed, and the digest's chart."""
    zone = ZoneInfo("America/Toronto")
    console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, highlight=False)
    me, chart = lines[0].split()[0], b""
    async with a_session(None, read_time("2026-03-12T18:00", zone), zone.key, seeded=True) as session:
        for line in lines:
            typed = line.removeprefix(f"{me} ") if line.startswith(me) else "monday"
            console.print(f"{me.removeprefix('@')}> {typed}")
            first = 1
            for seen in await run_line(session, line):
                if seen.to in {me, f"#{CHANNEL}"}:
                    show(console, seen, zone, first)
                    first += len(seen.drawn)
                if seen.image is not None:
                    chart = picture(seen.image, seen.language) or chart
    return console, chart


def draw(name: str, console: Console) -> None:
    """Draw a terminal, and write its words beside the picture: by them a test sees when the picture is not true."""
    (PICTURES / f"{name}.txt").write_text(console.export_text(clear=False), encoding="utf-8")
    drawing = console.export_svg(title="Hello Circle", theme=MONOKAI, code_format=FRAME, unique_id="t")
    png = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=[str(MONO)], width=1100)
    (PICTURES / f"{name}.png").write_bytes(png)


def main() -> int:
    """Draw everything."""
    set_up_logging("ERROR")
    for name, lines in STORIES.items():
        console, chart = asyncio.run(told(lines))
        draw(name, console)
        if chart:
            (PICTURES / "digest-chart.png").write_bytes(chart)
    return 0


if __name__ == "__main__":
    sys.exit(main())
