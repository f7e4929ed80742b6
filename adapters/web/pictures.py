"""Pictures and files as the page takes them: inside what is sent, so that the browser asks nobody for them."""

import asyncio
from base64 import b64encode
from functools import lru_cache

import structlog

from bot.faults import recorded
from bot.ui.chart import Chart, PictureError
from bot.ui.drawing import draw
from bot.ui.reply import Image, Reply

KEPT = 64
"""Pictures that are kept drawn; every circle begins with the same six."""

log = structlog.get_logger()


def as_data(media_type: str, content: bytes) -> str:
    """Write bytes as an address that holds them."""
    return f"data:{media_type};base64,{b64encode(content).decode()}"


async def drawn(reply: Reply, language: str) -> dict[Image, bytes]:
    """Draw the pictures of a reply, away from the loop; one that cannot be drawn is left out."""
    images = [part for part in reply.parts if isinstance(part, Image)]
    made = {image: await asyncio.to_thread(_picture, image.chart, language) for image in images}
    return {image: content for image, content in made.items() if content is not None}


@lru_cache(maxsize=KEPT)
def _picture(chart: Chart, language: str) -> bytes | None:
    try:
        return draw(chart, language)
    except PictureError as error:
        log.warning("no picture", **recorded(error))
        return None
