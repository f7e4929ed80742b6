"""What is due when: to a community, and to a member; looked up by the next instant.

Where several processes share the database, one holds what it plans for the time of a lease, so that they do not meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.community import Rhythm
from bot.domain.ids import CommunityId, MemberId, Who
from bot.store import lease as leases
from bot.store.batch import Tx
from bot.store.prepared import Prepared
from bot.store.reach import enter
from bot.store.rhythms import rhythm_of
from bot.store.tables import agenda as table, communities, members
from bot.store.upsert import insert_or_replace

ERASURE = "erasure"

# Whoever says anew when a thing is due lets it go, too.
_put = Prepared(
    insert_or_replace(table, "next_due_at", "held_until"),
    "community_id",
    "member_id",
    "kind",
    "next_due_at",
    "held_until",
)
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
    .values(next_due_at=sa.bindparam("at", type_=table.c.next_due_at.type), held_until=None)
)
_earliest = Prepared(sa.select(sa.func.min(table.c.next_due_at, type_=table.c.next_due_at.type).label("at")))
_NAMED = (table.c.community_id, table.c.member_id, table.c.kind, table.c.next_due_at)
_key = sa.tuple_(*table.primary_key.columns)
_due = Prepared(
    sa.select(*_NAMED)
    .where(table.c.next_due_at <= sa.bindparam("now"))
    .order_by(table.c.next_due_at)
    .limit(sa.bindparam("most"))
)
_waiting = (
    sa.select(*table.primary_key.columns)
    .where(
        table.c.next_due_at <= sa.bindparam("now"),
        sa.or_(table.c.held_until.is_(None), table.c.held_until <= leases.present()),
    )
    .order_by(table.c.next_due_at)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("waiting")  # as in `claim_of`
)
_hold = table.update().where(_key.in_(sa.select(_waiting))).values(held_until=leases.end()).returning(*_NAMED)
_same = sa.select(*_NAMED).where(_key.in_(sa.bindparam("keys", expanding=True)))
_hours = sa.select(communities.c.id, communities.c.zone, communities.c.settings).where(
    communities.c.id.in_(sa.bindparam("ids", expanding=True))
)
_as_number = sa.type_coerce(table.c.next_due_at, sa.BigInteger)
_shelf = 100 * 366 * 86_400 * 1_000_000
"""Microseconds, about a hundred years: added to a due time that shall not come for now, and taken off again."""
_shelve = table.update().where(table.c.community_id == sa.bindparam("community"), table.c.kind != ERASURE)


@dataclass(frozen=True, slots=True)
class DueEntry:
    """A thing that is due to a community, or to a member of it."""

    community: CommunityId
    member: MemberId | str
    """Empty for what concerns the whole community."""
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """What tells when something weekly comes in a community."""

    tz: ZoneInfo
    rhythm: Rhythm


def put(tx: Tx, community: CommunityId, member: MemberId | str, kind: str, due: datetime) -> None:
    """Upsert when a thing is due; the member is empty for what concerns the whole community."""
    _put.send(tx, community_id=community, member_id=member, kind=kind, next_due_at=due, held_until=None)


def put_for_members(tx: Tx, community: CommunityId, kind: str, due: datetime) -> None:
    """Upsert when a thing is due for every member of a community, in one statement."""
    everyone = sa.select(
        members.c.community_id, members.c.id, sa.literal(kind), sa.literal(due, table.c.next_due_at.type)
    ).where(members.c.community_id == community)
    columns = ["community_id", "member_id", "kind", "next_due_at"]
    tx.execute(insert_or_replace(table, "next_due_at").from_select(columns, everyone))


def clear(tx: Tx, community: CommunityId, member: MemberId | str, kind: str) -> None:
    """Take a thing off the agenda."""
    _clear.send(tx, community=community, member=member, which=kind)


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


def move(tx: Tx, kind: str, following: Iterable[tuple[str, datetime]]) -> None:
    """Set when a thing of one kind is due next, for many communities."""
    _move.run_all(tx, [{"community": community, "which": kind, "at": due} for community, due in following])


def due(tx: Tx, now: datetime, limit: int) -> list[DueEntry]:
    """List what is due, the longest due first."""
    return [DueEntry(*row) for row in _due.all(tx, now=now, most=limit)]


def hold(tx: Tx, now: datetime, lease: timedelta, limit: int) -> list[DueEntry]:
    """List what is due and held by no other process, the longest due first; nobody else gets it before the lease ends."""
    rows = tx.execute(_hold, {"now": now, "span": leases.microseconds(lease), "most": limit})
    return sorted((DueEntry(*row) for row in rows), key=lambda due: due.at)


def unchanged(tx: Tx, held: Sequence[DueEntry]) -> list[DueEntry]:
    """Keep of what was held the things that are still due at the same instant: no command has moved them since.

    Their communities are locked by then, so none moves them any more before they are planned.
    """
    enter(tx, {due.community for due in held})
    keys = [(due.community, due.member, due.kind) for due in held]
    there = {DueEntry(*row) for row in tx.execute(_same, {"keys": keys})}
    return [due for due in held if due in there]


def hours_of(tx: Tx, places: Sequence[CommunityId]) -> dict[CommunityId, WeeklyHours]:
    """Tell when weekly things come in some communities."""
    rows = tx.execute(_hours, {"ids": list(places)})
    return {row.id: WeeklyHours(ZoneInfo(row.zone), rhythm_of(row.settings)) for row in rows}
