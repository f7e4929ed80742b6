"""What time it is at the other end: every answer of a web server says so."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

PATIENCE = aiohttp.ClientTimeout(total=8)


async def time_at(url: str) -> datetime | None:
    """Ask a server for the time; None when its answer does not tell, whatever else it says.

    Raises:
        aiohttp.ClientError: it does not answer.
        TimeoutError: it does not answer in time.
    """
    async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(url) as answer:
        return read_date(answer.headers.get("Date", ""))


def read_date(header: str) -> datetime | None:
    """Read a date as web servers write it; None when it is none."""
    try:
        instant = parsedate_to_datetime(header)
    except ValueError:
        return None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
