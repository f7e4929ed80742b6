"""Where the buttons of the clock lead: the next morning, Sunday evening, Monday's digest."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.community import Rhythm
from bot.domain.week import local_to_utc, next_weekly

MORNING = time(10, 15)
"""When everything of a morning has come."""
USUAL = Rhythm()


class Move(StrEnum):
    """A way to move the clock."""

    DAY = "day"
    SUNDAY = "sunday"
    MONDAY = "monday"


def to(move: Move, now: datetime, zone: ZoneInfo) -> datetime:
    """Tell where a move leads; it always leads into the future."""
    match move:
        case Move.DAY:
            return local_to_utc(now.astimezone(zone).date() + timedelta(days=1), MORNING, zone)
        case Move.SUNDAY:
            return _next(now, USUAL.checkin_day, USUAL.checkin_at, zone)
        case Move.MONDAY:
            return _next(now, USUAL.digest_day, USUAL.digest_at, zone)


def _next(now: datetime, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    return next_weekly(now, weekday, at, zone)[1]
