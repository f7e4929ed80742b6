"""Asks: each attempt to reach a lead, and whether it was answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ask import AnswerKind, Wording
from bot.domain.evidence import SETTLED_AFTER, Outcome, Tally
from bot.domain.ids import CommunityId, LeadId, Who
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import asks as table, leads

_of_lead = (
    table.c.community_id == sa.bindparam("community"),
    table.c.member_id == sa.bindparam("member"),
    table.c.lead_id == sa.bindparam("lead"),
)
_one_ask = (
    table.c.community_id == sa.bindparam("community"),
    table.c.member_id == sa.bindparam("member"),
    table.c.id == sa.bindparam("ask"),
)
_ask = (
    table.c.community_id,
    table.c.id,
    table.c.lead_id,
    table.c.sent_at,
    table.c.replied_at,
    table.c.reply,
    table.c.private,
)
_add = Prepared(table.insert(), "community_id", "member_id", "id", "lead_id", "sent_at", "wording", "private")
_to_lead = Prepared(sa.select(*_ask).where(*_of_lead).order_by(table.c.sent_at, table.c.id))
_of_member = Prepared(
    sa.select(*_ask)
    .where(table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
    .order_by(table.c.sent_at, table.c.id)
)
_find = Prepared(sa.select(*_ask).where(*_one_ask))
_answered_lately = Prepared(
    sa.select(*_ask)
    .join_from(
        table,
        leads,
        sa.and_(
            leads.c.community_id == table.c.community_id,
            leads.c.member_id == table.c.member_id,
            leads.c.id == table.c.lead_id,
        ),
    )
    .where(
        table.c.community_id == sa.bindparam("community"),
        table.c.member_id == sa.bindparam("member"),
        table.c.replied_at.is_not(None),
        # An answer that is told anew touches its lead too.
        leads.c.touched_at >= sa.bindparam("since"),
    )
)
_answer = table.update().where(*_one_ask)
_drop = Prepared(table.delete().where(*_one_ask))
_settled = Prepared(
    sa.select(table.c.member_id, table.c.id, table.c.sent_at, table.c.replied_at)
    .where(
        table.c.community_id == sa.bindparam("community"),
        table.c.wording == sa.bindparam("which"),
        table.c.sent_at >= sa.bindparam("first"),
        table.c.sent_at <= sa.bindparam("last"),
    )
    .order_by(table.c.sent_at, table.c.id)
)
KEPT = 10
"""Answers to one ask that are remembered, so that each can be taken back."""
_own = Prepared(
    sa.select(
        sa.func.count().label("sent"),
        sa.func.count(table.c.replied_at).label("replied"),
        sa.func.count(sa.distinct(table.c.lead_id)).label("people"),
    ).where(table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
)


@dataclass(frozen=True, slots=True)
class OwnAsks:
    """How often a member asked, how often an answer came, and how many people were asked."""

    sent: int
    replied: int
    people: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One attempt to reach a lead, with what the lead's clock was before it and before its answer, as texts."""

    id: str
    lead: LeadId
    sent: datetime
    replied: datetime | None = None
    answer: AnswerKind | None = None
    before: str | None = None
    before_answer: str | None = None
    changed: datetime | None = None
    """When its answer was told anew; None while the first one holds."""
    earlier: tuple[tuple[str, str | None, str | None], ...] = ()
    """The answers that were told before: what each was, the clock before it, and when it was told anew."""


def changed(ask: Ask, answer: AnswerKind, before: str, now: datetime) -> Ask:
    """Tell an answer anew, and keep the one that was told before."""
    was = (ask.answer or AnswerKind.YES, ask.before_answer, ask.changed.isoformat() if ask.changed else None)
    return replace(ask, answer=answer, before_answer=before, changed=now, earlier=(*ask.earlier, was)[-KEPT:])


def as_before(ask: Ask) -> Ask:
    """Take the answer that was told last back: the one before it holds again, or there is none."""
    if not ask.earlier:
        return replace(ask, replied=None, answer=None, before_answer=None, changed=None)
    *earlier, (answer, before, at) = ask.earlier
    told = datetime.fromisoformat(at) if at else None
    return replace(ask, answer=AnswerKind(answer), before_answer=before, changed=told, earlier=tuple(earlier))


def add(tx: Tx, who: Who, lead: LeadId, wording: str | None, sent: datetime, before: str | None = None) -> str:
    """Keep an attempt, with the clock of before it; returns its id."""
    ask = new_id()
    _add.send(
        tx,
        community_id=who.community,
        member_id=who.member,
        id=ask,
        lead_id=lead,
        sent_at=sent,
        wording=wording,
        private=seal(tx, "asks", who.community, ask, {"before": before}),
    )
    return ask


def to_lead(tx: Tx, who: Who, lead: LeadId) -> Sequence[Ask]:
    """List the attempts to reach a lead, the first one first."""
    return [_read(tx, row) for row in _to_lead.all(tx, community=who.community, member=who.member, lead=lead)]


def all_of(tx: Tx, who: Who) -> Sequence[Ask]:
    """List all attempts of a member, the first one first."""
    return [_read(tx, row) for row in _of_member.all(tx, community=who.community, member=who.member)]


def find(tx: Tx, who: Who, ask: str) -> Ask | None:
    """Find an attempt of a member."""
    row = _find.first(tx, community=who.community, member=who.member, ask=ask)
    return None if row is None else _read(tx, row)


def last_changed(tx: Tx, who: Who, since: datetime) -> Ask | None:
    """Find the attempt whose answer was told anew last, since an instant."""
    rows = _answered_lately.all(tx, community=who.community, member=who.member, since=since)
    told_anew = [ask for ask in (_read(tx, row) for row in rows) if ask.changed is not None and ask.changed >= since]
    return max(told_anew, key=lambda ask: ask.changed or since, default=None)


def save_answer(tx: Tx, who: Who, ask: Ask) -> None:
    """Keep whether and how an attempt was answered."""
    texts = {
        "before": ask.before,
        "before_answer": ask.before_answer,
        "changed": ask.changed.isoformat() if ask.changed else None,
        "earlier": json.dumps(ask.earlier) if ask.earlier else None,
    }
    private = seal(tx, "asks", who.community, ask.id, texts)
    changed = _answer.values(replied_at=ask.replied, reply=ask.answer, private=private)
    tx.execute(changed, {"community": who.community, "member": who.member, "ask": ask.id})


def drop(tx: Tx, who: Who, ask: str) -> None:
    """Forget an attempt that was taken back."""
    _drop.send(tx, community=who.community, member=who.member, ask=ask)


def _read(tx: Tx, row: Any) -> Ask:
    texts = unseal(tx, row.private, row.community_id, row.id) if row.private is not None else {}
    answer = AnswerKind(row.reply) if row.reply else None
    return Ask(
        row.id,
        row.lead_id,
        row.sent_at,
        row.replied_at,
        answer,
        texts.get("before"),
        texts.get("before_answer"),
        datetime.fromisoformat(texts["changed"]) if "changed" in texts else None,
        tuple((was, before, at) for was, before, at in json.loads(texts.get("earlier", "[]"))),
    )


def settled(tx: Tx, community: CommunityId, wording: Wording, counted: Tally, now: datetime) -> Sequence[Outcome]:
    """List the asks of a wording that are old enough to count, from the last one counted on."""
    first = counted.last[0] if counted.last is not None else datetime.min.replace(tzinfo=UTC)
    rows = _settled.all(tx, community=community, which=wording, first=first, last=now - SETTLED_AFTER)
    return [Outcome(row.member_id, row.sent_at, row.id, _in_time(row.sent_at, row.replied_at)) for row in rows]


def _in_time(sent: datetime, replied: datetime | None) -> bool:
    return replied is not None and replied <= sent + SETTLED_AFTER


def counts_of(tx: Tx, who: Who) -> OwnAsks:
    """Count a member's own asks."""
    row = _own.first(tx, community=who.community, member=who.member)
    return OwnAsks(0, 0, 0) if row is None else OwnAsks(row.sent, row.replied, row.people)
