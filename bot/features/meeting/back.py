"""Takes back that a meeting was told, and keeps what happened with the person since."""

from dataclasses import replace

from bot.domain.lead import FollowUpClock, Lead, after_ask, read_clock
from bot.domain.meeting import Meeting, MeetingState, as_planned, off
from bot.engine.call import Call
from bot.features.people import keep_clock
from bot.store import events, meetings


def take_back_meeting(call: Call, lead: Lead, told: Meeting) -> Lead:
    """Forget that a meeting was told: it is planned again, or not there; what came after it stays."""
    events.undo(call.tx, call.who, told.id)
    known = [each for each in meetings.with_lead(call.tx, call.who, lead.id) if each.id != told.id]
    planned = next((each for each in known if each.state is MeetingState.PLANNED), None)
    later = [each for each in known if each.state is MeetingState.HELD and _told_after(each, told)]
    if later or not lead.is_open or (planned is not None and planned.planned_for is not None):
        _lay_aside(call, told, later)
        return keep_clock(call, lead, lead.clock)
    before = as_planned(told)
    if planned is not None and before.state is MeetingState.PLANNED:
        # What was prepared for the next talk is for this one again: there is one planned talk with a person.
        before = replace(before, notes=replace(planned.notes, place=before.notes.place))
        meetings.save(call.tx, call.who, replace(planned, state=MeetingState.UNDONE))
    meetings.save(call.tx, call.who, before)
    return keep_clock(call, lead, _before(call, lead, told))


def _told_after(one: Meeting, other: Meeting) -> bool:
    return one.logged_at is not None and other.logged_at is not None and one.logged_at > other.logged_at


def _lay_aside(call: Call, told: Meeting, later: list[Meeting]) -> None:
    """Let a meeting be there no more; one that was told next begins where this one began."""
    gone = as_planned(told)
    kept = off(gone) if gone.state is MeetingState.PLANNED else gone
    meetings.save(call.tx, call.who, kept)
    if later:
        following = min(later, key=lambda each: each.logged_at or call.now)
        notes = replace(following.notes, before=told.notes.before)
        meetings.save(call.tx, call.who, replace(following, notes=notes))


def _before(call: Call, lead: Lead, told: Meeting) -> FollowUpClock:
    """Give the clock as it stood before the meeting was told; a message sent since is still waited for."""
    before = lead.clock if told.notes.before is None else read_clock(told.notes.before)
    if not lead.clock.tries:
        return before
    asked = after_ask(before, call.today)
    return asked if asked.due is None else replace(lead.clock, stage=asked.stage)
