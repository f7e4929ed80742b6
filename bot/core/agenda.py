"""Puts what must happen later on the agenda: the one place that says when each private message is due."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.member import Member
from bot.domain.week import Week, local_to_utc, next_weekly
from bot.store import agenda
from bot.store.database import Tx

DIGEST, CHECKIN, REMINDER, FOLLOWUPS = "digest", "checkin", "reminder", "followups"


def zone_of(community: Community, member: Member) -> ZoneInfo:
    """Choose the zone of a member's prompts: their own, else the community's."""
    return ZoneInfo(member.zone or community.zone)


def plan_digest(tx: Tx, community: Community, now: datetime) -> None:
    """Put the next digest on the agenda, again after each change of zone or hour."""
    rhythm = community.rhythm
    _, due = next_weekly(now, rhythm.digest_day, rhythm.digest_at, community.tz)
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


def plan_followups(tx: Tx, community: Community, member: Member, due: date | None) -> None:
    """Put the next bundle of follow-ups on the agenda, for the earliest day that any lead is due; None clears it."""
    if due is None:
        agenda.clear(tx, community.id, member.id, FOLLOWUPS)
        return
    at = local_to_utc(due, community.rhythm.followups_at, zone_of(community, member))
    agenda.put(tx, community.id, member.id, FOLLOWUPS, at)
