"""Draws charts in processes of their own, because a drawing holds everything else in a process up while it lasts.

They start when they are needed, one for each processor at the most, and end when nothing was drawn for a while: a small
circle has one for a minute each week, and no drawing library or font stays in the bot's own memory.
"""

import asyncio
import atexit
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import structlog

from bot.faults import recorded
from bot.ui.chart import Chart, PictureError
from bot.ui.drawer import received, send

IDLE = 60.0
"""Seconds without a picture after which the processes end."""
_DRAWER = (sys.executable, "-P", "-m", "bot.ui.drawer")
_KNOWN = ("PATH", "PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
"""The surroundings that a process needs to find Python's own files."""

log = structlog.get_logger()


class Studio:
    """The processes that draw, and the threads that wait for them."""

    def __init__(self, most: int | None = None, idle: float = IDLE) -> None:
        """Draw in at most so many processes at once; by itself, one for each processor."""
        self._threads = ThreadPoolExecutor(most or os.cpu_count() or 1, thread_name_prefix="pictures")
        self._idle = idle
        self._lock = Lock()
        self._free: list[subprocess.Popen[bytes]] = []
        self._ending: asyncio.TimerHandle | None = None
        atexit.register(self.rest)

    async def draw(self, chart: Chart, language: str) -> bytes:
        """Draw a chart as `bot.ui.drawing.draw` does, while the loop goes on.

        Raises:
            PictureError: it cannot be drawn here.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._draw, pickle.dumps((chart, language)))
        finally:
            if self._ending is not None:
                self._ending.cancel()
            self._ending = loop.call_later(self._idle, self._threads.submit, self.rest)

    def rest(self) -> None:
        """End the processes that have nothing to draw; the next picture starts one anew."""
        with self._lock:
            free, self._free = self._free, []
        for drawer in free:
            _end(drawer)

    def _draw(self, request: bytes) -> bytes:
        """Let a process draw; one that was ended from outside is replaced once.

        Raises:
            PictureError: it cannot be drawn, or no process can be started.
        """
        try:
            drawn = self._drawn(request)
        except OSError as fault:
            log.info("picture tried again", **recorded(fault))
            try:
                drawn = self._drawn(request)
            except OSError as error:
                raise PictureError("no process can draw") from error
        if not drawn:
            raise PictureError("the chart cannot be drawn")
        return drawn

    def _drawn(self, request: bytes) -> bytes:
        drawer = self._take()
        answer = _asked(drawer, request)
        with self._lock:
            self._free.append(drawer)
        return answer

    def _take(self) -> subprocess.Popen[bytes]:
        """Give a process that has nothing to do.

        Raises:
            OSError: none can be started.
        """
        with self._lock:
            if self._free:
                return self._free.pop()
        # What the bot knows of keys and tokens is no business of a drawing.
        surroundings = {name: value for name, value in os.environ.items() if name in _KNOWN}  # noqa: TID251 - no setting
        pipe = subprocess.PIPE
        # A session of its own: Ctrl+C is for the bot, which ends its drawers itself.
        return subprocess.Popen(_DRAWER, stdin=pipe, stdout=pipe, env=surroundings, start_new_session=True)  # noqa: S603 - our own module


STUDIO = Studio()
"""The one of this process."""


def _asked(drawer: subprocess.Popen[bytes], request: bytes) -> bytes:
    """Ask a process for a picture.

    Raises:
        OSError: it ended before it answered.
    """
    assert drawer.stdin is not None  # noqa: S101 - as it was started
    assert drawer.stdout is not None  # noqa: S101 - as above
    try:
        send(drawer.stdin, request)
        answer = received(drawer.stdout)
        if answer is None:
            raise ConnectionResetError
    except OSError:
        _end(drawer)
        raise
    return answer


def _end(drawer: subprocess.Popen[bytes]) -> None:
    """End a process, and wait until it is gone."""
    drawer.kill()
    drawer.communicate()
