"""Records what a member did in the week it counts in.

Rule: until Monday 12:30 entries may be dated back into last week; what comes later counts in nothing already posted.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.week import Week, local_to_utc
from bot.engine.call import Call
from bot.features.week.digest_hour import posting_after
from bot.store import events, snapshots
from bot.ui.reply import Note
from bot.ui.text import t
from bot.ui.values import WeekOf


@dataclass(frozen=True, slots=True)
class Recorded:
    """The week something counts in, and whether it came after the week was posted."""

    week: Week
    late: bool

    @property
    def note(self) -> Note | None:
        """A kind word for what came in late."""
        return late_note(self.week) if self.late else None


def late_note(week: Week) -> Note:
    """Thank for something that came in after its week was posted."""
    return Note(t("This came late for the week of {week}. Thank you.", week=WeekOf(week.monday)))


def record(call: Call, kind: str, *, lead: str, thing: str | None = None, day: date | None = None) -> Recorded:
    """Record a lead, an ask, an answer or a meeting, on a day of the member's; today when none is given."""
    at = call.now if day is None or day == call.today else local_to_utc(day, time(12), call.zone)
    week = Week.at(at, call.community.tz)
    posted = events.record(call.tx, call.who, events.Event(kind, week, at, lead, thing), call.now)
    return Recorded(week, late=posted or call.now > posting_of(call, week))


def stays_note(call: Call, week: Week, told: datetime) -> Note | None:
    """Say that what is taken back was in a week that is posted, whose numbers stay."""
    frozen = snapshots.find(call.tx, call.community.id, week)
    if frozen is None or told > frozen.frozen_at:
        return None
    return Note(t("The numbers of the week of {week} are posted, so they do not change.", week=WeekOf(week.monday)))


def posting_of(call: Call, week: Week) -> datetime:
    """Tell when the digest of a week is due."""
    return posting_after(call.community, week)
