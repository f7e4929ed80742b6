"""Commands that take back, within a day, that a meeting was logged or cancelled."""

from datetime import timedelta
from typing import Annotated

from bot.domain.ids import MeetingId
from bot.domain.lead import Lead, after_calling_off, after_plan, read_clock
from bot.domain.meeting import Meeting, MeetingState, put_back as as_before
from bot.engine.call import Call
from bot.engine.errors import NotNow, StaleButton
from bot.engine.rules import RowId
from bot.features.meeting.back import take_back_meeting
from bot.features.meeting.calling_off import is_on_again
from bot.features.meeting.held import held_meeting
from bot.features.people import keep_clock, next_buttons, own_lead
from bot.features.registry import action, command, refer_to
from bot.features.week import stays_note
from bot.store import events, meetings
from bot.ui.button import Button
from bot.ui.reply import Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, UserText

LEAD_REOPEN = refer_to("lead reopen")
MEETING_CANCEL = refer_to("meeting cancel")
MEETING_LOG = refer_to("meeting log")
MEETING_PREP = refer_to("meeting prep")

WITHIN = timedelta(days=1)
"""How long a meeting that was logged or cancelled can be taken back."""
MEETING = RowId(label=t("Meeting"))


@command("meeting undo", once=True, takes_back=True)
def undo(call: Call) -> Reply:
    """Take back the last meeting you logged or cancelled, within a day."""
    last = meetings.last_told(call.tx, call.who)
    if last is not None and last.state is MeetingState.OFF:
        return _planned_again(call, last)
    return _taken_back(call, last)


@action("meeting take-back", takes_back=True)
def take_back(call: Call, *, meeting: Annotated[MeetingId, MEETING]) -> Reply:
    """Take back this meeting, and no other, within a day."""
    return _taken_back(call, held_meeting(call, meeting))


@action("meeting put-back", takes_back=True)
def put_back(call: Call, *, meeting: Annotated[MeetingId, MEETING]) -> Reply:
    """Take back that this meeting was cancelled, within a day."""
    current = meetings.find(call.tx, call.who, meeting)
    if current is None or current.state is not MeetingState.OFF or current.notes.before is None:
        raise StaleButton(
            t("This meeting is not there any more."), t("Plan one with {plan}.", plan=CommandRef("meeting plan"))
        )
    return _planned_again(call, current)


def _planned_again(call: Call, meeting: Meeting) -> Reply:
    if not _is_recent(call, meeting):
        raise _nothing_to_take_back(call)
    lead = own_lead(call, meeting.lead)
    if not lead.is_open:
        raise NotNow(
            t("{name} is closed.", name=UserText(lead.name)),
            t("First open them again."),
            (LEAD_REOPEN.button(call.stamp, t("Open again"), lead=lead.id),),
        )
    if meetings.planned(call.tx, call.who, lead.id) is not None:
        raise NotNow(
            t("You planned another talk with {name}.", name=UserText(lead.name)),
            t("First cancel that one."),
            (MEETING_CANCEL.button(call.stamp, t("Cancel the talk"), lead=lead.id),),
        )
    on = as_before(meeting)
    meetings.save(call.tx, call.who, on)
    after = _with_clock_of_before(call, lead, meeting)
    return reply(
        t("I took back that you cancelled it."),
        *is_on_again(call, after, on),
        buttons(
            MEETING_PREP.button(call.stamp, t("Prepare the talk"), lead=lead.id),
            MEETING_LOG.button(call.stamp, t("We met"), lead=lead.id),
        ),
    )


def _with_clock_of_before(call: Call, lead: Lead, meeting: Meeting) -> Lead:
    """Put the clock back, unless something else moved it since; then it is as after a plan."""
    told_on = (meeting.logged_at or call.now).astimezone(call.zone).date()
    since = after_calling_off(told_on, met=meetings.met(call.tx, call.who, lead.id))
    before = meeting.notes.before
    untouched = before is not None and lead.clock == since
    return keep_clock(call, lead, read_clock(before) if before and untouched else after_plan(lead.clock))


def _taken_back(call: Call, meeting: Meeting | None) -> Reply:
    if meeting is None or not _is_recent(call, meeting):
        raise _nothing_to_take_back(call)
    lead = own_lead(call, meeting.lead)
    event = events.last_told(call.tx, call.who, (events.MEETING,), meeting.id)
    after = take_back_meeting(call, lead, meeting)
    return reply(
        t("I took back your meeting with {name}. It counts no more.", name=UserText(lead.name)),
        stays_note(call, event.week, event.at) if event is not None else None,
        buttons(*_after_undo(call, after)),
    )


def _is_recent(call: Call, meeting: Meeting) -> bool:
    return meeting.logged_at is not None and call.now - meeting.logged_at <= WITHIN


def _nothing_to_take_back(call: Call) -> NotNow:
    planned = any(meeting.planned_for is not None for meeting in meetings.every_planned(call.tx, call.who))
    return NotNow(
        t("There is no meeting to take back."),
        t("A meeting can be taken back for one day after you log or cancel it."),
        (MEETING_CANCEL.button(call.stamp, t("Cancel a talk")),) if planned else (),
    )


def _after_undo(call: Call, lead: Lead) -> list[Button]:
    """Make the button to log the meeting again; for a lead that was closed since, the buttons of its stage."""
    if not lead.is_open:
        return next_buttons(call, lead)
    return [MEETING_LOG.button(call.stamp, t("Log it again"), lead=lead.id)]
