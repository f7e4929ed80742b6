"""The machine's clock, moved from outside while the real program runs: Debian's libfaketime reads it from a file."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.engine.clock import SystemClock
from tests.live.waiting import passes, until

MISSING = "libfaketime is not installed; it moves the clock of the program. Please type: apt-get install libfaketime"
CACHED_SECONDS, READ_AGAIN = 1, 3.0
"""How long the program goes on with the clock it has read, in whole seconds; and when it has surely read it again.

Nobody types in between: Bolt measures its wait for an answer by the clock on the wall.
"""


class MovedClock:
    """A clock that goes as the machine's does, from another present; the program has the same one."""

    def __init__(self, folder: Path, start: datetime) -> None:
        self._machine = SystemClock()
        self._file = folder / "clock"
        self._ahead = timedelta(0)
        self.move(start)

    def now(self) -> datetime:
        """Tell the present."""
        return self._machine.now() + self._ahead

    @property
    def machine(self) -> datetime:
        """Whoever moves it means it."""
        return self.now()

    @property
    def jumped(self) -> bool:
        """It is moved from outside, and that is what it is for."""
        return False

    def settle(self, present: datetime) -> None:
        """Leave it where the file has it."""

    def move(self, to: datetime) -> None:
        """Move this clock and the program's."""
        self._ahead = to - self._machine.now()
        self._write(self._ahead)

    def deceive(self, to: datetime) -> None:
        """Move the program's clock alone."""
        self._write(to - self._machine.now())

    def agree(self) -> None:
        """Set the program's clock right again."""
        self._write(self._ahead)

    def _write(self, ahead: timedelta) -> None:
        self._file.write_text(f"{ahead.total_seconds():+.6f}\n", encoding="ascii")

    @property
    def surroundings(self) -> dict[str, str]:
        """What makes a process live by this clock; timers and heartbeats keep the machine's steady one."""
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": str(CACHED_SECONDS),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


def library() -> Path:
    """Find libfaketime.

    Raises:
        AssertionError: it is not installed; the message says how to get it.
    """
    libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    assert libraries, MISSING
    return libraries[0]


def instant(microseconds: int) -> datetime:
    """Read an instant as the database keeps it."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)


NEXT = """
    select min(at) from (select min(next_due_at) as at from agenda union all select min(next_at) from posts
                         union all select min(next_at) from notices)
"""
ON_THEIR_WAY = """
    select (select count(*) from posts where state in ('claimed', 'sending'))
         + (select count(*) from notices where state in ('claimed', 'sending'))
"""
"""What is being sent; a clock that jumped now would end its lease in the middle."""


@dataclass(frozen=True)
class Agenda:
    """What the program still has to do by its database, looked at from outside, and the clock that brings it there."""

    database: Path
    clock: MovedClock

    def next_due(self) -> datetime | None:
        """Look for the next moment, as the program does."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            due = db.execute(NEXT).fetchone()[0]
        return None if due is None else instant(due)

    def idle(self) -> bool:
        """Tell whether nothing is due any more, nor on its way."""
        due = self.next_due()
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            sending = db.execute(ON_THEIR_WAY).fetchone()[0]
        return not sending and (due is None or due > self.clock.now())

    async def reaches(self, moment: datetime) -> None:
        """Go from one due moment to the next, up to this one."""
        while (due := self.next_due()) is not None and due <= moment:
            if due > self.clock.now():
                self.clock.move(due + timedelta(seconds=1))
            await until(f"all of {due} is done", self.idle, within=120)
        self.clock.move(moment)
        await passes(READ_AGAIN)
