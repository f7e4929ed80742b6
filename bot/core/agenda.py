"""Puts what must happen later on the agenda: the one place that says when each private message is due."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.domain.week import Week, local_to_utc, next_weekly
from bot.store import agenda, buddies, communities, leads, meetings, members, promises, touched
from bot.store.database import Tx
from bot.store.errors import Missing

DIGEST, CHECKIN, REMINDER, FOLLOWUPS, EVENING = "digest", "checkin", "reminder", "followups", "evening"
BUDDIES, BUDDY = "buddies", "buddy"
"""The matching of a community, and a member's weekly word about their buddy."""
REPLAN = "replan"
"""A member's times are to be put anew, because those of the community changed."""


def zone_of(community: Community, member: Member) -> ZoneInfo:
    """Choose the zone of a member's prompts: their own, else the community's."""
    return ZoneInfo(member.zone or community.zone)


def plan_digest(tx: Tx, community: Community, before: Community, now: datetime) -> datetime:
    """Put the next digest on the agenda, at the set-up and after each change of zone or hour; returns when it is.

    Rule: a change moves the digest that comes next and leaves none out; when its new hour is over, it comes at once.
    The first digest tells of the week of the set-up, not of one before there was anything to tell.
    """
    rhythm, planned = community.rhythm, agenda.when(tx, community.id, "", DIGEST)
    if planned is not None and planned <= now:
        return planned
    period = Week.at(planned, before.tz) if planned is not None else Week.at(now, community.tz).next()
    due = local_to_utc(period.monday + timedelta(days=rhythm.digest_day), rhythm.digest_at, community.tz)
    due = max(due, min(now, period.ends(community.tz) - timedelta(seconds=1)))
    agenda.put(tx, community.id, "", DIGEST, due)
    return due


def next_digest(tx: Tx, community: Community) -> datetime | None:
    """Tell when the next digest is due."""
    return agenda.when(tx, community.id, "", DIGEST)


def plan_digest_of(tx: Tx, community: Community, period: Week) -> datetime:
    """Put the digest of a period on the agenda, at its usual hour; returns when it is."""
    rhythm = community.rhythm
    due = local_to_utc(period.monday + timedelta(days=rhythm.digest_day), rhythm.digest_at, community.tz)
    agenda.put(tx, community.id, "", DIGEST, due)
    return due


def replan_touched(tx: Tx, now: datetime) -> None:
    """Put every private message at its time, of every member of whom something was changed in this unit of work.

    Called once after each command and after each scheduled message, so that no command plans anything by itself.
    """
    for who in touched.take(tx):
        try:
            member = members.get(tx, who)
        except Missing:
            continue
        replan(tx, communities.get(tx, who.community), member, now)


def replan(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put every private message of a member at its time."""
    plan_prompts(tx, community, member, now)
    plan_followups(tx, community, member, now)
    plan_evening(tx, community, member, now)
    plan_buddy(tx, community, member, now)


def replan_community(tx: Tx, community: Community, before: Community, now: datetime) -> datetime:
    """Move everything of a community and its members after a change of zone or hours; returns when the digest is.

    The members' own messages are moved by the next round, some hundreds in each transaction.
    """
    if (community.rhythm, community.zone) != (before.rhythm, before.zone):
        agenda.put_for_members(tx, community.id, REPLAN, now)
        if agenda.when(tx, community.id, "", BUDDIES) is not None:
            agenda.clear(tx, community.id, "", BUDDIES)
            plan_buddies(tx, community, now)
    return plan_digest(tx, community, before, now)


def plan_prompts(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put the next check-in and the next reminder on the agenda; call it after each plan, and after each prompt.

    Rule: Sunday 17:00 a check-in, Monday 10:00 one reminder, in the member's zone, then silence. A plan for next week
    never takes the place of what is still due for this week.
    """
    zone, rhythm, who = zone_of(community, member), community.rhythm, Who(community.id, member.id)
    running = Week.at(now, zone)
    for kind, day, at in (
        (CHECKIN, rhythm.checkin_day, rhythm.checkin_at),
        (REMINDER, rhythm.reminder_day + 7, rhythm.reminder_at),
    ):
        pending = agenda.when(tx, community.id, member.id, kind)
        if pending is not None and pending <= now:
            continue  # it is about to be said, and plans the next one then
        planned = (week for week in map(running.plus, range(-2, 3)) if promises.find(tx, who, week) is not None)
        moments = (local_to_utc(week.monday + timedelta(days=day), at, zone) for week in planned)
        due = next((moment for moment in moments if moment > now), None)
        if due is None:
            agenda.clear(tx, community.id, member.id, kind)
        else:
            agenda.put(tx, community.id, member.id, kind, due)


def plan_followups(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put the next bundle of follow-ups on the agenda; call it after each change of what is due with a lead.

    Rule: one private message a day at most, in the morning. What was due on a morning that is over is not said again
    by itself; it joins the next bundle. Nothing is said in a pause; it waits for the first morning after it.
    """
    pending = agenda.when(tx, community.id, member.id, FOLLOWUPS)
    if pending is not None and pending <= now:
        return  # it is about to be said, and plans the next one then
    zone, at = zone_of(community, member), community.rhythm.followups_at
    today = now.astimezone(zone).date()
    rest = member.paused_until if member.paused_until is not None and member.paused_until >= today else None
    this_morning_is_over = local_to_utc(today, at, zone) <= now
    last = today if this_morning_is_over else today - timedelta(days=1)
    due = leads.earliest_due(tx, Who(community.id, member.id), after=date.min if rest else last)
    if rest is not None and due is not None:
        due = max(due, rest + timedelta(days=1))
    if due is None:
        agenda.clear(tx, community.id, member.id, FOLLOWUPS)
    else:
        agenda.put(tx, community.id, member.id, FOLLOWUPS, local_to_utc(due, at, zone))


def plan_evening(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put the next evening before a planned meeting on the agenda; call it after each change of a planned time."""
    pending = agenda.when(tx, community.id, member.id, EVENING)
    if pending is not None and pending <= now:
        return  # it is about to be said, and plans the next one then
    zone, at = zone_of(community, member), community.rhythm.evening_at
    coming = meetings.coming(tx, Who(community.id, member.id), now)
    days = {meeting.planned_for.astimezone(zone).date() for meeting in coming if meeting.planned_for is not None}
    evenings = (local_to_utc(day - timedelta(days=1), at, zone) for day in days)
    due = min((evening for evening in evenings if evening > now), default=None)
    if due is None:
        agenda.clear(tx, community.id, member.id, EVENING)
    else:
        agenda.put(tx, community.id, member.id, EVENING, due)


def plan_buddies(tx: Tx, community: Community, now: datetime) -> datetime:
    """Put the next matching of buddies on the agenda, unless it is there; returns when it is."""
    planned = agenda.when(tx, community.id, "", BUDDIES)
    if planned is not None:
        return planned
    rhythm = community.rhythm
    _, due = next_weekly(now, rhythm.buddies_day, rhythm.buddies_at, community.tz)
    agenda.put(tx, community.id, "", BUDDIES, due)
    return due


def plan_buddy(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put a member's next weekly word about their buddy on the agenda, while they have one."""
    pending = agenda.when(tx, community.id, member.id, BUDDY)
    if pending is not None and pending <= now:
        return  # it is about to be said, and plans the next one then
    group = buddies.group_of(tx, Who(community.id, member.id))
    if group is None or len(group.members) < 2:
        agenda.clear(tx, community.id, member.id, BUDDY)
        return
    rhythm = community.rhythm
    _, due = next_weekly(now, rhythm.buddy_day, rhythm.buddy_at, zone_of(community, member))
    agenda.put(tx, community.id, member.id, BUDDY, due)
