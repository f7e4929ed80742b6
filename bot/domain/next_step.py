"""Which one thing a member does now: what is due, then who waits for them, then who has not been asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.lead import DueReason, Lead, Stage
from bot.domain.names import folded


class NextReason(StrEnum):
    """Why this is the one thing to do now."""

    DUE = "due"
    ANSWERED = "answered"
    NEVER_ASKED = "never-asked"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A lead to do something about, and why."""

    lead: Lead
    reason: NextReason


_URGENCY = {
    reason: number
    for number, reason in enumerate(
        (
            DueReason.THANK_YOU,
            DueReason.PROPOSE_TIME,
            DueReason.FOLLOW_UP,
            DueReason.PROGRESS,
            DueReason.KEEP_IN_TOUCH,
            DueReason.GOODBYE,
        )
    )
}


def next_step(leads: Sequence[Lead], today: date) -> NextStep | None:
    """Choose the one thing to do now, or nothing when nobody waits; the longest waiting comes first."""
    waiting = sorted(
        (lead for lead in leads if lead.is_open), key=lambda lead: (lead.added, folded(lead.name), lead.id)
    )
    due = [lead for lead in waiting if lead.clock.due is not None and lead.clock.due <= today]
    if due:
        first = min(
            due, key=lambda lead: (_URGENCY.get(lead.clock.reason, 0) if lead.clock.reason else 0, lead.clock.due)
        )
        return NextStep(first, NextReason.DUE)
    for stage, reason in ((Stage.REPLIED, NextReason.ANSWERED), (Stage.NEW, NextReason.NEVER_ASKED)):
        found = [lead for lead in waiting if lead.stage is stage]
        if found:
            return NextStep(found[0], reason)
    return None
