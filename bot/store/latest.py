"""The last thing that a member did and that can be taken back, of whatever kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.domain.meeting import MeetingState
from bot.store import asks, changes, merging
from bot.store.batch import Tx
from bot.store.moving import owned
from bot.store.tables import checkins, drafts, events, leads, meetings, wins


class DeedKind(StrEnum):
    """What was done."""

    LEAD = "lead"
    ASK = "ask"
    REPLY = "reply"
    MEETING = "meeting"
    PLAN = "plan"
    REPORT = "report"
    WIN = "win"
    LIST = "list"
    MERGE = "merge"
    CLOSE = "close"
    CANCEL = "cancel"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a member did: what, the id by which it is taken back, and when."""

    kind: DeedKind
    thing: str
    at: datetime


def last_deed(tx: Tx, who: Who, since: datetime, before: datetime | None = None) -> Deed | None:
    """Find what a member did last between two instants; what was taken back is not there."""
    deeds = (deed for deed in _newest(tx, who, before or _LAST) if deed.at >= since)
    return max(deeds, key=lambda deed: deed.at, default=None)


_LAST = datetime.max.replace(tzinfo=UTC)
"""Later than anything that was done."""
_not_brought = sa.func.coalesce(leads.c.brought_at, 0) != leads.c.touched_at


def _newest(tx: Tx, who: Who, before: datetime) -> Iterator[Deed]:
    """Give the newest deed of each table before an instant."""
    yield from _event(tx, who, before)
    yield from _changed(tx, who, before)
    for table, at, thing, kind, *which in (
        (
            meetings,
            meetings.c.planned_at,
            meetings.c.id,
            DeedKind.PLAN,
            meetings.c.state == MeetingState.PLANNED,
            meetings.c.planned_at.is_not(None),
        ),
        (
            meetings,
            meetings.c.logged_at,
            meetings.c.id,
            DeedKind.CANCEL,
            meetings.c.state == MeetingState.OFF,
            meetings.c.logged_at.is_not(None),
        ),
        (checkins, checkins.c.reported_at, checkins.c.week, DeedKind.REPORT),
        (wins, wins.c.shared_at, wins.c.id, DeedKind.WIN),
        (leads, leads.c.brought_at, leads.c.list_id, DeedKind.LIST, leads.c.brought_at.is_not(None)),
        (leads, leads.c.closed_at, leads.c.id, DeedKind.CLOSE, leads.c.closed_at == leads.c.touched_at, _not_brought),
        (drafts, drafts.c.created_at, drafts.c.id, DeedKind.MERGE, drafts.c.command == merging.KEPT_AS),
        (drafts, drafts.c.created_at, drafts.c.id, DeedKind.CHANGE, drafts.c.command == changes.KEPT_AS),
    ):
        of_kind = sa.select(thing.label("thing"), at.label("at")).where(*owned(table, who), at < before, *which)
        row = tx.execute(of_kind.order_by(at.desc()).limit(1)).first()
        if row is not None:
            yield Deed(kind, row.thing.iso if kind is DeedKind.REPORT else row.thing, row.at)


def _changed(tx: Tx, who: Who, before: datetime) -> Iterator[Deed]:
    """Give the answer that was told anew last, which is no new event: of the person who was touched last."""
    newest = sa.select(leads.c.id).where(*owned(leads, who)).order_by(leads.c.touched_at.desc()).limit(1)
    lead = tx.execute(newest).scalar()
    last = next(reversed(asks.to_lead(tx, who, lead)), None) if lead is not None else None
    if last is not None and last.changed is not None and last.changed < before:
        yield Deed(DeedKind.REPLY, last.id, last.changed)


def _event(tx: Tx, who: Who, before: datetime) -> Iterator[Deed]:
    """Give the newest of what counts in a week."""
    newest = sa.select(events).where(*owned(events, who), events.c.undone == sa.false(), events.c.recorded_at < before)
    row = tx.execute(newest.order_by(events.c.recorded_at.desc(), events.c.id.desc()).limit(1)).first()
    if row is not None:
        yield Deed(DeedKind(row.kind), row.lead_id if row.kind == DeedKind.LEAD else row.thing_id, row.recorded_at)
