"""Where works wait for a line of their own; of one owner only so many run at once."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from bot.store.batch import Job
from bot.store.postgres.line import ServerLine
from bot.store.turns import Owners, Turns


class Desk:
    """Gives works to free lines, one of each owner in turn, and at most so many of one; lives on the event loop."""

    def __init__(
        self,
        executor: Executor,
        lines: Sequence[ServerLine],
        do: Callable[[ServerLine, Job], None],
        settle: Callable[[Job], None],
        *,
        most_of_one: int,
    ) -> None:
        self._executor, self._do, self._settle = executor, do, settle
        self._loop = asyncio.get_running_loop()
        self._free = list(lines)
        self._waiting: Turns[Job] = Turns()
        self._present = Owners(most_of_one)
        self._running = 0
        self.idle = asyncio.Event()
        """Set when nothing waits and nothing runs."""
        self.idle.set()

    def put(self, job: Job) -> None:
        """Let a work wait for its turn."""
        self._waiting.put(job)
        self.idle.clear()
        self._next()

    def refuse(self, error: BaseException) -> None:
        """Tell everybody who waits still that their work is not done."""
        for job in self._waiting.take_all():
            job.error = error
            job.settle()

    def _next(self) -> None:
        while self._free and (job := self._waiting.take_one(self._present)) is not None:
            self._present.begin(job.owner)
            self._running += 1
            self._executor.submit(self._work, self._free.pop(), job)

    def _work(self, line: ServerLine, job: Job) -> None:
        try:
            self._do(line, job)
        except BaseException as fault:  # noqa: BLE001 - a caller waits for every fault, whatever it is
            job.error = fault
        self._loop.call_soon_threadsafe(self._done, line, job)

    def _done(self, line: ServerLine, job: Job) -> None:
        self._running -= 1
        self._free.append(line)
        self._present.end(job.owner)
        self._settle(job)
        self._next()
        if not self._running and not self._waiting:
            self.idle.set()
