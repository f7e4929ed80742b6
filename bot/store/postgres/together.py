"""Works that wait anyway are done one after the other in one transaction, under the locks of all, with one commit.

There is no savepoint, which costs more than the commit that it saves. A work changes nothing but its transaction, so when
anything goes wrong nothing is kept of any, and each is done again by itself.
"""

import time
from collections.abc import Sequence

from bot.store import touched
from bot.store.batch import LONGEST, Job, Tx, is_spoilt
from bot.store.postgres.faults import translated
from bot.store.postgres.locks import BeginAgain, HeldLocks
from bot.store.postgres.worker import PATIENCE, ConnectionWorker, FateUnknown, pipeline_of

WAITS = "500ms"
"""How long works wait together for a lock: one of them that another process holds up shall not hold up the others."""


def may_share(job: Job) -> bool:
    """Tell whether a work may share a transaction: its locks are known, and it was not in one that was not kept."""
    return bool(job.owner) and not job.row_by_row and not job.alone


def write(connection: ConnectionWorker, jobs: Sequence[Job]) -> int:
    """Do works and make them durable; returns how many are done, with what came of each in its job.

    The others are to be given back: those behind, when it took long, or all, each to be done by itself.
    """
    if len(jobs) == 1:
        connection.write(jobs[0])
        return 1
    together, hold = _Together(jobs), HeldLocks(frozenset(job.owner for job in jobs), WAITS)
    try:
        connection.transact(hold, time.monotonic() + PATIENCE, together.run)
    except FateUnknown as unknown:
        together.tell(unknown)
    except (Exception, BeginAgain):  # noqa: BLE001 - whose it is comes out when each is done by itself
        return together.part()
    return together.done


class _Together:
    """Works in one transaction."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs, self.done = jobs, 0

    def run(self, tx: Tx) -> None:
        """Do the works, until it takes too long for those that wait behind.

        Raises:
            Exception: one of them must have its transaction for itself.
        """
        ends = time.monotonic() + LONGEST
        for job in self._jobs:
            if self.done and time.monotonic() > ends:
                return
            self.done += 1
            _run(tx, job)

    def tell(self, error: Exception) -> None:
        """Tell each that was begun what came of all."""
        for job in self._jobs[: self.done]:
            job.error = error

    def part(self) -> int:
        """Let each be done by itself from now on; returns how many are done, which is none."""
        for job in self._jobs:
            job.alone = True
        return 0


def _run(tx: Tx, job: Job) -> None:
    pipeline = pipeline_of(tx)
    before = pipeline.changes
    try:
        job.run(tx)
    except Exception as error:
        # Who is refused before anything was changed leaves the others as they are.
        if pipeline.changes != before or is_spoilt(tx):
            raise
        job.error = translated(error)
    pipeline.forget_asked()
    touched.forget(tx)
