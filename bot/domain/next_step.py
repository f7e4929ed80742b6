"""Which one thing a member does now: a talk that is over, what is due, a talk to prepare, who waits, who is new."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.lead import DueReason, Lead, Stage
from bot.domain.meeting import Meeting, MeetingState
from bot.letters import folded

PREPARE_WITHIN = timedelta(days=2)
"""A talk without a goal is prepared when it is this near."""
OVER_AFTER = timedelta(hours=1)
"""A planned talk is taken for over this long after it began."""


class NextReason(StrEnum):
    """Why this is the one thing to do now."""

    MEETING_OVER = "meeting-over"
    DUE = "due"
    PREPARE = "prepare"
    ANSWERED = "answered"
    NEVER_ASKED = "never-asked"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A lead to do something about, and why."""

    lead: Lead
    reason: NextReason
    meeting: Meeting | None = None


_URGENCY = {
    reason: number
    for number, reason in enumerate(
        (
            DueReason.THANK_YOU,
            DueReason.PROPOSE_TIME,
            DueReason.PROPOSE_AGAIN,
            DueReason.PROPOSE_LATER,
            DueReason.ASK_AGAIN,
            DueReason.FOLLOW_UP,
            DueReason.PROGRESS,
            DueReason.KEEP_IN_TOUCH,
            DueReason.GOODBYE,
        )
    )
}

_FOR_LATER = {DueReason.PROPOSE_LATER, DueReason.ASK_AGAIN, DueReason.GOODBYE}
"""Reasons for which a lead who answered needs nothing now: it was put off, or it is their turn to answer."""


def next_step(
    leads: Sequence[Lead], today: date, meetings: Sequence[Meeting] = (), now: datetime | None = None
) -> NextStep | None:
    """Choose the one thing to do now, or nothing when nobody waits; the longest waiting comes first.

    Args:
        leads: the member's people.
        today: the member's date.
        meetings: the talks that are planned and not logged, in any order.
        now: the instant by which a planned talk is over or near.
    """
    waiting = sorted(
        (lead for lead in leads if lead.is_open), key=lambda lead: (lead.added, folded(lead.name), lead.id)
    )
    planned = _planned(waiting, meetings)
    over = [step for at, step in planned if now is not None and at + OVER_AFTER <= now]
    near = [s for at, s in planned if now is not None and now < at <= now + PREPARE_WITHIN and not _ready(s)]
    if over:
        return replace(over[0], reason=NextReason.MEETING_OVER)
    due = [lead for lead in waiting if lead.clock.due is not None and lead.clock.due <= today]
    if due:
        first = min(
            due, key=lambda lead: (_URGENCY.get(lead.clock.reason, 0) if lead.clock.reason else 0, lead.clock.due)
        )
        return NextStep(first, NextReason.DUE)
    if near:
        return near[0]
    for stage, reason in ((Stage.REPLIED, NextReason.ANSWERED), (Stage.NEW, NextReason.NEVER_ASKED)):
        candidates = [lead for lead in waiting if lead.stage is stage and lead.clock.reason not in _FOR_LATER]
        if candidates:
            return NextStep(candidates[0], reason)
    return None


def _planned(waiting: Sequence[Lead], meetings: Sequence[Meeting]) -> list[tuple[datetime, NextStep]]:
    """Pair each planned talk with its person, the earliest first."""
    by_id = {lead.id: lead for lead in waiting}
    talks = [
        (meeting.planned_for, NextStep(by_id[meeting.lead], NextReason.PREPARE, meeting))
        for meeting in meetings
        if meeting.planned_for is not None and meeting.state is MeetingState.PLANNED and meeting.lead in by_id
    ]
    return sorted(talks, key=lambda talk: (talk[0], talk[1].lead.id))


def _ready(step: NextStep) -> bool:
    return step.meeting is not None and step.meeting.notes.goal is not None
