"""Draws `docs/pictures/discord-*.png`: what the bot really sends, in a drawing of Discord's own.

A small community lives a week on simcord; the payloads it is sent become HTML, and Debian's Chromium draws them:
`apt-get install chromium`, then `python docs/pictures_discord.py`.
"""

import asyncio
import base64
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

sys.path.insert(0, str(Path(__file__).parent.parent))

from adapters.log import set_up_logging
from tests.support.simulated import Simulated, simulated
from tests.support.store import NOW

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
BROWSER = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
]
PEOPLE = ("Amina", "Omar", "Li", "Sofia", "Viktor")
WEEKS = 4
NEW = (1, 5, 3, 3, 2)
"""How many people each adds in the first week; the numbers go round."""
OUTSIDERS = ("Dana R.", "Tom W.", "Priya S.", "Marc L.", "Anne B.")


async def live(server: Simulated) -> None:
    """Live four weeks: everybody adds, asks, promises and reports a little."""
    for name in PEOPLE:
        await server.type(server.someone(name), "board join", **{"as": "name"})
    for week in range(WEEKS):
        for person, name in enumerate(PEOPLE):
            who = server.people[name]
            await server.type(who, "week plan", asks=1)
            for number in range(max(1, NEW[(person + week) % len(NEW)] - (3 - week))):
                lead = f"{OUTSIDERS[number]} {week + 1}" if week else OUTSIDERS[number]
                await server.type(who, "lead add", name=lead, organisation="Nordik", why="built the river sensor")
            await server.type(who, "ask sent", lead=f"{OUTSIDERS[0]} {week + 1}" if week else OUTSIDERS[0])
        await server.move(NOW + timedelta(days=7 * week + 6))
        for name in PEOPLE[: 2 + week % 3]:
            await server.type(server.people[name], "week report", asks=1)
        if week < WEEKS - 1:
            await server.move(NOW + timedelta(days=7 * week + 8))
    await server.type(server.people["Li"], "win share", text="I have a second interview on Thursday!", show="name")


async def shown(server: Simulated) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what is drawn: a form, a lead card, the digest."""
    amina = server.someone("Amina")
    start = await server.type(server.someone("Nadia"), "start")
    card = await server.type(amina, "lead show", lead="Dana R. · Nordik")
    await server.move(NOW + timedelta(days=7 * WEEKS, hours=3, minutes=30))
    posted = [
        request.json for request in server.env.http_requests if request.path.endswith(f"{server.digest.id}/messages")
    ]
    drawn = base64.b64encode(await server.posted()[-1].attachments[0].read()).decode()
    picture = {"attachment://chart-0.png": f"data:image/png;base64,{drawn}"}
    only = "Only you can see this"
    return iter(
        (
            ("form", {"form": start.form, "width": 520}),
            ("lead", {"message": card.message.components, "private": only, "width": 620, "when": "Today at 10:02"}),
            (
                "digest",
                {"message": posted[-1]["components"], "pictures": picture, "width": 640, "when": "Monday at 12:30"},
            ),
        )
    )


def words(payload: dict[str, Any]) -> Iterator[str]:
    """List the words of a payload, but for the mark by which the bot finds a post of its own again."""
    for _, text in re.findall(
        r'"(content|label|title|description|placeholder)": ("(?:[^"\\]|\\.)*")', json.dumps(payload)
    ):
        yield re.sub(r"^(-# .+) · [0-9A-Z]{8}$", r"\1", json.loads(text))


async def told(folder: Path) -> dict[str, dict[str, Any]]:
    """Let the community live, and give what is drawn of it by the names of the pictures."""
    async with simulated(folder) as server:
        await server.set_up()
        await live(server)
        return dict(await shown(server))


def markdown(text: str) -> Markup:
    """Write Discord's markdown as HTML: the part of it the bot uses."""
    lines = [_line(line) for line in str(escape(text)).split("\n")]
    return Markup("".join(lines))  # noqa: S704 - everything was escaped before marks were put in


def _line(line: str) -> str:
    for mark, tag in (("### ", "h3"), ("-# ", 'div class="quiet"'), ("- ", 'div class="item"')):
        if line.startswith(mark):
            return f"<{tag}>{_inline(line.removeprefix(mark))}</{tag.split()[0]}>"
    return f"<div>{_inline(line)}</div>"


def _inline(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"&lt;/([^:]+):\d+&gt;", r'<span class="mention">/\1</span>', text)
    text = re.sub(r"&lt;#\d+&gt;", '<span class="mention">#digest</span>', text)
    text = re.sub(r"&lt;t:\d+:R&gt;", '<span class="time">in 7 days</span>', text)
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def draw(name: str, values: dict[str, Any], folder: Path) -> None:
    """Draw one picture as high as it needs to be."""
    templates = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    page = folder / f"{name}.html"
    page.write_text(
        templates.get_template("pictures_discord.html.j2").render(values, markdown=markdown), encoding="utf-8"
    )
    picture = PICTURES / f"discord-{name}.png"
    height = _height(page, values["width"], folder)
    size = f"--window-size={values['width']},{height}"
    _browse(size, f"--screenshot={picture}", page, folder)
    sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1024} kB\n")


def _height(page: Path, width: int, folder: Path) -> int:
    """Ask the browser how high the page is."""
    asking = folder / f"ask-{page.name}"
    script = "<script>document.title = document.body.getBoundingClientRect().height</script>"
    asking.write_text(page.read_text(encoding="utf-8") + script, encoding="utf-8")
    shown = _browse(f"--window-size={width},100", "--dump-dom", asking, folder)
    return int(float(re.findall(r"<title>([\d.]+)</title>", shown)[0]) + 1)


def _browse(size: str, what: str, page: Path, folder: Path) -> str:
    command = [*BROWSER, f"--user-data-dir={folder}/profile", size, what, page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own page


async def main() -> None:
    """Draw every picture."""
    set_up_logging("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        for name, values in (await told(Path(folder))).items():
            draw(name, values, Path(folder))
            (PICTURES / f"discord-{name}.txt").write_text("\n".join(words(values)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
