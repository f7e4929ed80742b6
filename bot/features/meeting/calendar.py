"""Calendar files (iCalendar) for the member's own calendar: a new, moved or cancelled meeting; nobody is invited."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.lead import Lead
from bot.domain.meeting import Meeting, MeetingState
from bot.engine.call import Call
from bot.ui.reply import File
from bot.ui.text import t, tc
from bot.ui.values import UserText
from bot.ui.voice import say

LENGTH = timedelta(minutes=30)
REMIND_BEFORE = timedelta(hours=2)


def calendar_file(call: Call, meeting: Meeting, lead: Lead, start: datetime) -> File:
    """Write a meeting as one event; the library escapes what people typed.

    Rule: one meeting is one UID for ever, and each change of it has a higher SEQUENCE; so a calendar that gets a later
    file moves the event it has, or takes it out when the meeting is off.
    """
    # Imported late: only a few commands make a file, and the import would make every start slower.
    from icalendar import Calendar  # noqa: PLC0415

    is_off = meeting.state is MeetingState.OFF
    calendar = Calendar()
    calendar.add("prodid", "-//Hello Circle//EN")
    calendar.add("version", "2.0")
    # PUBLISH and not REQUEST: the file is for the member's own calendar, and asks nobody to answer.
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    calendar.add_component(_event(call, meeting, lead, start))
    name = tc("name of a file", "meeting-is-off") if is_off else tc("name of a file", "meeting")
    return File(f"{say(name, call.language)}.ics", "text/calendar", calendar.to_ical().decode())


def _event(call: Call, meeting: Meeting, lead: Lead, start: datetime) -> Any:
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    title = say(t("Talk with {name}", name=UserText(lead.name)), call.language)
    event = Event()
    event.add("uid", f"{meeting.id}@hello-circle")
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.state is MeetingState.OFF else "CONFIRMED")
    event.add("dtstamp", call.now)
    event.add("dtstart", start)
    event.add("duration", LENGTH)
    event.add("summary", title)
    if meeting.notes.place:
        event.add("location", meeting.notes.place)
    if meeting.state is not MeetingState.OFF:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -REMIND_BEFORE)
        event.add_component(alarm)
    return event
