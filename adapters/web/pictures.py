"""Pictures and files as the page takes them: inside what is sent, so that the browser asks nobody for them."""

from base64 import b64encode
from dataclasses import dataclass
from typing import TypeAlias
from weakref import WeakValueDictionary

import structlog

from bot.faults import recorded
from bot.ui.chart import Chart, PictureError
from bot.ui.reply import Image, Reply
from bot.ui.studio import STUDIO


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Picture:
    """A drawn picture."""

    content: bytes


Pictures: TypeAlias = dict[tuple[Chart, str], Picture]
"""Pictures by what they show, and in which language."""
_shown: WeakValueDictionary[tuple[Chart, str], Picture] = WeakValueDictionary()
"""Every picture that somebody sees: it is drawn once for all of them, and gone with the last one."""

log = structlog.get_logger()

_drawn: dict[tuple[Chart, str], bytes | None] = {}


def as_data(media_type: str, content: bytes) -> str:
    """Write bytes as an address that holds them."""
    return f"data:{media_type};base64,{b64encode(content).decode()}"


async def drawn(reply: Reply, language: str, held: Pictures) -> dict[Image, bytes]:
    """Draw the pictures of a reply, away from the loop, and hold them; one that cannot be drawn is left out."""
    pictures: dict[Image, bytes] = {}
    for part in reply.parts:
        if not isinstance(part, Image):
            continue
        key = (part.chart, language)
        picture = _shown.get(key) or await _picture(*key)
        if picture is not None:
            _shown[key] = held[key] = picture
            pictures[part] = picture.content
    return pictures


async def _picture(chart: Chart, language: str) -> Picture | None:
    try:
        return Picture(await STUDIO.draw(chart, language))
    except PictureError as error:
        log.warning("no picture", **recorded(error))
        return None
