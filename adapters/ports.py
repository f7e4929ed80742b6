"""Listens on a port that the operator chose; one that cannot be had is told in one line."""

import os

from aiohttp import web

from adapters.platform import CannotRun


async def listen(runner: web.AppRunner, port: int, setting: str, host: str | None = None) -> None:
    """Listen on a port, of every address of the machine unless one is given.

    Raises:
        CannotRun: it cannot be had; the message names the setting.
    """
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as taken:
        # The event loop puts words of its own in the place of the system's; a name that is unknown has no number.
        why = os.strerror(taken.errno) if taken.errno and taken.errno > 0 else taken.strerror
        where = f"{host}:{port}" if host else port
        raise CannotRun(
            "{setting} {port} cannot be used: {reason}. Choose another one.", setting=setting, port=where, reason=why
        ) from taken
