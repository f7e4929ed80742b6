"""Records what a member did in the week it counts in.

Rule: until Monday 12:30 entries may be dated back into last week; what comes later counts in nothing already posted.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.call import Call
from bot.domain.week import Week, local_to_utc, next_weekly
from bot.store import events
from bot.ui.reply import Note
from bot.ui.text import t


@dataclass(frozen=True, slots=True)
class Recorded:
    """The week something counts in, and whether it came after the week was posted."""

    week: Week
    late: bool

    @property
    def note(self) -> Note | None:
        """A kind word for what came in late."""
        return Note(t("This came in late for last week. Thank you.")) if self.late else None


def record(call: Call, kind: str, *, lead: str, thing: str | None = None, day: date | None = None) -> Recorded:
    """Record a lead, an ask, an answer or a meeting, on a day of the member's; today when none is given."""
    at = call.now if day is None or day == call.today else local_to_utc(day, time(12), call.zone)
    week = Week.at(at, call.community.tz)
    posted = events.record(call.tx, call.who, events.Event(kind, week, at, lead, thing), call.now)
    return Recorded(week, late=posted or call.now > posting_of(call, week))


def posting_of(call: Call, week: Week) -> datetime:
    """Tell when the digest of a week is due."""
    rhythm, zone = call.community.rhythm, call.community.tz
    return next_weekly(week.ends(zone), rhythm.digest_day, rhythm.digest_at, zone)[1]
