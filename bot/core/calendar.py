"""A calendar file for something planned, for the member's own calendar; it invites and tells nobody."""

from datetime import datetime, timedelta

from bot.core.call import Call
from bot.ui.reply import File
from bot.ui.text import Text
from bot.ui.voice import say

LENGTH = timedelta(minutes=30)
REMIND_BEFORE = timedelta(hours=2)


def event_file(uid: str, title: Text, start: datetime, place: str | None, call: Call) -> File:
    """Write one event; the library escapes what people typed, and values are one line when they come here."""
    # Only a few commands make a file, and starting must not wait for the library.
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{uid}@hello-circle")
    event.add("dtstamp", call.now)
    event.add("dtstart", start)
    event.add("duration", LENGTH)
    event.add("summary", say(title, call.language))
    if place:
        event.add("location", place)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", say(title, call.language))
    alarm.add("trigger", -REMIND_BEFORE)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Hello Circle//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return File("meeting.ics", "text/calendar", calendar.to_ical().decode())
