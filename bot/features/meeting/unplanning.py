"""Takes back that a meeting was planned or moved: its earlier day holds again, or it is off."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from bot.domain.ids import MeetingId
from bot.domain.lead import FollowUpClock, Lead, after_plan, read_clock, write_clock
from bot.domain.meeting import Meeting, MeetingState, unplanned
from bot.engine.call import Call
from bot.engine.errors import NotNow
from bot.engine.rules import RowId
from bot.features.meeting.calendar import calendar_file
from bot.features.meeting.calling_off import cancellation, is_off
from bot.features.people import keep_clock, own_lead, why_due
from bot.features.registry import action, refer_to
from bot.store import meetings
from bot.ui.button import Style
from bot.ui.reply import Fields, Note, Part, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, Day, Moment, UserText

MEETING_PLAN = refer_to("meeting plan")

UNDO_WITHIN = timedelta(days=1)
"""How long a planning can be taken back."""


def with_way_back(meeting: Meeting, earlier: Meeting, clock: FollowUpClock, now: datetime) -> Meeting:
    """Note in a meeting that is planned or moved now how it was before, and where its lead stood."""
    way = {
        "day": earlier.planned_for and earlier.planned_for.isoformat(),
        "at": earlier.planned_at and earlier.planned_at.isoformat(),
        "place": earlier.notes.place,
        "before": json.loads(earlier.notes.unplan) if earlier.notes.unplan else None,
        "clock": write_clock(clock),
    }
    return replace(meeting, planned_at=now, notes=replace(meeting.notes, unplan=json.dumps(way)))


def _earlier(meeting: Meeting) -> tuple[Meeting, FollowUpClock] | None:
    """Read how a meeting and its lead were before it was planned last; None when that is not noted."""
    if not meeting.notes.unplan or meeting.state is not MeetingState.PLANNED:
        return None
    way: dict[str, Any] = json.loads(meeting.notes.unplan)
    day, at = (datetime.fromisoformat(way[name]) if way[name] else None for name in ("day", "at"))
    notes = replace(meeting.notes, place=way["place"], unplan=json.dumps(way["before"]) if way["before"] else None)
    return replace(meeting, planned_for=day, planned_at=at, notes=notes), read_clock(way["clock"])


@action("meeting unplan", lasts=UNDO_WITHIN, takes_back=True)
def unplan(call: Call, *, meeting: Annotated[MeetingId, RowId(label=t("Meeting"))]) -> Reply:
    """Take back that a meeting was planned or moved, within a day."""
    current = meetings.find(call.tx, call.who, meeting)
    start = current.planned_for if current is not None else None
    way = _earlier(current) if current is not None else None
    if current is None or start is None or way is None:
        raise NotNow(
            t("I cannot take this plan back any more."),
            t("To cancel a talk, type {off}.", off=CommandRef("meeting cancel")),
        )
    before = unplanned(current, way[0])
    meetings.save(call.tx, call.who, before)
    lead = _as_it_stood(call, own_lead(call, current.lead), way[1])
    day = before.planned_for
    due, because = lead.clock.due, why_due(lead)
    return reply(
        *(_off(call, before, lead, start) if day is None else _again(call, before, lead, day)),
        Fields(((t("I remind you on"), Day(due)), (t("Because"), because))) if due and because else None,
        buttons(MEETING_PLAN.button(call.stamp, t("Plan another day"), Style.MAIN, lead=lead.id)),
    )


def _as_it_stood(call: Call, lead: Lead, before: FollowUpClock) -> Lead:
    """Put the clock of a lead back, unless something else moved it since."""
    return keep_clock(call, lead, before if lead.clock == after_plan(before) else lead.clock)


def _off(call: Call, before: Meeting, lead: Lead, start: datetime) -> tuple[Part, ...]:
    off = replace(before, state=MeetingState.OFF)
    return (Note(is_off(call, lead, start)), *cancellation(call, off, lead, start))


def _again(call: Call, before: Meeting, lead: Lead, day: datetime) -> tuple[Part, ...]:
    moment = Moment(day, call.zone_name)
    return (
        Note(t("Your talk with {name} is on {moment} again.", name=UserText(lead.name), moment=moment)),
        calendar_file(call, before, lead, day),
        Note(t("Open the file. It moves the talk in your calendar.")),
    )
