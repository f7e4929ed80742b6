"""What is due when: to a community, and to a member; looked up by the next instant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.community import Rhythm
from bot.domain.ids import CommunityId, MemberId, Who
from bot.store.batch import Tx
from bot.store.prepared import Prepared
from bot.store.rhythms import rhythm_of
from bot.store.tables import agenda as table, communities, members
from bot.store.upsert import insert_or_replace

ERASURE = "erasure"

_put = Prepared(insert_or_replace(table, "next_due_at"), "community_id", "member_id", "kind", "next_due_at")
_clear = Prepared(
    table.delete().where(
        table.c.community_id == sa.bindparam("community"),
        table.c.member_id == sa.bindparam("member"),
        table.c.kind == sa.bindparam("which"),
    )
)
_when = Prepared(
    sa.select(table.c.next_due_at).where(
        table.c.community_id == sa.bindparam("community"),
        table.c.member_id == sa.bindparam("member"),
        table.c.kind == sa.bindparam("which"),
    )
)
_move = Prepared(
    table.update()
    .where(table.c.community_id == sa.bindparam("community"), table.c.kind == sa.bindparam("which"))
    .values(next_due_at=sa.bindparam("at", type_=table.c.next_due_at.type))
)
_earliest = Prepared(sa.select(sa.func.min(table.c.next_due_at, type_=table.c.next_due_at.type).label("at")))
_due = (table.c.next_due_at <= sa.bindparam("now"),)
_weekly = Prepared(
    sa.select(table.c.community_id, table.c.next_due_at, communities.c.zone, communities.c.settings)
    .join_from(table, communities)
    .where(*_due, table.c.member_id == "", table.c.kind == sa.bindparam("which"))
    .order_by(table.c.next_due_at)
    .limit(sa.bindparam("most"))
)
_prompts = Prepared(
    sa.select(table).where(*_due, table.c.member_id != "").order_by(table.c.next_due_at).limit(sa.bindparam("most"))
)
_of_communities = Prepared(
    sa.select(table.c.community_id, table.c.next_due_at)
    .where(*_due, table.c.member_id == "", table.c.kind == sa.bindparam("which"))
    .order_by(table.c.next_due_at)
    .limit(sa.bindparam("most"))
)
_as_number = sa.type_coerce(table.c.next_due_at, sa.BigInteger)
_shelf = 100 * 366 * 86_400 * 1_000_000
"""Microseconds, about a hundred years: added to a due time that shall not come for now, and taken off again."""
_shelve = table.update().where(table.c.community_id == sa.bindparam("community"), table.c.kind != ERASURE)


@dataclass(frozen=True, slots=True)
class DueWeekly:
    """A community to which something weekly is due, and what tells when it is due next."""

    community: CommunityId
    due: datetime
    tz: ZoneInfo
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class DueCommunity:
    """Something that is due to a whole community."""

    community: CommunityId
    due: datetime


@dataclass(frozen=True, slots=True)
class DueMember:
    """A private message that is due to a member."""

    community: CommunityId
    member: MemberId
    kind: str
    due: datetime


def put(tx: Tx, community: CommunityId, member: MemberId | str, kind: str, due: datetime) -> None:
    """Upsert when a thing is due; the member is empty for what concerns the whole community."""
    _put.run(tx, community_id=community, member_id=member, kind=kind, next_due_at=due)


def put_for_members(tx: Tx, community: CommunityId, kind: str, due: datetime) -> None:
    """Upsert when a thing is due for every member of a community, in one statement."""
    everyone = sa.select(
        members.c.community_id, members.c.id, sa.literal(kind), sa.literal(due, table.c.next_due_at.type)
    ).where(members.c.community_id == community)
    columns = ["community_id", "member_id", "kind", "next_due_at"]
    tx.execute(insert_or_replace(table, "next_due_at").from_select(columns, everyone))


def clear(tx: Tx, community: CommunityId, member: MemberId | str, kind: str) -> None:
    """Take a thing off the agenda."""
    _clear.run(tx, community=community, member=member, which=kind)


def clear_all(tx: Tx, who: Who) -> None:
    """Take everything of a member off the agenda."""
    tx.execute(table.delete().where(table.c.community_id == who.community, table.c.member_id == who.member))


def shelve(tx: Tx, community: CommunityId) -> None:
    """Put everything of a community and its members off, except its erasure, until it is taken up again."""
    tx.execute(_shelve.values(next_due_at=_as_number + _shelf), {"community": community})


def take_up(tx: Tx, community: CommunityId, now: datetime) -> None:
    """Take up what was put off, each thing at the time it was due."""
    put_off = _shelve.where(table.c.next_due_at > now + timedelta(days=50 * 366))
    tx.execute(put_off.values(next_due_at=_as_number - _shelf), {"community": community})


def when(tx: Tx, community: CommunityId, member: MemberId | str, kind: str) -> datetime | None:
    """Tell when a thing is due; None when it is not on the agenda."""
    row = _when.first(tx, community=community, member=member, which=kind)
    return None if row is None else row.next_due_at


def earliest(tx: Tx) -> datetime | None:
    """Tell when the next thing is due."""
    row = _earliest.first(tx)
    return None if row is None else row.at


def due_weekly(tx: Tx, kind: str, now: datetime, limit: int) -> list[DueWeekly]:
    """List the communities for which something weekly is due, the longest due first."""
    rows = _weekly.all(tx, which=kind, now=now, most=limit)
    return [DueWeekly(row.community_id, row.next_due_at, ZoneInfo(row.zone), rhythm_of(row.settings)) for row in rows]


def move(tx: Tx, kind: str, following: Iterable[tuple[str, datetime]]) -> None:
    """Set when a thing of one kind is due next, for many communities."""
    _move.run_all(tx, [{"community": community, "which": kind, "at": due} for community, due in following])


def due_members(tx: Tx, now: datetime, limit: int) -> Sequence[DueMember]:
    """List the private messages that are due, the longest due first."""
    rows = _prompts.all(tx, now=now, most=limit)
    return [DueMember(row.community_id, row.member_id, row.kind, row.next_due_at) for row in rows]


def due_communities(tx: Tx, kind: str, now: datetime, limit: int) -> Sequence[DueCommunity]:
    """List the communities for which a thing of a kind is due, the longest due first."""
    rows = _of_communities.all(tx, which=kind, now=now, most=limit)
    return [DueCommunity(row.community_id, row.next_due_at) for row in rows]
