"""Calls the planned meeting with a lead off, and plans it again when that is taken back."""

from bot.domain.ids import LeadId, Who
from bot.domain.meeting import Meeting, off, on_again
from bot.engine.call import Call
from bot.store import meetings
from bot.store.database import Tx


def call_off(tx: Tx, who: Who, lead: LeadId, *, with_lead: bool = False) -> Meeting | None:
    """Call the planned or prepared meeting with a lead off; returns it as saved, or None when there was none."""
    planned = meetings.planned(tx, who, lead)
    if planned is None:
        return None
    cancelled = off(planned, with_lead=with_lead)
    meetings.save(tx, who, cancelled)
    return cancelled


def plan_again(call: Call, lead: LeadId) -> Meeting | None:
    """Plan again the meeting that ended when a lead was closed; None when there is none, or its time is over."""
    newest_first = meetings.with_lead(call.tx, call.who, lead)
    meeting = on_again(newest_first[0], call.now) if newest_first else None
    if meeting is not None:
        meetings.save(call.tx, call.who, meeting)
    return meeting
