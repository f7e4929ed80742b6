"""Commands that plan, move and cancel a meeting; each change comes with a calendar file."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.domain.ids import LeadId, MeetingId
from bot.domain.lead import Lead, after_calling_off, after_plan, write_clock
from bot.domain.meeting import Meeting, MeetingState, cancelled, moved, off as called_off
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import NotNow, StaleButton
from bot.engine.holidays import days_off
from bot.engine.rules import Line, Number, RowId
from bot.engine.when import When
from bot.features.meeting.calendar import calendar_file
from bot.features.meeting.calling_off import cancellation, is_off
from bot.features.meeting.unplanning import with_way_back
from bot.features.meeting.words import when_and_where
from bot.features.people import LeadRef, own_lead, person, why_due
from bot.features.registry import action, command, refer_to
from bot.store import leads, meetings
from bot.ui.button import Button, Style
from bot.ui.reply import Fields, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, Day, Moment, UserText

LEAD_CLOSE = refer_to("lead close")
LEAD_NEXT = refer_to("lead next")
MEETING_LOG = refer_to("meeting log")
MEETING_PREP = refer_to("meeting prep")
PUT_BACK = refer_to("meeting put-back")

MOST = 5
"""Talks that are offered with a button each."""
SHORT_NAME = 40
"""Characters of a name on a button."""
MEETING = RowId(label=t("Meeting"))
CANCEL_IT, ANOTHER_DAY = t("Cancel the talk"), t("Plan another day")


@command("meeting plan", form=t("Plan a meeting"), example='/meeting plan lead:"dana" when:"tuesday 15:00"')
def plan(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"))],
    when: Annotated[datetime, When(label=t("Day and hour"))],
    place: Annotated[str | None, Line(label=t("Place or way, such as phone"), most=120, no_contacts=True)] = None,
) -> Reply:
    """Keep the day and hour of a meeting; you get a calendar file."""
    before = own_lead(call, lead)
    current = meetings.at_hand(call.tx, call.who, lead)
    meeting = moved(current, when, place)
    if (meeting.planned_for, meeting.notes.place) != (current.planned_for, current.notes.place):
        meeting = with_way_back(meeting, current, before.clock, call.now)
    meetings.keep(call.tx, call.who, meeting, call.now)
    leads.save(call.tx, call.who, replace(before, clock=after_plan(before.clock)), call.now)
    return reply(
        t("You meet {person}.", person=person(before)),
        Fields(when_and_where(meeting, call.zone_name)),
        calendar_file(call, meeting, before, when),
        Note(t("Open the file. It moves the talk in your calendar.")) if meeting.sequence else None,
        None if meeting.notes.goal else Note(t("Think of one thing you want to know at the end.")),
        buttons(
            MEETING_PREP.button(call.stamp, t("Prepare the talk"), Style.MAIN, lead=lead),
            MEETING_LOG.button(call.stamp, t("We met"), lead=lead),
            *_changes(call, meeting),
        ),
    )


def _changes(call: Call, meeting: Meeting) -> tuple[Button, Button]:
    """Make the buttons that move or cancel a meeting."""
    return (
        plan.button(call.stamp, ANOTHER_DAY, lead=meeting.lead),
        off.button(call.stamp, CANCEL_IT, meeting=meeting.id, change=meeting.sequence),
    )


@command("meeting cancel", example='/meeting cancel lead:"dana"')
def cancel(call: Call, *, lead: Annotated[LeadId | None, LeadRef(label=t("Person"))] = None) -> Reply:
    """Cancel a meeting; you get a file that removes it from your calendar."""
    if lead is None:
        raise _ask_which(call, None)
    dated = [meeting for meeting in meetings.all_planned(call.tx, call.who, lead) if meeting.planned_for is not None]
    if not dated:
        raise _ask_which(call, own_lead(call, lead))
    if len(dated) > 1:
        return reply(*two_planned(call, own_lead(call, lead)))
    return _call_off(call, own_lead(call, lead), dated[0])


def two_planned(call: Call, lead: Lead) -> tuple[Part, ...]:
    """Say that two talks with one person are planned, with a button for each to cancel it; () where there is one."""
    planned = {meeting: meeting.planned_for for meeting in meetings.all_planned(call.tx, call.who, lead.id)}
    dated = [(meeting, start) for meeting, start in planned.items() if start is not None]
    if len(dated) == 1 or not dated:
        return ()
    return (
        Paragraph(t("You planned more than one talk with {name}. Is one of them off?", name=UserText(lead.name))),
        buttons(*(_cancel_day(call, meeting, start) for meeting, start in dated[:MOST])),
    )


def _cancel_day(call: Call, meeting: Meeting, start: datetime) -> Button:
    label = t("Cancel {moment}", moment=Moment(start, call.zone_name))
    return off.button(call.stamp, label, meeting=meeting.id, change=meeting.sequence)


def _ask_which(call: Call, lead: Lead | None) -> NotNow:
    """Ask which meeting is cancelled, with a button for each; `lead` is who was named and has no planned meeting."""
    planned = [meeting for meeting in meetings.every_planned(call.tx, call.who) if meeting.planned_for is not None]
    if lead is None:
        message = t("Which talk is cancelled?") if planned else t("You have planned no talk.")
    else:
        message = t("You have planned no talk with {name}.", name=UserText(lead.name))
    choices = tuple(_cancel_button(call, meeting) for meeting in planned[:MOST])
    advice = (
        t("Press the name of the person.") if planned else t("Plan one with {plan}.", plan=CommandRef("meeting plan"))
    )
    return NotNow(message, advice, choices)


def _cancel_button(call: Call, meeting: Meeting) -> Button:
    name = UserText(own_lead(call, meeting.lead).name[:SHORT_NAME])
    return off.button(call.stamp, t("{name}", name=name), meeting=meeting.id, change=meeting.sequence)


@action("meeting off", again=SecondPress.CHANGED)
def off(
    call: Call,
    *,
    meeting: Annotated[MeetingId, MEETING],
    change: Annotated[int, Number(label=t("Number"), most=99_999)],
) -> Reply:
    """Cancel this meeting, as it was planned when the button was made."""
    current = _own_meeting(call, meeting)
    if current.state is MeetingState.OFF:
        return reply(t("This talk is cancelled already."), buttons(_plan_again(call, current.lead)))
    if current.state is not MeetingState.PLANNED or current.planned_for is None:
        raise StaleButton(
            t("You told me how this talk went."), t("Take it back with {undo}.", undo=CommandRef("meeting undo"))
        )
    # The sequence counts the changes of a meeting: the button was made for another day.
    if current.sequence != change:
        return reply(
            t("You moved this talk to {moment}.", moment=Moment(current.planned_for, call.zone_name)),
            buttons(*_changes(call, current)),
        )
    return _call_off(call, own_lead(call, current.lead), current)


def _own_meeting(call: Call, meeting_id: MeetingId) -> Meeting:
    meeting = meetings.find(call.tx, call.who, meeting_id)
    if meeting is None or meeting.state is MeetingState.UNDONE:
        raise StaleButton(
            t("This meeting is not there any more."), t("Plan one with {plan}.", plan=CommandRef("meeting plan"))
        )
    return meeting


def _call_off(call: Call, lead: Lead, meeting: Meeting) -> Reply:
    ended = cancelled(called_off(meeting), call.now, write_clock(lead.clock))
    meetings.save(call.tx, call.who, ended)
    following = meetings.planned(call.tx, call.who, lead.id)
    met, after = meetings.met(call.tx, call.who, lead.id), lead
    # Where another talk is still planned, nothing is due for the person.
    if lead.is_open and (following is None or following.planned_for is None):
        after = replace(lead, clock=after_calling_off(call.today, days_off(call.community.holidays), met=met))
    leads.save(call.tx, call.who, after, call.now)
    due, because, start = after.clock.due, why_due(after), ended.planned_for or call.now
    return reply(
        is_off(call, lead, start),
        *cancellation(call, ended, lead, start),
        Fields(((t("I remind you on"), Day(due)), (t("Because"), because))) if due and because else None,
        buttons(
            _plan_again(call, lead.id),
            LEAD_CLOSE.button(call.stamp, t("Close this person"), lead=lead.id) if lead.is_open else None,
            LEAD_NEXT.button(call.stamp, t("What do I do now?")),
            PUT_BACK.button(call.stamp, t("Take it back"), meeting=ended.id),
        ),
    )


def _plan_again(call: Call, lead: LeadId) -> Button:
    return plan.button(call.stamp, t("Plan another day"), Style.MAIN, lead=lead)


@action("meeting calendar", reads=True)
def calendar(call: Call, *, meeting: Annotated[MeetingId, MEETING]) -> Reply:
    """Get the calendar file of a meeting once more."""
    current = _own_meeting(call, meeting)
    if current.planned_for is None:
        raise NotNow(t("This talk has no day yet."), t("Plan it with {plan}.", plan=CommandRef("meeting plan")))
    lead = own_lead(call, current.lead)
    if current.state is MeetingState.OFF:
        return reply(is_off(call, lead, current.planned_for), *cancellation(call, current, lead, current.planned_for))
    return reply(
        t("You meet {person}.", person=person(lead)),
        Fields(when_and_where(current, call.zone_name)),
        calendar_file(call, current, lead, current.planned_for),
    )
