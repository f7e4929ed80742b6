"""Calls the planned meeting with a person off, and plans it again when its end is taken back."""

from bot.domain.ids import LeadId, Who
from bot.domain.meeting import Meeting, off, on_again
from bot.engine.call import Call
from bot.store import meetings
from bot.store.database import Tx


def call_off(tx: Tx, who: Who, lead: LeadId, *, with_lead: bool = False) -> Meeting | None:
    """Call the meeting with a lead off, a prepared one too; returns it as it is now, or None when there was none."""
    planned = meetings.planned(tx, who, lead)
    if planned is None:
        return None
    ended = off(planned, with_lead=with_lead)
    meetings.save(tx, who, ended)
    return ended


def plan_again(call: Call, lead: LeadId) -> Meeting | None:
    """Plan the meeting again that ended when a lead was closed; None when there is none, or its time is over."""
    earlier = meetings.with_lead(call.tx, call.who, lead)
    back = on_again(earlier[0], call.now) if earlier else None
    if back is not None:
        meetings.save(call.tx, call.who, back)
    return back
