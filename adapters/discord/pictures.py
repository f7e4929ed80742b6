"""Draws the pictures of a reply, away from the loop; a picture that cannot be drawn is left out."""

import structlog

from bot.faults import recorded
from bot.ui.chart import PictureError
from bot.ui.reply import Image, Reply
from bot.ui.studio import STUDIO

log = structlog.get_logger()


async def draw_all(reply: Reply, language: str) -> dict[Image, bytes]:
    """Draw every picture of a reply."""
    drawn: dict[Image, bytes] = {}
    for image in (part for part in reply.parts if isinstance(part, Image)):
        try:
            drawn[image] = await STUDIO.draw(image.chart, language)
        except PictureError as error:
            log.warning("no picture", **recorded(error))
    return drawn
