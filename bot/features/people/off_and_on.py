"""Calls the planned meeting with a lead off, and plans it again when that is taken back."""

from bot.domain.ids import LeadId, Who
from bot.domain.meeting import Meeting, off, on_again
from bot.engine.call import Call
from bot.store import meetings
from bot.store.database import Tx


def call_off(tx: Tx, who: Who, lead: LeadId) -> list[Meeting]:
    """Call the planned and prepared meetings with a lead that is closed off; returns them as saved, the next first."""
    ended = [off(planned, with_lead=True) for planned in meetings.all_planned(tx, who, lead)]
    for meeting in ended:
        meetings.save(tx, who, meeting)
    return ended


def plan_again(call: Call, lead: LeadId) -> Meeting | None:
    """Plan again the meeting that ended when a lead was closed; None when there is none, or its time is over."""
    newest_first = meetings.with_lead(call.tx, call.who, lead)
    meeting = on_again(newest_first[0], call.now) if newest_first else None
    if meeting is not None:
        meetings.save(call.tx, call.who, meeting)
    return meeting
