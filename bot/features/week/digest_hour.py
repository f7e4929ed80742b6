"""When the digest is due; the figures about several members change only then."""

from datetime import date, datetime, timedelta

from bot.domain.community import Community, Rhythm
from bot.domain.week import Week, local_to_utc
from bot.domain.workdays import works
from bot.engine.holidays import days_off
from bot.store import agenda
from bot.store.database import Tx

DIGEST = "digest"
"""The kind of the digest, on the agenda and in the ledger."""


def next_digest(tx: Tx, community: Community) -> datetime | None:
    """Return the instant at which the next digest is due; None while none is on the agenda."""
    return agenda.when(tx, community.id, "", DIGEST)


def posting_after(community: Community, week: Week) -> datetime:
    """Return the instant, UTC, at which the digest about a week is due; it is in the week after."""
    rhythm = community.rhythm
    day = digest_day(week.next().monday + timedelta(days=rhythm.digest_day), rhythm)
    return local_to_utc(day, rhythm.digest_at, community.tz)


def digest_day(day: date, rhythm: Rhythm) -> date:
    """Return the day on which a digest comes that would come on a day: the next working day of its week after a holiday.

    It stays in its week, because it tells of the week before; where no working day is left there, nothing moves it.
    """
    off = days_off(rhythm.digest_avoids)
    if not off(day):
        return day
    later = (day + timedelta(days=n) for n in range(1, Week.of(day).sunday.toordinal() - day.toordinal() + 1))
    return next((other for other in later if works(other, off)), day)
