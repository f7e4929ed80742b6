"""Records an event of a member, in the week that it counts in.

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
class RecordedWeek:
    """The week that an event counts in, and whether it came after the digest about that week."""

    week: Week
    late: bool

    @property
    def note(self) -> Note | None:
        """The note for an event that came late; None when it was in time."""
        return late_note(self.week) if self.late else None


def late_note(week: Week) -> Note:
    """Thank the member for an event that came after its week was posted."""
    return Note(t("This came late for the week of {week}. Thank you.", week=WeekOf(week.monday)))


def record(call: Call, kind: str, *, lead: str, row_id: str | None = None, day: date | None = None) -> RecordedWeek:
    """Record a lead, an ask, an answer or a meeting.

    Args:
        call: the present call.
        kind: one of the kinds of `bot.store.events`.
        lead: the id of the lead.
        row_id: the id of the ask or the meeting; None for a lead.
        day: the member's date on which it happened; None is today.
    """
    # Noon, as for an ask of an earlier day. The date is the member's, and the week is the community's.
    at = call.now if day is None or day == call.today else local_to_utc(day, time(12), call.zone)
    week = Week.at(at, call.community.tz)
    posted = events.record(call.tx, call.who, events.Event(kind, week, at, lead, row_id), call.now)
    return RecordedWeek(week, late=posted or (week.may_be_over(call.now) and call.now > posting_of(call, week)))


def stays_note(call: Call, week: Week, told: datetime) -> Note | None:
    """Say that a posted week keeps its numbers; None when what was logged at `told` was in no digest."""
    frozen = snapshots.find(call.tx, call.community.id, week)
    if frozen is None or told > frozen.frozen_at:
        return None
    return Note(t("The numbers of the week of {week} are posted, so they do not change.", week=WeekOf(week.monday)))


def posting_of(call: Call, week: Week) -> datetime:
    """Return the instant at which the digest about a week of the call's community is due."""
    return posting_after(call.community, week)
