"""Quarantine: the reach into aiosqlite's queue, so that a whole unit of work runs in its thread in one hop.

aiosqlite offers one hop per statement, and its thread keeps a forgotten process alive. Both are mended here and
nowhere else; `start` checks that the inside still is what this module takes it for.
"""
# ruff: noqa: SLF001 - that is what this module is for
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")


class ConnectionThread:
    """One SQLite connection and the thread that alone uses it."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._inner = aiosqlite.Connection(connect, iter_chunk_size=64)
        thread, queue = getattr(self._inner, "_thread", None), getattr(self._inner, "_tx", None)
        if not isinstance(thread, threading.Thread) or not isinstance(queue, SimpleQueue):
            raise RuntimeError("This version of aiosqlite is not known; install the one in requirements.")  # noqa: TRY004
        # A process that ends without closing must end all the same.
        thread.daemon = True
        self._queue: SimpleQueue[tuple[asyncio.Future[Any] | None, Callable[[], object]]] = queue

    @property
    def running(self) -> bool:
        """Whether the connection is open and jobs are taken."""
        return self._inner._running and self._inner._connection is not None

    async def start(self) -> None:
        """Start the thread and connect in it; the caller must stop it, also when this is cancelled.

        Raises:
            RuntimeError: aiosqlite does not run what is queued as this module expects.
        """
        connecting = asyncio.ensure_future(self._connect())
        try:
            await asyncio.shield(connecting)
        except asyncio.CancelledError:
            # Half a connection cannot be closed, so it is made whole first.
            await asyncio.wait([connecting])
            raise

    async def _connect(self) -> None:
        try:
            await self._inner
        except BaseException:
            # aiosqlite ends its thread without waiting, which must not outlast the event loop.
            await asyncio.to_thread(self._inner._thread.join)
            raise
        if await self.run(threading.get_ident) != self._inner._thread.ident:
            await self.stop()
            raise RuntimeError("aiosqlite ran the check in a thread of its own choice.")

    def post(self, job: Callable[[], None]) -> None:
        """Queue a job that tells its own result and never raises; jobs run one after another."""
        self._queue.put_nowait((None, job))

    async def run(self, job: Callable[[], T]) -> T:
        """Run a job in the thread and wait for what it gives."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((future, job))
        return await future

    async def stop(self) -> None:
        """Finish what is queued, close the connection and end the thread."""
        await self._inner.close()
