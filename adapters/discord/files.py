"""Gets the files that people attach to a command or put into a form."""

from collections.abc import Mapping
from typing import Any

import aiohttp
import discord

from adapters.discord.api import keeps_files
from bot.engine.invocation import Fetch, Upload
from bot.engine.uploads import MOST_BYTES, too_large


def fetching(client: discord.Client, attached: Mapping[str, Mapping[str, Any]]) -> Fetch:
    """Make the way to the files of one interaction; no other file is got."""

    async def fetch(name: str) -> Upload:
        file = attached.get(name)
        if file is None or not keeps_files(str(file.get("url", ""))):
            raise FileNotFoundError(name)
        if int(file.get("size") or 0) > MOST_BYTES:
            raise too_large()
        try:
            data = await client.http.get_from_cdn(str(file["url"]))
        except (discord.HTTPException, aiohttp.ClientError, TimeoutError) as fault:
            raise FileNotFoundError(name) from fault
        return Upload(str(file.get("filename", "")), data)

    return fetch
