"""Puts what must happen later on the agenda: the one place that says when each private message is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.domain.week import Week, local_to_utc, next_weekly
from bot.store import agenda, leads, meetings
from bot.store.database import Tx

DIGEST, CHECKIN, REMINDER, FOLLOWUPS, EVENING = "digest", "checkin", "reminder", "followups", "evening"


def zone_of(community: Community, member: Member) -> ZoneInfo:
    """Choose the zone of a member's prompts: their own, else the community's."""
    return ZoneInfo(member.zone or community.zone)


def plan_digest(tx: Tx, community: Community, after: datetime) -> None:
    """Put the first digest after an instant on the agenda, again after each change of zone or hour."""
    rhythm = community.rhythm
    _, due = next_weekly(after, rhythm.digest_day, rhythm.digest_at, community.tz)
    agenda.put(tx, community.id, "", DIGEST, due)


def plan_prompts(tx: Tx, community: Community, member: Member, week: Week) -> None:
    """Put the check-in and the one reminder for a planned week on the agenda.

    Rule: Sunday 17:00 a check-in, Monday 10:00 one reminder, in the member's zone, then silence.
    """
    zone, rhythm = zone_of(community, member), community.rhythm
    checkin = local_to_utc(week.monday + timedelta(days=rhythm.checkin_day), rhythm.checkin_at, zone)
    reminder = local_to_utc(week.next().monday + timedelta(days=rhythm.reminder_day), rhythm.reminder_at, zone)
    agenda.put(tx, community.id, member.id, CHECKIN, checkin)
    agenda.put(tx, community.id, member.id, REMINDER, reminder)


def plan_followups(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put the next bundle of follow-ups on the agenda; call it after each change of what is due with a lead.

    Rule: one private message a day at most, in the morning. What was due on a morning that is over is not said again
    by itself; it joins the next bundle.
    """
    zone, at = zone_of(community, member), community.rhythm.followups_at
    today = now.astimezone(zone).date()
    this_morning_is_over = local_to_utc(today, at, zone) <= now
    last = today if this_morning_is_over else today - timedelta(days=1)
    due = leads.earliest_due(tx, Who(community.id, member.id), after=last)
    if due is None:
        agenda.clear(tx, community.id, member.id, FOLLOWUPS)
    else:
        agenda.put(tx, community.id, member.id, FOLLOWUPS, local_to_utc(due, at, zone))


def plan_evening(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put the next evening before a planned meeting on the agenda; call it after each change of a planned time."""
    zone, at = zone_of(community, member), community.rhythm.evening_at
    coming = meetings.coming(tx, Who(community.id, member.id), now)
    days = {meeting.planned_for.astimezone(zone).date() for meeting in coming if meeting.planned_for is not None}
    evenings = (local_to_utc(day - timedelta(days=1), at, zone) for day in days)
    due = min((evening for evening in evenings if evening > now), default=None)
    if due is None:
        agenda.clear(tx, community.id, member.id, EVENING)
    else:
        agenda.put(tx, community.id, member.id, EVENING, due)
