"""Puts what must happen later on the agenda: the one place that says when each message is due."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.domain.mornings import Mornings
from bot.domain.week import Week, local_to_utc, next_daily, next_weekly
from bot.store import (
    agenda,
    buddies,
    communities,
    identities,
    leads,
    meetings,
    members,
    notices,
    posts,
    promises,
    touched,
)
from bot.store.database import Tx
from bot.store.errors import Missing

DIGEST, BUDDIES = "digest", "buddies"
"""What is due to a community: its digest, and the matching of buddies."""
MORNING, EVENING = "morning", "evening"
"""What is due to a member: the one message of a day, and the sheet on the evening before a meeting."""
REPLAN = "replan"
"""A member's times are to be put anew, because those of the community changed."""
ASKED_FOR = timedelta(days=30)
"""How long after a planned meeting the member may still be asked about it."""


def zone_of(community: Community, member: Member) -> ZoneInfo:
    """Choose the zone of a member's messages: their own, else the one their platform named, else the community's."""
    return ZoneInfo(member.zone or member.seen_zone or community.zone)


def replan_touched(tx: Tx, now: datetime) -> None:
    """Put every message at its time, of each member of whom something was changed in this unit of work.

    Called once after each command and after each scheduled message, so that no command plans anything by itself.
    """
    for who in touched.take(tx):
        try:
            member = members.get(tx, who)
        except Missing:
            continue
        if identities.acts_as(tx, who) is not None:
            agenda.clear_all(tx, who)
            continue
        replan(tx, communities.get(tx, who.community), member, now)


def replan(tx: Tx, community: Community, member: Member, now: datetime) -> None:
    """Put every message to a member at its time."""
    who, read = Who(community.id, member.id), mornings(tx, community, member, now)
    said = notices.known(tx, identities.reached(tx, who), morning_key(read.zone, now))
    _put(tx, who, MORNING, read.next(now, said=said), now)
    _put(tx, who, EVENING, _next_evening(tx, community, member, now), now)


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


def plan_digest(tx: Tx, community: Community, before: Community, now: datetime) -> datetime:
    """Put the next digest on the agenda, at the set-up and after each change of zone or hour; returns when it is.

    Rule: a change moves the digest that comes next and leaves none out; when its new hour is over, it comes at once.
    The first digest tells of the week of the set-up, not of one before there was anything to tell; unless its organiser
    moves it to an hour that is still to come this week.
    """
    planned = agenda.when(tx, community.id, "", DIGEST)
    if planned is not None and planned <= now:
        return planned
    running = Week.at(now, community.tz)
    period = Week.at(planned, before.tz) if planned is not None else running.next()
    hour, hour_before = ((each.rhythm.digest_day, each.rhythm.digest_at) for each in (community, before))
    moved = planned is not None and hour != hour_before
    if moved and _digest_due(community, running) > now and posts.find(tx, community.id, running.iso) is None:
        period = running
    due = max(_digest_due(community, period), min(now, period.ends(community.tz) - timedelta(seconds=1)))
    agenda.put(tx, community.id, "", DIGEST, due)
    return due


def next_digest(tx: Tx, community: Community) -> datetime | None:
    """Tell when the next digest is due."""
    return agenda.when(tx, community.id, "", DIGEST)


def plan_digest_of(tx: Tx, community: Community, period: Week) -> datetime:
    """Put the digest of a period on the agenda, at its usual hour; returns when it is."""
    due = _digest_due(community, period)
    agenda.put(tx, community.id, "", DIGEST, due)
    return due


def _digest_due(community: Community, period: Week) -> datetime:
    rhythm = community.rhythm
    return local_to_utc(period.monday + timedelta(days=rhythm.digest_day), rhythm.digest_at, community.tz)


def plan_buddies(tx: Tx, community: Community, now: datetime) -> datetime:
    """Put the next matching of buddies on the agenda, unless it is there; returns when it is."""
    planned = agenda.when(tx, community.id, "", BUDDIES)
    if planned is not None:
        return planned
    rhythm = community.rhythm
    _, due = next_weekly(now, rhythm.buddies_day, rhythm.buddies_at, community.tz)
    agenda.put(tx, community.id, "", BUDDIES, due)
    return due


def mornings(tx: Tx, community: Community, member: Member, now: datetime) -> Mornings:
    """Read what a member's messages hang on; who wants no reminders is told only what they agreed to."""
    who, zone = Who(community.id, member.id), zone_of(community, member)
    this_week = Week.at(now, zone)
    first, last = this_week.plus(-2), this_week.plus(2)
    met = meetings.first_to_ask(tx, who, now - ASKED_FOR) if member.reminders else None
    return Mornings(
        zone,
        community.rhythm,
        rests_until=member.paused_until,
        unreported=promises.unreported(tx, who, first, last) if member.checkins else (),
        walks=member.reminders and buddies.walks(tx, who),
        due=leads.first_to_say(tx, who) if member.reminders else None,
        met=met and met.astimezone(zone).date(),
        word=notices.some_kept(tx, who),
    )


def morning_after(community: Community, member: Member, instant: datetime) -> date:
    """Tell the day of a member's first morning after an instant."""
    day, _ = next_daily(instant, community.rhythm.followups_at, zone_of(community, member))
    return day


def morning_key(zone: ZoneInfo, now: datetime) -> str:
    """Name the message of a member's day, so that there is one of it."""
    return f"{MORNING}:{now.astimezone(zone).date().isoformat()}"


def evening_before(community: Community, member: Member, day: date) -> datetime:
    """Find the hour at which the sheet for a day of the member comes."""
    return local_to_utc(day - timedelta(days=1), community.rhythm.evening_at, zone_of(community, member))


def _next_evening(tx: Tx, community: Community, member: Member, now: datetime) -> datetime | None:
    """Find the next evening before a planned meeting."""
    if not member.reminders:
        return None
    zone = zone_of(community, member)
    days = {start.astimezone(zone).date() for start in meetings.starts(tx, Who(community.id, member.id), now)}
    evenings = (evening_before(community, member, day) for day in days)
    return min((evening for evening in evenings if evening > now), default=None)


def _put(tx: Tx, who: Who, kind: str, due: datetime | None, now: datetime) -> None:
    pending = agenda.when(tx, who.community, who.member, kind)
    if pending == due or (pending is not None and pending <= now):
        return  # nothing changes, or it is about to be said, and plans the next one then
    if due is None:
        agenda.clear(tx, who.community, who.member, kind)
    else:
        agenda.put(tx, who.community, who.member, kind, due)
