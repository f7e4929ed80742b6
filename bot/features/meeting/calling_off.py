"""Calls meetings off: by a command, by a "no", by closing the person; and what that means for the calendar.

What ended with a person is there again when that is taken back.
"""

from datetime import datetime

from bot.domain.lead import Lead
from bot.domain.meeting import Meeting
from bot.engine.call import Call
from bot.features.meeting.calendar import calendar_file
from bot.features.people import call_off
from bot.ui.reply import Note, Part
from bot.ui.text import Text, t
from bot.ui.values import Moment, UserText


def called_off(call: Call, lead: Lead) -> tuple[Part, ...]:
    """Call the meeting with a lead who is closed off, and say so with a file that takes it out of the calendar."""
    ended = call_off(call.tx, call.who, lead.id, with_lead=True)
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


def is_on_again(call: Call, lead: Lead, meeting: Meeting | None) -> tuple[Part, ...]:
    """Say that a meeting is planned again, with a file that puts it back into the calendar."""
    if meeting is None or meeting.planned_for is None:
        return ()
    moment = Moment(meeting.planned_for, call.zone_name)
    return (
        Note(t("Your talk with {name} on {moment} is planned again.", name=UserText(lead.name), moment=moment)),
        calendar_file(call, meeting, lead, meeting.planned_for),
        Note(t("Open the file. It puts the talk back into your calendar.")),
    )
