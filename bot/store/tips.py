"""Tips of a community: the five it starts with, and those its members share."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.five_tips import FIVE
from bot.domain.ids import CommunityId, TipId, Who
from bot.domain.tip import Tip, TipState, Topic
from bot.domain.week import Week
from bot.store import room
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.tables import tip_reports, tip_trials, tips
from bot.store.upsert import insert_if_new, insert_or_replace

_tried = sa.func.count(tip_trials.c.member_id).label("tried")
_worked = sa.func.coalesce(sa.func.sum(sa.cast(tip_trials.c.worked, sa.Integer)), 0).label("worked")
_counted = (
    sa.select(tips, _tried, _worked)
    .outerjoin(
        tip_trials,
        sa.and_(tip_trials.c.community_id == tips.c.community_id, tip_trials.c.tip_id == tips.c.id),
    )
    .group_by(tips.c.community_id, tips.c.id)
)


def seed(tx: Tx, community: CommunityId, now: datetime) -> None:
    """Give a community the five tips, once."""
    for number, tip in enumerate(FIVE):
        row = {
            "community_id": community,
            "id": new_id(),
            "seed": tip.key,
            "topic": tip.topic,
            "state": TipState.PUBLISHED,
            "created_at": now + timedelta(microseconds=number),
        }
        tx.execute(insert_if_new(tips), row)


def share(tx: Tx, who: Who, topic: Topic, text: str, state: TipState, now: datetime) -> TipId:
    """Keep a member's tip."""
    tip = TipId(new_id())
    row = {
        "community_id": who.community,
        "id": tip,
        "member_id": who.member,
        "topic": topic,
        "state": state,
        "created_at": now,
        "private": room.for_text(tx, who, tip, seal(tx, "tips", who.community, tip, {"text": text})),
    }
    tx.execute(tips.insert(), row)
    return tip


def published(tx: Tx, community: CommunityId) -> Sequence[Tip]:
    """Read the tips every member sees, with their evidence."""
    return _all(tx, _counted.where(tips.c.community_id == community, tips.c.state == TipState.PUBLISHED))


def to_review(tx: Tx, community: CommunityId) -> Sequence[Tip]:
    """Read the tips that wait for an organiser, the oldest first; reported ones before the others."""
    waiting = tips.c.state.in_([TipState.WAITING, TipState.QUARANTINED])
    found = _all(tx, _counted.where(tips.c.community_id == community, waiting))
    return sorted(found, key=lambda tip: tip.state is not TipState.QUARANTINED)


def published_by(tx: Tx, who: Who) -> int:
    """Count the tips of a member that every member sees."""
    mine = (tips.c.community_id == who.community, tips.c.member_id == who.member, tips.c.state == TipState.PUBLISHED)
    return tx.execute(sa.select(sa.func.count()).select_from(tips).where(*mine)).scalar_one()


def find(tx: Tx, community: CommunityId, tip: str) -> Tip | None:
    """Find a tip of a community, whatever its state."""
    found = _all(tx, _counted.where(tips.c.community_id == community, tips.c.id == tip))
    return found[0] if found else None


def decide(tx: Tx, community: CommunityId, tip: str, state: TipState, now: datetime) -> bool:
    """Publish or refuse a tip that waits; returns whether it waited."""
    waits = tips.c.state.in_([TipState.WAITING, TipState.QUARANTINED])
    mine = (tips.c.community_id == community, tips.c.id == tip, waits)
    if state is TipState.PUBLISHED:
        gone = (tip_reports.c.community_id == community, tip_reports.c.tip_id == tip)
        tx.execute(tip_reports.delete().where(*gone))
    return tx.execute(tips.update().where(*mine).values(state=state, decided_at=now)).rowcount > 0


def tried(tx: Tx, who: Who, tip: str, now: datetime, *, worked: bool) -> None:
    """Keep whether a tip worked for a member, instead of what they said before."""
    row = {"community_id": who.community, "member_id": who.member, "tip_id": tip, "worked": worked, "at": now}
    tx.execute(insert_or_replace(tip_trials, "worked", "at"), row)


def report(tx: Tx, who: Who, tip: str, now: datetime) -> None:
    """Hide a tip until an organiser has looked at it; who reported it is never shown."""
    row = {"community_id": who.community, "member_id": who.member, "tip_id": tip, "at": now}
    tx.execute(insert_if_new(tip_reports), row)
    mine = (tips.c.community_id == who.community, tips.c.id == tip, tips.c.state == TipState.PUBLISHED)
    tx.execute(tips.update().where(*mine).values(state=TipState.QUARANTINED))


def shown(tx: Tx, community: CommunityId, tip: str, week: Week) -> None:
    """Note the week whose digest shows a tip."""
    mine = (tips.c.community_id == community, tips.c.id == tip)
    tx.execute(tips.update().where(*mine).values(last_digest_week=week))


def _all(tx: Tx, found: sa.Select[Any]) -> Sequence[Tip]:
    """Read tips, the oldest first; what came at one instant is put by its words, never by the random id."""
    read = [(row.created_at, _read(tx, row)) for row in tx.execute(found)]
    return [tip for _, tip in sorted(read, key=lambda each: (each[0], each[1].text))]


_SEEDED = {tip.key: tip.text for tip in FIVE}


def _read(tx: Tx, row: sa.Row[Any]) -> Tip:
    seeded = row.seed is not None
    text = _SEEDED[row.seed] if seeded else unseal(tx, row.private, row.community_id, row.id)["text"]
    return Tip(
        id=row.id,
        topic=Topic(row.topic),
        text=text,
        state=TipState(row.state),
        author=row.member_id,
        seeded=seeded,
        tried=row.tried,
        worked=row.worked,
        last_shown=row.last_digest_week,
    )
