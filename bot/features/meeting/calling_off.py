"""What members read when a meeting is called off or planned again, with the file that changes their calendar."""

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
    """Call the meetings with a lead that is closed now off, and say so; () when none with a day was planned."""
    parts: list[Part] = []
    for cancelled in call_off(call.tx, call.who, lead.id):
        if cancelled.planned_for is not None:
            parts.append(Note(is_off(call, lead, cancelled.planned_for)))
            parts += cancellation(call, cancelled, lead, cancelled.planned_for)
    return tuple(parts)


def is_off(call: Call, lead: Lead, start: datetime) -> Text:
    """Say that the meeting of this instant is cancelled."""
    moment = Moment(start, call.zone_name)
    return t("Your talk with {name} on {moment} is cancelled.", name=UserText(lead.name), moment=moment)


def cancellation(call: Call, cancelled: Meeting, lead: Lead, start: datetime) -> tuple[Part, ...]:
    """Make the calendar file that removes a meeting; () when its time is over."""
    if start <= call.now:
        return ()
    return (
        calendar_file(call, cancelled, lead, start),
        Note(t("Open the file. It takes the talk out of your calendar.")),
    )


def is_on_again(call: Call, lead: Lead, meeting: Meeting | None) -> tuple[Part, ...]:
    """Say that a meeting is planned again, with the file that puts it back while it is to come; () when there is none."""
    if meeting is None or meeting.planned_for is None:
        return ()
    moment = Moment(meeting.planned_for, call.zone_name)
    planned = Note(t("Your talk with {name} on {moment} is planned again.", name=UserText(lead.name), moment=moment))
    if meeting.planned_for <= call.now:
        return (planned,)
    return (
        planned,
        calendar_file(call, meeting, lead, meeting.planned_for),
        Note(t("Open the file. It puts the talk back into your calendar.")),
    )
