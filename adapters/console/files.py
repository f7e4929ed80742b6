"""Reads a file that is named by its path, as a person at the console brings one."""

import asyncio
from pathlib import Path

from bot.engine.invocation import Upload
from bot.engine.uploads import MOST_BYTES, too_large


async def read_upload(name: str) -> Upload:
    """Read a file of this machine.

    Raises:
        OSError: it is not there, or is no file.
        TooLong: it is too large.
    """
    return await asyncio.to_thread(_read, name.strip())


def _read(name: str) -> Upload:
    path = Path(name).expanduser()
    if not path.is_file():
        raise FileNotFoundError(path)
    if path.stat().st_size > MOST_BYTES:
        raise too_large()
    return Upload(path.name, path.read_bytes())
