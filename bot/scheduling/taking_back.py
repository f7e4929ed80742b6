"""Takes back what came twice: a process that stood still just before the wire sent what another one had sent by then."""

from collections.abc import Iterable

import structlog

from bot.engine.clock import pause
from bot.engine.messenger import Destination, Messenger
from bot.faults import recorded

PAUSES = 0.0, 2.0, 10.0
"""Seconds before each try: a platform that is away for a moment must not leave people with two of a post."""

log = structlog.get_logger()


async def take_back(messenger: Messenger, to: Destination, references: Iterable[str]) -> bool:
    """Delete posts of our own of which another one stays; returns whether none of them is there any more."""
    return all([await _take_back(messenger, to, reference) for reference in references])


async def _take_back(messenger: Messenger, to: Destination, reference: str) -> bool:
    for seconds in PAUSES:
        await pause(seconds)
        try:
            gone = await messenger.take_back(to, reference)
        except Exception as error:  # noqa: BLE001 - whatever happened, it may be there still
            log.warning("post not taken back", **recorded(error))
            continue
        if gone:
            log.info("post taken back")
            return True
    return False
