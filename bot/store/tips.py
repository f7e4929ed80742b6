"""Tips of a community: those it starts with, and those its members share."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, TipId, Who
from bot.domain.own_tips import OWN
from bot.domain.pack import PackTip
from bot.domain.tip import Evidence, Tip, TipState, Topic, Verdict
from bot.domain.week import Week
from bot.store import room, snapshots
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import tip_reports, tip_trials, tips
from bot.store.upsert import insert_if_new, insert_or_replace

_seed = Prepared(insert_if_new(tips), "community_id", "id", "seed", "topic", "state", "created_at")


def seed(tx: Tx, community: CommunityId, now: datetime) -> None:
    """Give a community our own tips, each once."""
    rows = [
        {
            "community_id": community,
            "id": new_id(),
            "seed": tip.key,
            "topic": tip.topic,
            "state": TipState.PUBLISHED,
            "created_at": now + timedelta(microseconds=number),
        }
        for number, tip in enumerate(OWN)
    ]
    _seed.run_all(tx, rows)


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
        "private": room.for_text(tx, who, tips, tip, seal(tx, "tips", who.community, tip, {"text": text})),
    }
    tx.execute(tips.insert(), row)
    return tip


def add_pack(tx: Tx, community: CommunityId, pack: Sequence[PackTip], now: datetime) -> list[TipId]:
    """Keep tips that organisers bring in, for every member to see; they have no author."""
    ids = [TipId(new_id()) for _ in pack]
    for tip, (topic, text) in zip(ids, pack, strict=True):
        row = {
            "community_id": community,
            "id": tip,
            "topic": topic,
            "state": TipState.PUBLISHED,
            "created_at": now,
            "private": seal(tx, "tips", community, tip, {"text": text}),
        }
        tx.execute(tips.insert(), row)
    return ids


def take_pack_back(tx: Tx, community: CommunityId, tip: str) -> int:
    """Delete the tips that came in together with one; returns how many there were."""
    came = sa.select(tips.c.created_at).where(tips.c.community_id == community, tips.c.id == tip).scalar_subquery()
    of_pack = (tips.c.community_id == community, tips.c.member_id.is_(None), tips.c.seed.is_(None))
    return tx.execute(tips.delete().where(*of_pack, tips.c.created_at == came)).rowcount


def of_organisers(tx: Tx, community: CommunityId, organisers: Collection[MemberId]) -> Sequence[Tip]:
    """Read the tips every member sees that organisers brought in or wrote."""
    own = sa.or_(tips.c.member_id.is_(None), tips.c.member_id.in_(organisers))
    return _all(tx, community, tips.c.state == TipState.PUBLISHED, tips.c.seed.is_(None), own)


def every_text(tx: Tx, community: CommunityId) -> list[str]:
    """Read the words of every tip, whatever its state."""
    return [tip.text for tip in _all(tx, community)]


def published(tx: Tx, community: CommunityId) -> Sequence[Tip]:
    """Read the tips every member sees."""
    return _all(tx, community, tips.c.state == TipState.PUBLISHED)


def to_review(tx: Tx, community: CommunityId) -> Sequence[Tip]:
    """Read the tips that wait for an organiser, the oldest first; reported ones before the others."""
    waiting = tips.c.state.in_([TipState.WAITING, TipState.QUARANTINED])
    unreviewed = _all(tx, community, waiting)
    return sorted(unreviewed, key=lambda tip: tip.state is not TipState.QUARANTINED)


def published_by(tx: Tx, who: Who) -> int:
    """Count the tips of a member that every member sees."""
    mine = (tips.c.community_id == who.community, tips.c.member_id == who.member, tips.c.state == TipState.PUBLISHED)
    return tx.execute(sa.select(sa.func.count()).select_from(tips).where(*mine)).scalar_one()


def find(tx: Tx, community: CommunityId, tip: str) -> Tip | None:
    """Find a tip of a community, whatever its state."""
    matches = _all(tx, community, tips.c.id == tip)
    return matches[0] if matches else None


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


def note_shown(tx: Tx, community: CommunityId, tip: str, week: Week) -> None:
    """Note the week whose digest shows a tip."""
    mine = (tips.c.community_id == community, tips.c.id == tip)
    tx.execute(tips.update().where(*mine).values(last_digest_week=week))


def verdicts(tx: Tx, community: CommunityId) -> Mapping[TipId, Sequence[Verdict]]:
    """Read what members said of tips they tried, by tip; not who said it."""
    by_tip: defaultdict[TipId, list[Verdict]] = defaultdict(list)
    query = sa.select(tip_trials.c.tip_id, tip_trials.c.worked, tip_trials.c.at)
    for row in tx.execute(query.where(tip_trials.c.community_id == community)):
        by_tip[TipId(row.tip_id)].append(Verdict(row.worked, row.at))
    return by_tip


def _all(tx: Tx, community: CommunityId, *which: sa.ColumnElement[bool]) -> Sequence[Tip]:
    """Read tips with the evidence last posted, the oldest first; those of one instant are sorted by their text."""
    rows = tx.execute(sa.select(tips).where(tips.c.community_id == community, *which)).all()
    posted = snapshots.latest(tx, community) if rows else None
    evidence: Mapping[TipId, Evidence] = posted.evidence if posted is not None else {}
    read = [(row.created_at, _read(tx, row, evidence.get(row.id))) for row in rows]
    return [tip for _, tip in sorted(read, key=lambda entry: (entry[0], entry[1].text))]


_SEEDED = {tip.key: tip.text for tip in OWN}


def _read(tx: Tx, row: sa.Row[Any], evidence: Evidence | None) -> Tip:
    seeded = row.seed is not None
    text = _SEEDED[row.seed] if seeded else unseal(tx, row.private, row.community_id, row.id)["text"]
    return Tip(
        id=row.id,
        topic=Topic(row.topic),
        text=text,
        state=TipState(row.state),
        author=row.member_id,
        seeded=seeded,
        evidence=evidence,
        last_shown=row.last_digest_week,
    )
