"""Promises and check-ins: what a member plans for a week, and what they report of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who
from bot.domain.promise import CheckIn, Promise
from bot.domain.week import Week
from bot.store import moving, room
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.prepared import Prepared
from bot.store.tables import checkins, pauses, promises
from bot.store.touched import touch


def _mine(table: sa.Table) -> tuple[Any, ...]:
    return table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member")


_promise = Prepared(sa.select(promises).where(*_mine(promises), promises.c.week == sa.bindparam("which")))
_checkin = Prepared(sa.select(checkins).where(*_mine(checkins), checkins.c.week == sa.bindparam("which")))
_promises = Prepared(sa.select(promises).where(*_mine(promises)).order_by(promises.c.week))
_checkins = Prepared(sa.select(checkins).where(*_mine(checkins)).order_by(checkins.c.week))
_n = sa.func.count().label("n")
# Rule: paused weeks count neither way.
_active = ~sa.exists().where(
    pauses.c.community_id == promises.c.community_id,
    pauses.c.member_id == promises.c.member_id,
    pauses.c.from_week <= promises.c.week,
    pauses.c.to_week >= promises.c.week,
)
_promised = Prepared(
    sa.select(_n).where(
        promises.c.community_id == sa.bindparam("community"),
        promises.c.week == sa.bindparam("which"),
        promises.c.planned_at <= sa.bindparam("until"),
        _active,
    )
)
_unreported = Prepared(
    sa.select(promises.c.week)
    .where(
        *_mine(promises),
        promises.c.week >= sa.bindparam("first"),
        promises.c.week <= sa.bindparam("last"),
        ~sa.exists().where(
            checkins.c.community_id == promises.c.community_id,
            checkins.c.member_id == promises.c.member_id,
            checkins.c.week == promises.c.week,
        ),
        _active,
    )
    .order_by(promises.c.week)
)
_reported = Prepared(
    sa.select(_n)
    .select_from(
        checkins.join(
            promises,
            sa.and_(
                checkins.c.community_id == promises.c.community_id,
                checkins.c.member_id == promises.c.member_id,
                checkins.c.week == promises.c.week,
            ),
        )
    )
    .where(
        checkins.c.community_id == sa.bindparam("community"),
        checkins.c.week == sa.bindparam("which"),
        checkins.c.reported_at <= sa.bindparam("until"),
        promises.c.planned_at <= sa.bindparam("until"),
        _active,
    )
)

_COLUMNS = ("community_id", "member_id", "week", "asks", "leads", "meetings", "private")
_unplan = Prepared(promises.delete().where(*_mine(promises), promises.c.week == sa.bindparam("which")))
_plan = Prepared(promises.insert(), *_COLUMNS, "planned_at")
_unreport = Prepared(checkins.delete().where(*_mine(checkins), checkins.c.week == sa.bindparam("which")))
_report = Prepared(checkins.insert(), *_COLUMNS, "outcome", "reported_at")


def plan(tx: Tx, who: Who, promise: Promise, now: datetime) -> None:
    """Keep what a member plans for a week, instead of an earlier plan."""
    _unplan.send(tx, community=who.community, member=who.member, which=promise.week)
    row = {
        "community_id": who.community,
        "member_id": who.member,
        "week": promise.week,
        "asks": promise.asks,
        "leads": promise.leads,
        "meetings": promise.meetings,
        "planned_at": now,
        "private": seal(tx, "promises", who.community, _row(who, promise.week), {"sentence": promise.sentence}),
    }
    _plan.send(tx, **row)
    room.unsure(tx, who)
    touch(tx, who)


def report(tx: Tx, who: Who, checkin: CheckIn, outcome: str, now: datetime) -> None:
    """Keep what a member reports of a week, instead of an earlier report."""
    before = _report_before(tx, who, checkin.week)
    _unreport.send(tx, community=who.community, member=who.member, which=checkin.week)
    row = {
        "community_id": who.community,
        "member_id": who.member,
        "week": checkin.week,
        "outcome": outcome,
        "asks": checkin.asks,
        "leads": checkin.leads,
        "meetings": checkin.meetings,
        "reported_at": now,
        "private": seal(
            tx, "checkins", who.community, _row(who, checkin.week), {"help": checkin.help, "before": before}
        ),
    }
    _report.send(tx, **row)
    room.unsure(tx, who)
    touch(tx, who)


def _report_before(tx: Tx, who: Who, week: Week) -> str | None:
    """Write the report that a new one replaces, so that it can come back."""
    row = next(iter(moving.rows(tx, checkins, who, checkins.c.week == week)), None)
    if row is None:
        return None
    written: dict[str, str] = row["private"] or {}
    texts = {name: text for name, text in written.items() if name != "before"}
    told = {name: value for name, value in row.items() if name not in {"community_id", "member_id"}}
    return moving.written(checkins, {**told, "private": texts})


def take_back_report(tx: Tx, who: Who, week: Week) -> datetime | None:
    """Take the last report of a week back, so that the one before holds again; returns when it was made, if it was."""
    row = next(iter(moving.rows(tx, checkins, who, checkins.c.week == week)), None)
    if row is None:
        return None
    _unreport.send(tx, community=who.community, member=who.member, which=week)
    room.unsure(tx, who)
    texts: dict[str, str] = row["private"] or {}
    before = texts.get("before")
    if before is not None:
        moving.put(tx, checkins, who, [moving.read(checkins, before)])
    touch(tx, who)
    return row["reported_at"]


def find(tx: Tx, who: Who, week: Week) -> Promise | None:
    """Find the promise of a week."""
    row = _promise.first(tx, community=who.community, member=who.member, which=week)
    return None if row is None else _a_promise(tx, who, row)


def checkin(tx: Tx, who: Who, week: Week) -> CheckIn | None:
    """Find the report of a week."""
    row = _checkin.first(tx, community=who.community, member=who.member, which=week)
    return None if row is None else _a_checkin(tx, who, row)


def all_promises(tx: Tx, who: Who) -> dict[Week, Promise]:
    """Read every promise of a member, by week."""
    rows = _promises.all(tx, community=who.community, member=who.member)
    return {row.week: _a_promise(tx, who, row) for row in rows}


def all_checkins(tx: Tx, who: Who) -> dict[Week, CheckIn]:
    """Read every report of a member, by week."""
    rows = _checkins.all(tx, community=who.community, member=who.member)
    return {row.week: _a_checkin(tx, who, row) for row in rows}


def totals(tx: Tx, community: CommunityId, week: Week, until: datetime) -> tuple[int, int]:
    """Count the promises of a week in a community, and how many of them were reported, until an instant."""
    promised = _promised.first(tx, community=community, which=week, until=until)
    reported = _reported.first(tx, community=community, which=week, until=until)
    return (promised.n if promised else 0), (reported.n if reported else 0)


def _row(who: Who, week: Week) -> str:
    return f"{who.member}:{week.key}"


def _a_promise(tx: Tx, who: Who, row: Any) -> Promise:
    texts = unseal(tx, row.private, who.community, _row(who, row.week))
    return Promise(row.week, row.asks, row.leads, row.meetings, texts.get("sentence"))


def _a_checkin(tx: Tx, who: Who, row: Any) -> CheckIn:
    texts = unseal(tx, row.private, who.community, _row(who, row.week))
    return CheckIn(row.week, row.asks, row.leads, row.meetings, texts.get("help"))


def unreported(tx: Tx, who: Who, first: Week, last: Week) -> list[Week]:
    """List the weeks of a span with a plan and no report; paused weeks are not there."""
    rows = _unreported.all(tx, community=who.community, member=who.member, first=first, last=last)
    return [row.week for row in rows]
