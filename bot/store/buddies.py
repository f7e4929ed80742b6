"""Buddies: who looks for one, who walks with whom, when it ended, and who did something in a week."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import sqlalchemy as sa

from bot.domain.buddies import NOT_AGAIN_FOR, LeadPair, WorkField
from bot.domain.ids import CommunityId, MemberId, Who
from bot.domain.week import Week
from bot.store.batch import Tx
from bot.store.crypto import user_key
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import (
    buddy_cheers,
    buddy_groups,
    buddy_members,
    buddy_refusals,
    buddy_seekers,
    checkins,
    events,
    members as people,
    promises,
)
from bot.store.touched import touch, touch_community
from bot.store.upsert import insert_if_new, insert_or_replace

_own, _other = buddy_members.alias("own"), buddy_members.alias("other")
_walks = Prepared(
    sa.select(_other.c.member_id)
    .join_from(
        _own,
        _other,
        sa.and_(
            _other.c.community_id == _own.c.community_id,
            _other.c.group_id == _own.c.group_id,
            _other.c.member_id != _own.c.member_id,
            _other.c.last_week.is_(None),
        ),
    )
    .where(
        _own.c.community_id == sa.bindparam("community"),
        _own.c.member_id == sa.bindparam("member"),
        _own.c.last_week.is_(None),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Seeking:
    """A member who agreed to have a buddy: the field of work, and since which week they wait or walk."""

    member: MemberId
    field: WorkField
    since: Week


@dataclass(frozen=True, slots=True)
class BuddyGroup:
    """Members who walk together now."""

    id: str
    first_week: Week
    members: Sequence[MemberId]


def join(tx: Tx, who: Who, field: WorkField, week: Week) -> None:
    """Keep that a member agreed to have a buddy; the week they began stays when only the field changes."""
    row = {"community_id": who.community, "member_id": who.member, "field": field, "since": week}
    tx.execute(insert_or_replace(buddy_seekers, "field"), row)
    touch_community(tx, who.community)


def leave(tx: Tx, who: Who) -> bool:
    """Note that a member wants no buddy any more; returns whether they wanted one."""
    mine = (buddy_seekers.c.community_id == who.community, buddy_seekers.c.member_id == who.member)
    touch_community(tx, who.community)
    return tx.execute(buddy_seekers.delete().where(*mine)).rowcount > 0


def seeking(tx: Tx, who: Who) -> Seeking | None:
    """Tell what a member said when they agreed to have a buddy; None when they did not."""
    return next((seeker for seeker in seekers(tx, who.community) if seeker.member == who.member), None)


def seekers(tx: Tx, community: CommunityId) -> list[Seeking]:
    """List who agreed to have a buddy, with one or without."""
    query = sa.select(buddy_seekers).where(buddy_seekers.c.community_id == community)
    return [Seeking(row.member_id, WorkField(row.field), row.since) for row in tx.execute(query)]


def groups(tx: Tx, community: CommunityId) -> list[BuddyGroup]:
    """List the groups that walk together now, also one of which only one member is left."""
    query = (
        sa.select(buddy_groups.c.id, buddy_groups.c.first_week, buddy_members.c.member_id)
        .join_from(
            buddy_groups,
            buddy_members,
            sa.and_(
                buddy_members.c.community_id == buddy_groups.c.community_id,
                buddy_members.c.group_id == buddy_groups.c.id,
                buddy_members.c.last_week.is_(None),
            ),
        )
        .where(buddy_groups.c.community_id == community, buddy_groups.c.last_week.is_(None))
        .order_by(buddy_groups.c.id, buddy_members.c.member_id)
    )
    firsts: dict[str, Week] = {}
    members: defaultdict[str, list[MemberId]] = defaultdict(list)
    for row in tx.execute(query):
        firsts[row.id] = row.first_week
        members[row.id].append(row.member_id)
    return [BuddyGroup(group, firsts[group], people) for group, people in members.items()]


def group_of(tx: Tx, who: Who) -> BuddyGroup | None:
    """Find the group a member walks with now."""
    return next((group for group in groups(tx, who.community) if who.member in group.members), None)


def walks(tx: Tx, who: Who) -> bool:
    """Tell whether a member walks with somebody now."""
    return _walks.first(tx, community=who.community, member=who.member) is not None


def open_group(tx: Tx, community: CommunityId, members: Sequence[MemberId], week: Week) -> str:
    """Let some members walk together from a week on."""
    group = new_id()
    tx.execute(buddy_groups.insert(), {"community_id": community, "id": group, "first_week": week})
    rows = [{"community_id": community, "member_id": member, "group_id": group} for member in members]
    tx.execute(buddy_members.insert(), rows)
    for member in members:
        touch(tx, Who(community, member))
    return group


def part(tx: Tx, community: CommunityId, group: BuddyGroup, leaving: Sequence[MemberId], week: Week) -> list[MemberId]:
    """Take members out of a group; one who would be left alone goes too. Returns who still walks together."""
    staying = [member for member in group.members if member not in leaving]
    if len(staying) < 2:
        ended = (buddy_groups.c.community_id == community, buddy_groups.c.id == group.id)
        tx.execute(buddy_groups.update().where(*ended).values(last_week=week))
        leaving, staying = group.members, []
    gone = (
        buddy_members.c.community_id == community,
        buddy_members.c.group_id == group.id,
        buddy_members.c.member_id.in_(leaving),
    )
    tx.execute(buddy_members.update().where(*gone).values(last_week=week))
    for member in group.members:
        touch(tx, Who(community, member))
    return staying


def walk_again(tx: Tx, who: Who, group: str) -> list[MemberId]:
    """Let a group that a member was taken out of walk again, when nobody of it walks with others; returns who it is."""
    of_group = (buddy_members.c.community_id == who.community, buddy_members.c.group_id == group)
    ends = tx.execute(sa.select(buddy_members.c.member_id, buddy_members.c.last_week).where(*of_group)).all()
    ended = next((row.last_week for row in ends if row.member_id == who.member), None)
    returning = [row.member_id for row in ends if row.last_week in (None, ended)]
    elsewhere = {
        member for other_group in groups(tx, who.community) if other_group.id != group for member in other_group.members
    }
    if len(returning) < 2 or elsewhere.intersection(returning):
        return []
    this_group = (buddy_groups.c.community_id == who.community, buddy_groups.c.id == group)
    tx.execute(buddy_groups.update().where(*this_group).values(last_week=None))
    tx.execute(buddy_members.update().where(*of_group, buddy_members.c.member_id.in_(returning)).values(last_week=None))
    return returning


def lately(tx: Tx, community: CommunityId, week: Week) -> set[LeadPair]:
    """List the pairs that walk together, or did in the last twelve weeks before a week."""
    query = (
        sa.select(
            buddy_members.c.group_id,
            buddy_members.c.member_id,
            buddy_members.c.last_week,
        )
        .where(buddy_members.c.community_id == community)
        .order_by(buddy_members.c.group_id, buddy_members.c.member_id)
    )
    together: defaultdict[str, list[tuple[MemberId, Week]]] = defaultdict(list)
    for row in tx.execute(query):
        together[row.group_id].append((row.member_id, row.last_week or week))
    return {
        frozenset((first, second))
        for people in together.values()
        for (first, until), (second, till) in combinations(people, 2)
        if week.minus(min(until, till)) < NOT_AGAIN_FOR
    }


def walked_with(tx: Tx, who: Who) -> set[MemberId]:
    """List whom a member walks with or ever walked with."""
    own = buddy_members.alias("own")
    query = sa.select(buddy_members.c.member_id).join_from(
        own,
        buddy_members,
        sa.and_(
            buddy_members.c.community_id == own.c.community_id,
            buddy_members.c.group_id == own.c.group_id,
            buddy_members.c.member_id != own.c.member_id,
        ),
    )
    rows = tx.execute(query.where(own.c.community_id == who.community, own.c.member_id == who.member))
    return {row.member_id for row in rows}


def refuse(tx: Tx, who: Who, platform_user: str, *, refused: bool) -> None:
    """Keep that a member does not want somebody as a buddy, whom the bot may not know yet; or take that back."""
    other = user_key(tx, who.community, platform_user)
    if refused:
        row = {"community_id": who.community, "member_id": who.member, "other_key": other}
        tx.execute(insert_if_new(buddy_refusals), row)
        return
    mine = (buddy_refusals.c.community_id == who.community, buddy_refusals.c.member_id == who.member)
    tx.execute(buddy_refusals.delete().where(*mine, buddy_refusals.c.other_key == other))


_refused = sa.select(buddy_refusals.c.member_id, people.c.id).join_from(
    buddy_refusals,
    people,
    sa.and_(people.c.community_id == buddy_refusals.c.community_id, people.c.user_key == buddy_refusals.c.other_key),
)


def refused(tx: Tx, community: CommunityId) -> set[LeadPair]:
    """List the pairs of members of whom one does not want the other."""
    rows = tx.execute(_refused.where(buddy_refusals.c.community_id == community))
    return {frozenset((row.member_id, row.id)) for row in rows}


def refused_by(tx: Tx, who: Who) -> set[MemberId]:
    """List the members whom a member does not want; who never used the bot is not there."""
    mine = (buddy_refusals.c.community_id == who.community, buddy_refusals.c.member_id == who.member)
    return {row.id for row in tx.execute(_refused.where(*mine))}


def cheer(tx: Tx, who: Who, day: date, week: Week, cheer: str) -> bool:
    """Keep a cheer; returns False when the member cheered on this day already."""
    row = {"community_id": who.community, "member_id": who.member, "day": day, "week": week, "cheer": cheer}
    return tx.execute(insert_if_new(buddy_cheers), row).rowcount > 0


def active(tx: Tx, community: CommunityId, week: Week) -> set[MemberId]:
    """List who did anything in a week: planned, reported, cheered, or noted a person, a message or a talk."""
    members: set[MemberId] = set()
    for table in (events, promises, checkins, buddy_cheers):
        did = sa.select(table.c.member_id).distinct().where(table.c.community_id == community, table.c.week == week)
        members.update(row.member_id for row in tx.execute(did))
    return members


def promised(tx: Tx, community: CommunityId, members: Sequence[MemberId], week: Week) -> Mapping[MemberId, int]:
    """Give the weekly numbers of some members; who made no promise is not there."""
    query = sa.select(promises.c.member_id, promises.c.asks).where(
        promises.c.community_id == community, promises.c.week == week, promises.c.member_id.in_(members)
    )
    return {row.member_id: row.asks for row in tx.execute(query)}
