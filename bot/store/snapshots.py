"""Frozen weeks, each stored once, so that later changes do not alter what was posted."""

import json
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.domain.ask import Wording
from bot.domain.digest import Totals
from bot.domain.evidence import Tally
from bot.domain.ids import CommunityId, MemberId, Who
from bot.domain.leaderboard import RankedMember, Score
from bot.domain.snapshot import Snapshot
from bot.domain.week import Week
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
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
_latest = Prepared(sa.select(table).where(_of).order_by(table.c.week.desc()).limit(1))
_replace = Prepared(
    table.update()
    .where(_of, table.c.week == sa.bindparam("which"))
    .values(private=sa.bindparam("box", type_=table.c.private.type))
)


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
    """Find a week as it was frozen."""
    return _find.build_first(tx, _read, community=community, which=week)


def between(tx: Tx, community: CommunityId, first: Week, last: Week) -> list[Snapshot]:
    """List the weeks that were frozen, oldest first."""
    return _between.build_all(tx, _read, community=community, first=first, last=last)


def latest(tx: Tx, community: CommunityId) -> Snapshot | None:
    """Find the newest week that was frozen."""
    return _latest.build_first(tx, _read, community=community)


def erase(tx: Tx, who: Who) -> None:
    """Anonymise a member in every frozen week; the numbers stay."""
    nobody = MemberId(new_id())
    for snapshot in between(tx, who.community, *EVERY):
        left = snapshot.without(who.member, nobody)
        if left != snapshot:
            _replace.run(tx, community=who.community, which=snapshot.week, box=_sealed(tx, who.community, left))


@cache
def _adapter() -> TypeAdapter[Snapshot]:
    return TypeAdapter(Snapshot)


def _sealed(tx: Tx, community: CommunityId, snapshot: Snapshot) -> Sealed:
    facts = _adapter().dump_json(snapshot).decode()
    return seal(tx, "snapshots", community, str(snapshot.week.key), {"facts": facts})


def _read(tx: Tx, row: Any) -> Snapshot:
    texts = unseal(tx, row.private, row.community_id, str(row.week.key))
    if "facts" in texts:
        return _adapter().validate_json(texts["facts"])
    return _of_old(row, texts)


def _of_old(row: Any, texts: dict[str, str]) -> Snapshot:
    """Read a week from when only totals, board, leads and wordings were kept."""
    board = tuple(RankedMember(place, Score(*score)) for place, *score in json.loads(texts["board"]))
    wordings = TypeAdapter(dict[Wording, list[Any]]).validate_json(texts.get("wordings", "{}"))
    return Snapshot(
        row.week,
        row.frozen_at,
        Totals(row.week, *json.loads(texts["totals"])),
        board=board,
        leads=json.loads(texts["leads"]),
        wordings={wording: _tally(*plain) for wording, plain in wordings.items()},
    )


def _tally(asks: int, answered: int, sent: str | None = None, ask: str = "") -> Tally:
    return Tally(asks, answered, (datetime.fromisoformat(sent), ask) if sent is not None else None)
