"""Draws the pictures of a reply, away from the loop; a picture that cannot be drawn is left out."""

import asyncio

import structlog

from bot.faults import recorded
from bot.ui.chart import PictureError
from bot.ui.drawing import draw
from bot.ui.reply import Image, Reply

log = structlog.get_logger()


async def draw_all(reply: Reply, language: str) -> dict[Image, bytes]:
    """Draw every picture of a reply."""
    images = [part for part in reply.parts if isinstance(part, Image)]
    if not images:
        return {}
    return await asyncio.to_thread(_draw, images, language)


def _draw(images: list[Image], language: str) -> dict[Image, bytes]:
    drawn: dict[Image, bytes] = {}
    for image in images:
        try:
            drawn[image] = draw(image.chart, language)
        except PictureError as error:
            log.warning("no picture", **recorded(error))
    return drawn
