"""Asks, at the last place before the wire, whether a request may still leave; for every client of a platform."""

from typing import Any

import aiohttp

from bot.engine import departure


def departing() -> aiohttp.TraceConfig:
    """Make what a client asks before the head of a request leaves, and before each piece of its body."""
    config = aiohttp.TraceConfig()
    config.on_request_headers_sent.append(_check)
    config.on_request_chunk_sent.append(_check)
    return config


async def _check(*_: Any) -> None:
    departure.check()
