"""Calls meetings off: by a command, by a "no", by closing the person; and says what that means for the calendar."""

from datetime import datetime

from bot.domain.ids import LeadId, Who
from bot.domain.lead import Lead
from bot.domain.meeting import Meeting, off
from bot.engine.call import Call
from bot.features.meeting.calendar import calendar_file
from bot.store import meetings
from bot.store.database import Tx
from bot.ui.reply import Note, Part
from bot.ui.text import Text, t
from bot.ui.values import Moment, UserText


def call_off(tx: Tx, who: Who, lead: LeadId) -> Meeting | None:
    """Call the meeting with a lead off, a prepared one too; returns it as it is now, or None when there was none."""
    planned = meetings.planned(tx, who, lead)
    if planned is None:
        return None
    ended = off(planned)
    meetings.save(tx, who, ended)
    return ended


def called_off(call: Call, lead: Lead) -> tuple[Part, ...]:
    """Call the meeting with a lead off, and say so with a file that takes it out of the calendar."""
    ended = call_off(call.tx, call.who, lead.id)
    start = ended.planned_for if ended is not None else None
    if ended is None or start is None:
        return ()
    return (Note(is_off(call, lead, start)), *cancellation(call, ended, lead, start))


def is_off(call: Call, lead: Lead, start: datetime) -> Text:
    """Say that a meeting is off."""
    moment = Moment(start, call.zone_name)
    return t("Your talk with {name} on {moment} is cancelled.", name=UserText(lead.name), moment=moment)


def cancellation(call: Call, ended: Meeting, lead: Lead, start: datetime) -> tuple[Part, ...]:
    """Give the file for the calendar, unless the time is over."""
    if start <= call.now:
        return ()
    return (calendar_file(call, ended, lead, start), Note(t("Open the file. It takes the talk out of your calendar.")))
