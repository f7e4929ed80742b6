"""A process that stands still at the worst moment: it has asked whether its post may still leave, and has not sent it."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp

from adapters import departing

LEAVE = "may stand still"
"""In the folder of the processes: as many files of this name as posts may be stopped, each used up by one."""
POSTS = ("/chat.postMessage", "/messages")


def stand_still_there(folder: Path) -> None:
    """Let this process stop itself there, as often as it finds leave to."""
    asked = departing._check

    async def check(session: Any, context: Any, sent: Any) -> None:
        await asked(session, context, sent)
        # The last question of a request is that before its body; head and body leave together.
        if isinstance(sent, aiohttp.TraceRequestChunkSentParams) and sent.url.path.endswith(POSTS):
            _stop(folder)

    departing._check = check


def allow(folder: Path, times: int) -> None:
    """Let so many posts be stopped."""
    for number in range(times):
        (folder / f"{LEAVE} {number}").touch()


def forbid(folder: Path) -> int:
    """Let no more be stopped; gives how many of those that were allowed were not."""
    left = 0
    for leave in folder.glob(f"{LEAVE} *"):
        with suppress(FileNotFoundError):
            leave.unlink()
            left += 1
    return left


def _stop(folder: Path) -> None:
    for leave in folder.glob(f"{LEAVE} *"):
        with suppress(FileNotFoundError):
            leave.unlink()  # only one process can
            os.kill(os.getpid(), signal.SIGSTOP)
            return
