"""Pictures and files as the page takes them: inside what is sent, so that the browser asks nobody for them."""

from base64 import b64encode

import structlog

from bot.faults import recorded
from bot.ui.chart import Chart, PictureError
from bot.ui.reply import Image, Reply
from bot.ui.studio import STUDIO

KEPT = 64
"""Pictures that are kept drawn; every circle begins with the same six."""

log = structlog.get_logger()

_kept: dict[tuple[Chart, str], bytes | None] = {}


def as_data(media_type: str, content: bytes) -> str:
    """Write bytes as an address that holds them."""
    return f"data:{media_type};base64,{b64encode(content).decode()}"


async def drawn(reply: Reply, language: str) -> dict[Image, bytes]:
    """Draw the pictures of a reply, away from the loop; one that cannot be drawn is left out."""
    images = [part for part in reply.parts if isinstance(part, Image)]
    made = {image: await _picture(image.chart, language) for image in images}
    return {image: content for image, content in made.items() if content is not None}


async def _picture(chart: Chart, language: str) -> bytes | None:
    if (chart, language) not in _kept:
        try:
            content = await STUDIO.draw(chart, language)
        except PictureError as error:
            log.warning("no picture", **recorded(error))
            content = None
        while len(_kept) >= KEPT:
            del _kept[next(iter(_kept))]
        _kept[chart, language] = content
    return _kept[chart, language]
