"""Where works wait for a connection; of one owner only so many connections work at once, and what waits anyway shares a turn."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from math import ceil

from bot.store.batch import Job
from bot.store.postgres.together import may_share
from bot.store.postgres.worker import ConnectionWorker
from bot.store.turns import Owners, Turns


class WorkQueue:
    """Gives waiting works to free connections, each owner in turn and at most so many of one; lives on the event loop.

    `do` does some works and tells how many are done, the first ones; the others wait again, before all that wait. More
    than one are given to a connection only when more wait than there are connections, so that none waits that need not.
    """

    def __init__(
        self,
        executor: Executor,
        connections: Sequence[ConnectionWorker],
        do: Callable[[ConnectionWorker, Sequence[Job]], int],
        settle: Callable[[Sequence[Job]], None],
        *,
        most_of_one: int,
        most_together: int = 1,
    ) -> None:
        self._executor, self._do, self._settle = executor, do, settle
        self._loop = asyncio.get_running_loop()
        self._free, self._many = list(connections), len(connections)
        self._most_together = most_together
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
        while self._free and (jobs := self._waiting.take_some(self._share(), self._present, may_share)):
            for job in jobs:
                self._present.begin(job.owner)
            self._running += 1
            self._executor.submit(self._work, self._free.pop(), jobs)

    def _share(self) -> int:
        """Tell how many works one connection takes, so that all that wait are done in the next turn of each connection."""
        return min(self._most_together, ceil(len(self._waiting) / self._many))

    def _work(self, connection: ConnectionWorker, jobs: Sequence[Job]) -> None:
        finished = len(jobs)
        try:
            finished = self._do(connection, jobs)
        except BaseException as fault:  # noqa: BLE001 - a caller waits for every fault, whatever it is
            for job in jobs:
                job.error = fault
        self._loop.call_soon_threadsafe(self._done, connection, jobs, finished)

    def _done(self, connection: ConnectionWorker, jobs: Sequence[Job], finished: int) -> None:
        self._running -= 1
        self._free.append(connection)
        for job in jobs:
            self._present.end(job.owner)
        self._waiting.put_back(jobs[finished:])
        self._settle(jobs[:finished])
        self._next()
        if not self._running and not self._waiting:
            self.idle.set()
