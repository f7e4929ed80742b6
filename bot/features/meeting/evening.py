"""The private message on the evening before a meeting, with its sheet."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.lead import Lead
from bot.domain.meeting import Meeting
from bot.domain.member import Member
from bot.domain.week import local_to_utc
from bot.engine.schedule import MemberSchedule, Prompt, zone_of
from bot.features.meeting.sheet import SheetReader, sheet
from bot.features.meeting.words import when_and_where
from bot.features.people import person
from bot.features.registry import refer_to, schedule
from bot.store import leads, meetings
from bot.store.database import Tx
from bot.ui.button import Style
from bot.ui.reply import Fields, Note, Part, Reply, buttons
from bot.ui.text import t

MEETING_LOG = refer_to("meeting log")
MEETING_OFF = refer_to("meeting off")
MEETING_PREP = refer_to("meeting prep")

AHEAD = timedelta(days=1)
MOST = 2
"""Sheets in one message; Discord has no room for a third."""


@schedule
class EveningSheet(MemberSchedule):
    """Sends the sheet of a meeting on the evening before it."""

    kind = "evening"

    def next(self, tx: Tx, community: Community, member: Member, now: datetime) -> datetime | None:
        """Return the next evening before a meeting of the member; None when there is none, or reminders are off."""
        if not member.reminders:
            return None
        zone = zone_of(community, member)
        days = {start.astimezone(zone).date() for start in meetings.starts(tx, Who(community.id, member.id), now)}
        evenings = (evening_before(community, member, day) for day in days)
        return min((evening for evening in evenings if evening > now), default=None)

    def key(self, prompt: Prompt) -> str:
        """Return a key that is unique for each evening, so that an evening has one message."""
        return f"{self.kind}:{prompt.due.astimezone(_zone(prompt)).date().isoformat()}"

    def compose(self, prompt: Prompt) -> Reply | None:
        """Show the sheets of tomorrow's meetings."""
        return compose(prompt)


def evening_before(community: Community, member: Member, day: date) -> datetime:
    """Return the instant at which the sheet for the meetings of a day comes."""
    return local_to_utc(day - AHEAD, community.rhythm.evening_at, zone_of(community, member))


def _zone(prompt: Prompt) -> ZoneInfo:
    return zone_of(prompt.community, prompt.member)


def compose(prompt: Prompt) -> Reply | None:
    """Show the sheets of tomorrow's first two meetings; of the others, the hour and the place."""
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
        parts += [Fields(rows), buttons(MEETING_PREP.button(prompt.stamp, t("Prepare the talk"), lead=lead.id))]
    return Reply(tuple(parts)) if parts else None


def _about(prompt: Prompt, meeting: Meeting, lead: Lead) -> list[Part]:
    ready = meeting.notes.goal is not None
    return [
        *sheet(prompt.tx, SheetReader(prompt.who, prompt.member.work, _zone(prompt).key), meeting, lead),
        Note(
            t("Let them talk more than you. Enjoy the talk.")
            if ready
            else t("A goal makes the talk easier. Write your goal here.")
        ),
        buttons(
            None if ready else MEETING_PREP.button(prompt.stamp, t("Prepare the talk"), Style.MAIN, lead=lead.id),
            MEETING_LOG.button(prompt.stamp, t("We met"), lead=lead.id),
            MEETING_OFF.button(prompt.stamp, t("Cancel the talk"), meeting=meeting.id, change=meeting.sequence),
        ),
    ]
