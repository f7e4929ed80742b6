"""The work of the night: a backup, a drill once a week, and everything deleted whose days are over.

Several bots may keep their backups in one folder; then the night's work there is one bot's turn, by a lease.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

import structlog

from adapters.operator.backups.drills import drill, last_drill
from adapters.operator.backups.place import DataPlace
from adapters.operator.backups.restoring import clear_leftovers
from adapters.peers import HeldLease
from adapters.platform import Circle
from bot.engine.clock import pause
from bot.faults import recorded
from bot.scheduling import expiry
from bot.store.backups import erasures
from bot.store.backups.container import Reason
from bot.store.backups.folder import expire, identity, newest
from bot.store.backups.making import make
from bot.store.errors import InUse, StoreError

HOUR = 3
"""The hour of the night, by the machine's local time."""
FIRST_LOOK, LOOK = 5.0, 60.0
"""Seconds until the first look whether something is to be done, and between two."""
AHEAD = timedelta(days=1)
"""How far in the future a copy may be that was dated by a clock that is a little wrong."""
EARLY = timedelta(minutes=5)
"""Copies are deleted so much before their days are over, because the next look may come late."""
AGAIN = timedelta(minutes=10)
"""How soon what failed is tried again."""
MISSED = timedelta(hours=3)
"""How long a backup may be due until it is reported that nobody made it."""
DRILLS = timedelta(days=7) - timedelta(hours=1)
REST = 0.002
"""Seconds that the check of a copy waits between its steps, so that members come first."""

log = structlog.get_logger()


@dataclass
class Nightly:
    """Looks after the backups of a circle while it runs."""

    circle: Circle
    place: DataPlace
    _failed_at: datetime | None = None
    _missed: datetime | None = None
    """The night whose backup was not there yet at the last look."""
    _missed_since: datetime | None = None
    _reported: datetime | None = None
    _turn: HeldLease | None = None
    _ending: Event = field(default_factory=Event)

    async def run(self) -> None:
        """Look again and again, until it is cancelled."""
        clear_leftovers(self.place)
        wait = FIRST_LOOK
        while True:
            await pause(wait)
            wait = LOOK
            try:
                await self.look()
            except Exception as fault:  # noqa: BLE001 - what is wrong with one night must not end them all
                log.error("night's work failed", **recorded(fault))  # noqa: TRY400 - a traceback may hold names

    async def look(self) -> None:
        """Do what is due now; called again at once, it does nothing more."""
        place, db, now = self.place, self.circle.db, self.circle.clock.now()
        # A clock that nobody believes may be ahead by years; then nothing is deleted.
        clock_is_sure = not self.circle.rounds.watch.doubts
        if clock_is_sure:
            first, last = now - place.keep + EARLY, now + AHEAD
            await asyncio.to_thread(expire, place.folder, place.origin, first, last)
        is_due = await self._is_due(now)
        self._report_missed(now, is_due=is_due)
        if db.damaged or (self._failed_at is not None and abs(now - self._failed_at) < AGAIN):
            return
        known_erasures = await db.read(erasures.kept_in)
        await asyncio.to_thread(erasures.mirror, place.folder, known_erasures, now, dropping=clock_is_sure)
        try:
            if await self._has_turn():
                await self._night(now, is_due=is_due, sure=clock_is_sure)
        except InUse:
            return  # somebody makes a backup or a drill by hand; the next look comes soon
        except StoreError as problem:
            self._failed_at = now
            log.error("backup failed", folder=str(place.folder), problem=str(problem))  # noqa: TRY400 - the line says all
            await self._leave_turn()

    async def _is_due(self, now: datetime) -> bool:
        newest_backup = await asyncio.to_thread(newest, self.place.folder, now + AHEAD)
        return newest_backup is None or newest_backup.made_at < last_night(now)

    def _report_missed(self, now: datetime, *, is_due: bool) -> None:
        """Report a backup that nobody made for hours, whoever should have, once a night."""
        night = last_night(now) if is_due else None
        if night != self._missed:
            self._missed, self._missed_since = night, now
        if night is None or night == self._reported or self._missed_since is None:
            return
        if now - self._missed_since > MISSED:
            self._reported = night
            log.error("no backup of the night", folder=str(self.place.folder), due_since=night.isoformat())

    async def _has_turn(self) -> bool:
        """Tell whether this bot does the night's work in the folder; it takes the turn when nobody has it."""
        peers = self.circle.peers
        if peers is None:
            return True
        if self._turn is None or not peers.holds(self._turn):
            name = await asyncio.to_thread(identity, self.place.folder)
            self._turn = await peers.take_one([f"backups:{name}"])
        return self._turn is not None

    async def _leave_turn(self) -> None:
        """Let another bot try what this one could not do."""
        if self.circle.peers is not None and self._turn is not None:
            await self.circle.peers.give_back(self._turn)
            self._turn = None

    async def _night(self, now: datetime, *, is_due: bool, sure: bool) -> None:
        if is_due:
            if sure:
                await self.circle.db.row_by_row(lambda tx: expiry.purge(tx, now, at_night=True))
            await self.circle.db.empty_log()
            await self._back_up(now)
        previous_drill = last_drill(self.place.folder)
        if previous_drill is None or abs(now - previous_drill.at) >= DRILLS:
            outcome = await drill(self.place, now, self._rested)
            log_line = log.info if outcome.passed else log.error
            log_line(
                "drill", backup=outcome.backup, passed=outcome.passed, seconds=outcome.seconds, problem=outcome.problem
            )

    async def _back_up(self, now: datetime) -> None:
        place, begun = self.place, time.monotonic()
        backup = await asyncio.to_thread(
            make, place.origin, place.folder, place.ring, now, Reason.NIGHTLY, go_on=self._rested
        )
        seconds = round(time.monotonic() - begun, 1)
        log.info("backup made", file=str(backup.path), rows=sum(backup.manifest.counts.values()), seconds=seconds)

    def _rested(self) -> bool:
        """Wait a moment between two steps; returns False once the check is to be given up."""
        return not self._ending.wait(REST)

    def end(self) -> None:
        """Let a copy that is being checked be given up."""
        self._ending.set()


def last_night(now: datetime) -> datetime:
    """Tell when the hour of the night was last, by the machine's local time."""
    local = now.astimezone()
    hour = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return hour if hour <= local else hour - timedelta(days=1)


@asynccontextmanager
async def kept(circle: Circle, place: DataPlace) -> AsyncGenerator[None]:
    """Look after the backups of a circle in the block."""
    nightly = Nightly(circle, place)
    working = asyncio.create_task(nightly.run())
    try:
        yield
    finally:
        nightly.end()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
