"""Takes back that a meeting was logged, and keeps what happened with the lead since."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.lead import DueReason, FollowUpClock, Lead, after_ask, not_before, read_clock, write_clock
from bot.domain.meeting import Meeting, MeetingState, as_planned, off
from bot.engine.call import Call
from bot.engine.holidays import days_off
from bot.features.people import keep_clock
from bot.store import asks, events, meetings


def take_back_meeting(call: Call, lead: Lead, told: Meeting) -> Lead:
    """Undo the log of a meeting (`told`): it is planned again, or marked as undone; what came after it stays."""
    events.undo(call.tx, call.who, told.id)
    others = [meeting for meeting in meetings.with_lead(call.tx, call.who, lead.id) if meeting.id != told.id]
    planned = next((meeting for meeting in others if meeting.state is MeetingState.PLANNED), None)
    later = [meeting for meeting in others if meeting.state is MeetingState.HELD and _logged_after(meeting, told)]
    # The clock goes back only when the logged meeting is the last thing that moved it.
    if later or not lead.is_open or (planned is not None and planned.planned_for is not None):
        _remove(call, told, later)
        return keep_clock(call, lead, lead.clock)
    before = as_planned(told)
    if planned is not None and before.state is MeetingState.PLANNED:
        # A lead has one planned meeting at most, so what was prepared for the next one moves to this one.
        before = replace(before, notes=replace(planned.notes, place=before.notes.place))
        meetings.save(call.tx, call.who, replace(planned, state=MeetingState.UNDONE))
    meetings.save(call.tx, call.who, before)
    return keep_clock(call, lead, _clock_before(call, lead, told))


def _logged_after(meeting: Meeting, earlier: Meeting) -> bool:
    return meeting.logged_at is not None and earlier.logged_at is not None and meeting.logged_at > earlier.logged_at


def _remove(call: Call, told: Meeting, later: list[Meeting]) -> None:
    """Save a meeting as called off or undone, and hand the clock of before it to the next logged meeting."""
    before = as_planned(told)
    meetings.save(call.tx, call.who, off(before) if before.state is MeetingState.PLANNED else before)
    if later:
        following = min(later, key=lambda meeting: meeting.logged_at or call.now)
        # So taking that one back too restores the clock of before both.
        notes = replace(following.notes, before=told.notes.before)
        meetings.save(call.tx, call.who, replace(following, notes=notes))


def _clock_before(call: Call, lead: Lead, told: Meeting) -> FollowUpClock:
    """Return the clock of before the meeting was logged; a message that was sent since still waits for its answer."""
    before = lead.clock if told.notes.before is None else read_clock(told.notes.before)
    if not lead.clock.tries:
        return _after_unanswered(call, lead, before)
    asked = after_ask(before, call.today, days_off(call.community.holidays))
    return asked if asked.due is None else replace(lead.clock, stage=asked.stage)


def _after_unanswered(call: Call, lead: Lead, clock: FollowUpClock) -> FollowUpClock:
    """Move a clock for the messages without an answer that changed nothing, because a thank-you was due before them."""
    off = days_off(call.community.holidays)
    for ask in asks.to_lead(call.tx, call.who, lead.id):
        if ask.replied is None and ask.before and read_clock(ask.before).reason is DueReason.THANK_YOU:
            # So taking that one back too restores the clock of before both.
            asks.save_answer(call.tx, call.who, replace(ask, before=write_clock(clock)))
            day = ask.sent.astimezone(call.zone).date()
            clock = not_before(after_ask(clock, day, off), call.today + timedelta(days=1))
    return clock
