"""Recomputes due times on the agenda after a change that may move them; nothing else plans."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.community import Community
from bot.domain.ids import MemberId, Who
from bot.domain.member import Member
from bot.engine.schedule import Change, CommunitySchedule, MemberSchedule, Schedule
from bot.store import agenda, communities, identities, members, touched
from bot.store.database import Tx
from bot.store.errors import Missing

REPLAN = "replan"
"""On the agenda of a member: their times are to be put anew, because those of their community moved."""


def replan_touched(tx: Tx, schedules: Mapping[str, Schedule], now: datetime) -> None:
    """Replan each community and member of whom something was changed in this unit of work.

    Called once after each command and after everything that came by itself, so that nothing else plans anything.
    """
    for community, before in touched.take_communities(tx):
        try:
            present = communities.get(tx, community)
        except Missing:
            continue
        replan_community(tx, schedules, present, before or present, now)
    for who in touched.take(tx):
        try:
            member = members.get(tx, who)
        except Missing:
            continue
        if identities.acts_as(tx, who) is not None:
            agenda.clear_all(tx, who)
            continue
        replan_member(tx, schedules, communities.get(tx, who.community), member, now)


def replan_member(
    tx: Tx, schedules: Mapping[str, Schedule], community: Community, member: Member, now: datetime
) -> None:
    """Put every message to a member at its time."""
    for schedule in schedules.values():
        if isinstance(schedule, MemberSchedule):
            due = schedule.next(tx, community, member, now)
            _put(tx, Who(community.id, member.id), schedule.kind, due, now)


def replan_community(
    tx: Tx, schedules: Mapping[str, Schedule], community: Community, before: Community, now: datetime
) -> None:
    """Put everything of a community at its time, and that of its members when its zone or hours moved.

    The members' own messages are moved by the next round, some hundreds in each transaction.
    """
    if (community.rhythm, community.zone) != (before.rhythm, before.zone):
        agenda.put_for_members(tx, community.id, REPLAN, now)
    for schedule in schedules.values():
        if isinstance(schedule, CommunitySchedule):
            planned = agenda.when(tx, community.id, "", schedule.kind)
            due = schedule.next(Change(tx, community, before, planned, now)) if community.set_up else None
            _put(tx, Who(community.id, MemberId("")), schedule.kind, due, now)


def _put(tx: Tx, who: Who, kind: str, due: datetime | None, now: datetime) -> None:
    """Upsert or clear one due time; nothing is written when it stays the same."""
    pending = agenda.when(tx, who.community, who.member, kind)
    if pending == due or (pending is not None and pending <= now):
        return  # nothing changes, or it is about to be done, and is planned again then
    if due is None:
        agenda.clear(tx, who.community, who.member, kind)
    else:
        agenda.put(tx, who.community, who.member, kind, due)
