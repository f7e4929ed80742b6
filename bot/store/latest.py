"""The last thing that a member did and that can be taken back, of whatever kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.domain.meeting import MeetingState
from bot.store import merging
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


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a member did: what, the id by which it is taken back, and when."""

    kind: DeedKind
    thing: str
    at: datetime


def last_deed(tx: Tx, who: Who, since: datetime) -> Deed | None:
    """Find what a member did last since an instant; what was taken back is not there."""
    return max((deed for deed in _newest(tx, who) if deed.at >= since), key=lambda deed: deed.at, default=None)


def _newest(tx: Tx, who: Who) -> Iterator[Deed]:
    """Give the newest deed of each table."""
    yield from _event(tx, who)
    for table, at, thing, kind, *which in (
        (
            meetings,
            meetings.c.created_at,
            meetings.c.lead_id,
            DeedKind.PLAN,
            meetings.c.state == MeetingState.PLANNED,
            meetings.c.planned_for.is_not(None),
        ),
        (checkins, checkins.c.reported_at, checkins.c.week, DeedKind.REPORT),
        (wins, wins.c.shared_at, wins.c.id, DeedKind.WIN),
        (leads, leads.c.brought_at, leads.c.list_id, DeedKind.LIST, leads.c.brought_at.is_not(None)),
        (drafts, drafts.c.created_at, drafts.c.id, DeedKind.MERGE, drafts.c.command == merging.KEPT_AS),
    ):
        found = sa.select(thing.label("thing"), at.label("at")).where(*owned(table, who), *which)
        row = tx.execute(found.order_by(at.desc()).limit(1)).first()
        if row is not None:
            yield Deed(kind, row.thing.iso if kind is DeedKind.REPORT else row.thing, row.at)


def _event(tx: Tx, who: Who) -> Iterator[Deed]:
    """Give the newest of what counts in a week."""
    newest = sa.select(events).where(*owned(events, who), events.c.undone == sa.false())
    row = tx.execute(newest.order_by(events.c.recorded_at.desc(), events.c.id.desc()).limit(1)).first()
    if row is not None:
        yield Deed(DeedKind(row.kind), row.lead_id if row.kind == DeedKind.LEAD else row.thing_id, row.recorded_at)
