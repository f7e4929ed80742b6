"""What members did, one row each: the source of every board, total and streak, read from covering indexes.

`until` counts only what was recorded by then, so that a week that was posted stays as it was posted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.domain.week import Week
from bot.store.batch import Tx
from bot.store.ids import new_number
from bot.store.prepared import Prepared
from bot.store.tables import events as table, leads, snapshots

LEAD, ASK, REPLY, MEETING = "lead", "ask", "reply", "meeting"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a member did: what, in which week of the community, when, and about whom and what."""

    kind: str
    week: Week
    at: datetime
    lead: str | None = None
    thing: str | None = None


@dataclass(frozen=True, slots=True)
class NotedEvent:
    """Something a member noted: what, when it happened, when it was noted, about whom and what."""

    kind: str
    at: datetime
    noted: datetime
    lead: str | None
    thing: str | None = None


@dataclass(frozen=True, slots=True)
class CountedEvent:
    """Something a member told of an ask or a meeting: what, of which one, when they told it, and its week."""

    kind: str
    thing: str
    at: datetime
    week: Week


_counted = (table.c.recorded_at <= sa.bindparam("until"), table.c.undone == sa.false())
_community = table.c.community_id == sa.bindparam("community")
_member = table.c.member_id == sa.bindparam("member")
_kind = table.c.kind == sa.bindparam("what")
_n = sa.func.count().label("n")
_span = (table.c.week >= sa.bindparam("first"), table.c.week <= sa.bindparam("last"))

_record = Prepared(
    table.insert(),
    "id",
    "community_id",
    "member_id",
    "week",
    "kind",
    "at",
    "recorded_at",
    "late",
    "lead_id",
    "thing_id",
)
_frozen = Prepared(
    sa.select(snapshots.c.frozen_at).where(
        snapshots.c.community_id == sa.bindparam("community"), snapshots.c.week == sa.bindparam("which")
    )
)
_counts = Prepared(
    sa.select(table.c.member_id, _n)
    .where(_community, table.c.week == sa.bindparam("which"), _kind, *_counted)
    .group_by(table.c.member_id)
)
_deeds = Prepared(
    sa.select(table.c.kind, table.c.member_id, _n)
    .where(_community, table.c.week == sa.bindparam("which"), *_counted)
    .group_by(table.c.kind, table.c.member_id)
)
_passed_on = Prepared(
    sa.select(table.c.member_id, _n)
    .join(
        leads,
        sa.and_(
            leads.c.community_id == table.c.community_id,
            leads.c.member_id == table.c.member_id,
            leads.c.id == table.c.lead_id,
        ),
    )
    .where(
        _community,
        table.c.week == sa.bindparam("which"),
        table.c.kind == LEAD,
        leads.c.source_id.is_not(None),
        *_counted,
    )
    .group_by(table.c.member_id)
)
_by_member = Prepared(
    sa.select(table.c.member_id, table.c.week, _n)
    .where(_community, *_span, _kind, *_counted)
    .group_by(table.c.member_id, table.c.week)
)
_of_member = Prepared(
    sa.select(table.c.week, _n)
    .where(_community, _member, _kind, table.c.undone == sa.false())
    .group_by(table.c.week)
    .order_by(table.c.week)
)
_log = Prepared(
    sa.select(table.c.kind, table.c.at, table.c.recorded_at, table.c.lead_id, table.c.thing_id)
    .where(_community, _member, table.c.undone == sa.false(), table.c.at >= sa.bindparam("since"))
    .order_by(table.c.at, table.c.id)
)
_before = table.alias("before")
_first_asks = Prepared(
    sa.select(table.c.member_id)
    .distinct()
    .where(
        _community,
        table.c.week == sa.bindparam("which"),
        table.c.kind == ASK,
        *_counted,
        ~sa.exists().where(
            _before.c.community_id == table.c.community_id,
            _before.c.member_id == table.c.member_id,
            _before.c.kind == ASK,
            _before.c.week < table.c.week,
            _before.c.undone == sa.false(),
        ),
    )
)


def record(tx: Tx, who: Who, event: Event, now: datetime) -> bool:
    """Record what a member did; returns True when its week was posted before, so that it came in late."""
    # Only a week that is over somewhere on Earth can have been posted; the others need no look.
    late = event.week.may_be_over(now) and _frozen.first(tx, community=who.community, which=event.week) is not None
    _record.send(
        tx,
        id=new_number(now),
        community_id=who.community,
        member_id=who.member,
        week=event.week,
        kind=event.kind,
        at=event.at,
        recorded_at=now,
        late=late,
        lead_id=event.lead,
        thing_id=event.thing,
    )
    return late


def undo(tx: Tx, who: Who, thing: str, kind: str | None = None) -> bool:
    """Take back what was recorded about an ask or a meeting, or one kind of it; returns whether there was anything."""
    mine = [table.c.community_id == who.community, table.c.member_id == who.member, table.c.thing_id == thing]
    mine += [table.c.kind == kind] if kind is not None else []
    changed = table.update().where(*mine, table.c.undone == sa.false()).values(undone=True)
    return tx.execute(changed).rowcount > 0


def undo_lead(tx: Tx, who: Who, lead: str) -> CountedEvent | None:
    """Take back that a lead was found; returns what was recorded, or None when nothing was."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.lead_id == lead)
    recorded = sa.select(table).where(*mine, table.c.kind == LEAD, table.c.undone == sa.false())
    row = tx.execute(recorded.order_by(table.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    tx.execute(table.update().where(*mine, table.c.id == row.id).values(undone=True))
    return CountedEvent(row.kind, lead, row.recorded_at, row.week)


def last_told(tx: Tx, who: Who, kinds: Sequence[str], thing: str | None = None) -> CountedEvent | None:
    """Find what a member told last, of a thing or of any; what was taken back is not there."""
    mine = [table.c.community_id == who.community, table.c.member_id == who.member, table.c.undone == sa.false()]
    mine += [table.c.thing_id == thing] if thing is not None else []
    query = sa.select(table).where(*mine, table.c.kind.in_(kinds), table.c.thing_id.is_not(None))
    row = tx.execute(query.order_by(table.c.recorded_at.desc(), table.c.id.desc()).limit(1)).first()
    return None if row is None else CountedEvent(row.kind, row.thing_id, row.recorded_at, row.week)


def counts(tx: Tx, community: CommunityId, week: Week, kind: str, until: datetime) -> dict[MemberId, int]:
    """Count what each member did in a week; members who did nothing are not there."""
    return _counts.pairs(tx, community=community, which=week, what=kind, until=until)


def deeds(tx: Tx, community: CommunityId, week: Week, until: datetime) -> Mapping[str, Mapping[MemberId, int]]:
    """Count what each member did in a week, by kind."""
    by_kind: defaultdict[str, dict[MemberId, int]] = defaultdict(dict)
    for row in _deeds.all(tx, community=community, which=week, until=until):
        by_kind[row.kind][row.member_id] = row.n
    return by_kind


def names_passed_on(tx: Tx, community: CommunityId, week: Week, until: datetime) -> dict[MemberId, int]:
    """Count the new people of each member in a week whose names somebody else gave them."""
    return _passed_on.pairs(tx, community=community, which=week, until=until)


def by_member(
    tx: Tx, community: CommunityId, kind: str, weeks: tuple[Week, Week], until: datetime
) -> Mapping[MemberId, Mapping[Week, int]]:
    """Count what each member did in each week, from the first of two weeks to the second."""
    first, last = weeks
    by_week: defaultdict[MemberId, dict[Week, int]] = defaultdict(dict)
    for row in _by_member.all(tx, community=community, what=kind, first=first, last=last, until=until):
        by_week[row.member_id][row.week] = row.n
    return by_week


def of_member(tx: Tx, who: Who, kind: str) -> dict[Week, int]:
    """Count what one member did in each week, oldest first; weeks without anything are not there."""
    rows: Sequence[Any] = _of_member.all(tx, community=who.community, member=who.member, what=kind)
    return {row.week: row.n for row in rows}


def first_asks(tx: Tx, community: CommunityId, week: Week, until: datetime) -> list[MemberId]:
    """List the members whose first ask ever is in a week."""
    return [row.member_id for row in _first_asks.all(tx, community=community, which=week, until=until)]


def log_of(tx: Tx, who: Who, since: datetime) -> list[NotedEvent]:
    """List what a member noted from an instant on, oldest first; what was taken back is not there."""
    rows: Sequence[Any] = _log.all(tx, community=who.community, member=who.member, since=since)
    return [NotedEvent(row.kind, row.at, row.recorded_at, row.lead_id, row.thing_id) for row in rows]
