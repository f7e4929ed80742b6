"""The evening before a meeting: its sheet once more, or a kind word when there is none yet."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.agenda import EVENING, zone_of
from bot.core.links import link
from bot.core.meeting_words import when_and_where
from bot.core.sheet import Reader, sheet
from bot.core.wording import person
from bot.domain.lead import Lead
from bot.domain.meeting import Meeting
from bot.schedules.schedule import MemberSchedule, Prompt
from bot.store import leads, meetings
from bot.ui.button import Style
from bot.ui.reply import Fields, Note, Part, Reply, buttons
from bot.ui.text import t

AHEAD = timedelta(days=1)
MOST = 2
"""Sheets in one message; Discord has no room for a third."""


def _zone(prompt: Prompt) -> ZoneInfo:
    return zone_of(prompt.community, prompt.member)


def compose(prompt: Prompt) -> Reply | None:
    """Show the sheets of tomorrow's meetings, in one message; of a third and later one, the hour and the place."""
    last = prompt.due.astimezone(_zone(prompt)).date() + AHEAD
    coming: list[tuple[Meeting, Lead]] = []
    for meeting in meetings.coming(prompt.tx, prompt.who, prompt.now):
        lead = leads.find(prompt.tx, prompt.who, meeting.lead)
        day = meeting.planned_for and meeting.planned_for.astimezone(_zone(prompt)).date()
        if lead is not None and day is not None and day <= last:
            coming.append((meeting, lead))
    parts = [part for meeting, lead in coming[:MOST] for part in _about(prompt, meeting, lead)]
    for meeting, lead in coming[MOST:]:
        rows = ((t("You also meet"), person(lead)), *when_and_where(meeting, _zone(prompt).key))
        parts += [Fields(rows), buttons(link(prompt.stamp, "meeting prep", t("Prepare the talk"), lead=lead.id))]
    return Reply(tuple(parts)) if parts else None


def _about(prompt: Prompt, meeting: Meeting, lead: Lead) -> list[Part]:
    ready = meeting.notes.goal is not None
    return [
        *sheet(prompt.tx, Reader(prompt.who, prompt.member.work, _zone(prompt).key), meeting, lead),
        Note(
            t("Let them talk more than you. Enjoy the talk.")
            if ready
            else t("A goal makes the talk easier. Write your goal here.")
        ),
        buttons(
            None if ready else link(prompt.stamp, "meeting prep", t("Prepare the talk"), Style.MAIN, lead=lead.id),
            link(prompt.stamp, "meeting log", t("We met"), lead=lead.id),
            link(prompt.stamp, "meeting off", t("Cancel the talk"), meeting=meeting.id, change=meeting.sequence),
        ),
    ]


def _key(prompt: Prompt) -> str:
    return f"{EVENING}:{prompt.due.astimezone(_zone(prompt)).date().isoformat()}"


SCHEDULE = MemberSchedule(EVENING, compose, _key)
