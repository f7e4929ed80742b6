"""Whether the present can be believed: a clock that jumped ahead must not send what is due in years.

It is held against the round before and, when that is long ago, against the platforms' own clocks.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.engine.messenger import Messenger
from bot.engine.schedule import Schedule
from bot.scheduling.mending import mend
from bot.store import kept
from bot.store.database import Database, Tx

AHEAD = timedelta(hours=3)
"""How far the clock may be ahead of the newest round, or of a platform, before it is doubted."""
NOTED_EVERY = timedelta(hours=1)
LONGEST_REST = timedelta(days=366)
"""How long the bot may have been off, where no platform tells the time."""
SAID_EVERY = 3600.0
"""Seconds after which the operator is told again."""
MARK = "newest round"

log = structlog.get_logger()


@dataclass
class Watch:
    """Decides before each round; `held` is True while the clock is not believed."""

    db: Database
    schedules: Mapping[str, Schedule]
    held: bool = False
    calm: bool = False
    """Whether the clock was believed when it was looked at last."""
    _say_at: float = 0.0

    async def believes(self, now: datetime, messengers: Mapping[str, Messenger]) -> bool:
        """Tell whether a round may be done now; one that may is noted as the newest."""
        newest = await self.db.read(_newest)
        steady = not self.held and newest is not None and abs(now - newest) <= AHEAD
        if not steady and not await self._confirmed(now, newest, messengers):
            return False
        if not steady or newest is None or now - newest >= NOTED_EVERY:
            wrong_before = self.held or (newest is not None and newest - now > AHEAD)
            await self.db.write(lambda tx: _note(tx, self.schedules, now, wrong_before=wrong_before))
        if self.held:
            log.info("clock believed again", clock=now.isoformat())
        self.held, self._say_at, self.calm = False, 0.0, True
        return True

    async def _confirmed(self, now: datetime, newest: datetime | None, messengers: Mapping[str, Messenger]) -> bool:
        answers = await asyncio.gather(*(each.time() for each in messengers.values()), return_exceptions=True)
        known = [each for each in answers if isinstance(each, datetime)]
        if known:
            good = any(now - each <= AHEAD for each in known)
        elif any(isinstance(each, BaseException) for each in answers):
            return False  # nobody can be reached, so nothing could be sent
        else:
            good = newest is None or now - newest <= LONGEST_REST
        if not good:
            self.held, self.calm = True, False
            self._say(now, newest, known)
        return good

    def _say(self, now: datetime, newest: datetime | None, known: list[datetime]) -> None:
        present = asyncio.get_running_loop().time()
        if present < self._say_at:
            return
        self._say_at = present + SAID_EVERY
        log.error(
            "clock not believed, nothing is sent",
            clock=now.isoformat(),
            platforms=[each.isoformat() for each in known],
            newest_round=newest and newest.isoformat(),
        )


def _newest(tx: Tx) -> datetime | None:
    mark = kept.find(tx, MARK)
    return None if mark is None else datetime.fromisoformat(mark["at"])


def _note(tx: Tx, schedules: Mapping[str, Schedule], now: datetime, *, wrong_before: bool) -> None:
    """Note the newest round; when the clock was wrong before it, what was planned by that clock is planned anew."""
    kept.put(tx, MARK, {"at": now.isoformat()})
    if wrong_before:
        mend(tx, schedules, now)
