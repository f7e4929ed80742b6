"""The question in the morning message whether a planned meeting took place; each meeting is asked about once."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.meeting import Meeting
from bot.domain.week import local_to_utc
from bot.engine.schedule import Prompt
from bot.features.people import person
from bot.features.registry import refer_to
from bot.store import leads, meetings
from bot.ui.button import Style
from bot.ui.reply import Heading, Paragraph, Part, buttons
from bot.ui.text import t
from bot.ui.values import Day

MEETING_LOG = refer_to("meeting log")
MEETING_OFF = refer_to("meeting off")
MEETING_PLAN = refer_to("meeting plan")

ASKED_FOR = timedelta(days=30)
"""How long after a planned meeting the member may still be asked about it."""
MOST = 2
"""Meetings asked about in one message; the others are asked about on the next morning."""


def did_you_meet(prompt: Prompt, zone: ZoneInfo, today: date) -> tuple[Part, ...]:
    """Ask about meetings that were planned for a day before today and are not logged; they are marked as asked."""
    if not prompt.member.reminders:
        return ()
    over = meetings.to_ask(prompt.tx, prompt.who, prompt.now - ASKED_FOR, local_to_utc(today, time(0), zone))[:MOST]
    parts = [part for meeting in over for part in _ask(prompt, zone, meeting)]
    # In the transaction that keeps the message, so that no crash makes it asked twice or never.
    for meeting in over:
        meetings.note_asked(prompt.tx, prompt.who, meeting.id, prompt.now)
    return (Heading(t("Did you meet?")), *parts) if parts else ()


def _ask(prompt: Prompt, zone: ZoneInfo, meeting: Meeting) -> tuple[Part, ...]:
    lead = leads.find(prompt.tx, prompt.who, meeting.lead)
    if lead is None or meeting.planned_for is None:
        return ()
    day = Day(meeting.planned_for.astimezone(zone).date())
    return (
        Paragraph(t("You planned to meet {person} on {day}.", person=person(lead), day=day)),
        buttons(
            MEETING_LOG.button(prompt.stamp, t("We met"), Style.MAIN, lead=lead.id),
            MEETING_PLAN.button(prompt.stamp, t("Plan another day"), lead=lead.id),
            MEETING_OFF.button(prompt.stamp, t("Cancel the talk"), meeting=meeting.id, change=meeting.sequence),
        ),
    )
