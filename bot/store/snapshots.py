"""Weeks as they were posted: frozen once, so that what comes later counts in nothing already posted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.digest import Totals
from bot.domain.ids import CommunityId, MemberId, Who
from bot.domain.leaderboard import Ranked, Score
from bot.domain.week import Week
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.prepared import Prepared
from bot.store.tables import snapshots as table
from bot.store.types import Sealed
from bot.store.upsert import insert_if_new

EVERY = Week(0, 1), Week(9999, 52)
"""The first and the last week there can be."""

_of = table.c.community_id == sa.bindparam("community")
_freeze = Prepared(insert_if_new(table), "community_id", "week", "frozen_at", "private")
_find = Prepared(sa.select(table).where(_of, table.c.week == sa.bindparam("which")))
_between = Prepared(
    sa.select(table)
    .where(_of, table.c.week >= sa.bindparam("first"), table.c.week <= sa.bindparam("last"))
    .order_by(table.c.week)
)
_replace = Prepared(
    table.update()
    .where(_of, table.c.week == sa.bindparam("which"))
    .values(private=sa.bindparam("box", type_=table.c.private.type))
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One week as it was posted: the totals, the board, and what each member added."""

    week: Week
    frozen_at: datetime
    totals: Totals
    board: Sequence[Ranked] = ()
    leads: Mapping[MemberId, int] = field(default_factory=dict[MemberId, int])


def freeze(tx: Tx, community: CommunityId, snapshot: Snapshot) -> bool:
    """Freeze a week; returns False, and changes nothing, when it was frozen before."""
    frozen = _freeze.run(
        tx,
        community_id=community,
        week=snapshot.week,
        frozen_at=snapshot.frozen_at,
        private=_sealed(tx, community, snapshot),
    )
    return frozen > 0


def find(tx: Tx, community: CommunityId, week: Week) -> Snapshot | None:
    """Find a week as it was posted."""
    return _find.made(tx, _read, community=community, which=week)


def between(tx: Tx, community: CommunityId, first: Week, last: Week) -> list[Snapshot]:
    """List the weeks that were posted, oldest first."""
    return _between.all_made(tx, _read, community=community, first=first, last=last)


def erase(tx: Tx, who: Who) -> None:
    """Take a member off every frozen board; the totals stay."""
    for known in between(tx, who.community, *EVERY):
        board = tuple(each for each in known.board if each.score.member != who.member)
        leads = {member: n for member, n in known.leads.items() if member != who.member}
        if len(board) + len(leads) < len(known.board) + len(known.leads):
            box = _sealed(tx, who.community, replace(known, board=board, leads=leads))
            _replace.run(tx, community=who.community, which=known.week, box=box)


def _sealed(tx: Tx, community: CommunityId, snapshot: Snapshot) -> Sealed:
    totals = snapshot.totals
    texts = {
        "totals": json.dumps([totals.leads, totals.asks, totals.meetings]),
        "board": json.dumps([[r.place, r.score.member, r.score.name, r.score.value] for r in snapshot.board]),
        "leads": json.dumps(dict(snapshot.leads)),
    }
    return seal(tx, "snapshots", community, str(snapshot.week.key), texts)


def _read(tx: Tx, row: Any) -> Snapshot:
    texts = unseal(tx, row.private, row.community_id, str(row.week.key))
    board = (Ranked(place, Score(*score)) for place, *score in json.loads(texts["board"]))
    totals = Totals(row.week, *json.loads(texts["totals"]))
    return Snapshot(row.week, row.frozen_at, totals, tuple(board), json.loads(texts["leads"]))
