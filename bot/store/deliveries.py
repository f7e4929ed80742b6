"""Answers by delivery: recorded with their effect, so that a repeat gets the first answer and changes nothing.

An answer to a button or a form is also found by what was pressed, because a second press is another delivery; and the
answer to a line that counts by what was typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.store import erased
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.prepared import Prepared
from bot.store.tables import deliveries as table

KEPT_FOR = timedelta(days=2)
"""No platform delivers again after a day."""
LONGEST = timedelta(days=30)
"""How long the answer to a button that counts once is kept, at most."""

LINE = b"line"
"""The prefix of a typed line's hash; the hash of a button or a form has none, and is shorter."""
_LINE_BYTES = len(LINE) + 16

_community = table.c.community_id == sa.bindparam("community")
_answer = (table.c.delivery, table.c.member_id, table.c.answered_at, table.c.private, table.c.language)
_find = Prepared(sa.select(*_answer).where(_community, table.c.delivery == sa.bindparam("known_as")))
_pressed = Prepared(sa.select(*_answer).where(_community, table.c.press == sa.bindparam("known_as")))
_purge = Prepared(table.delete().where(table.c.kept_until < sa.bindparam("now")))
_release = Prepared(table.update().where(_community, table.c.press == sa.bindparam("known_as")).values(press=None))
_add = Prepared(
    table.insert(), "community_id", "delivery", "member_id", "answered_at", "language", "private", "press", "kept_until"
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An answer that was given: to which delivery, to whom, when; a reply as JSON, and its language."""

    id: str
    member: MemberId
    answered: datetime
    answer: str
    language: str


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, sent or typed, as a hash, and how long its answer is kept."""

    key: bytes
    kept_for: timedelta = KEPT_FOR


def expect(tx: Tx, community: CommunityId, delivery: str) -> None:
    """Say that the answer to a delivery will be looked for."""
    _find.ask(tx, community=community, known_as=delivery)


def find(tx: Tx, community: CommunityId, delivery: str) -> Delivery | None:
    """Find the answer that a delivery got before."""
    return _read(tx, community, _find.first(tx, community=community, known_as=delivery))


def pressed(tx: Tx, community: CommunityId, press: bytes) -> Delivery | None:
    """Find the answer that the same button or form got before."""
    return _read(tx, community, _pressed.first(tx, community=community, known_as=press))


def _read(tx: Tx, community: CommunityId, row: Any) -> Delivery | None:
    if row is None:
        return None
    answer = unseal(tx, row.private, community, row.delivery)["answer"]
    return Delivery(row.delivery, MemberId(row.member_id), row.answered_at, answer, row.language)


def is_last(tx: Tx, people: Sequence[Who], delivery: Delivery) -> bool:
    """Tell whether these people, who are one person, did nothing after a delivery of theirs."""
    theirs = sa.or_(
        *(sa.and_(table.c.community_id == who.community, table.c.member_id == who.member) for who in people)
    )
    later = sa.select(table.c.delivery).where(theirs, table.c.answered_at > delivery.answered)
    return tx.execute(later.limit(1)).first() is None


def record(
    tx: Tx, who: Who, delivery: str, answer: str, language: str, now: datetime, press: Press | None = None
) -> None:
    """Record the answer to a delivery, in the transaction of its effect; it is the answer to its press from now on."""
    if press is not None:
        _release.send(tx, community=who.community, known_as=press.key)
    _add.send(
        tx,
        community_id=who.community,
        delivery=delivery,
        member_id=erased.owner_of_answer(tx, who.member),
        answered_at=now,
        language=language,
        private=seal(tx, "deliveries", who.community, delivery, {"answer": answer}),
        press=press and press.key,
        kept_until=now + (press.kept_for if press is not None else KEPT_FOR),
    )


def forget_lines(tx: Tx, who: Who) -> None:
    """Let a member type again what they typed before, after they took something back."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member)
    typed = sa.func.length(table.c.press) == _LINE_BYTES
    tx.execute(table.update().where(*mine, typed).values(press=None))


def purge(tx: Tx, now: datetime) -> None:
    """Drop answers that nobody can ask for again."""
    _purge.send(tx, now=now)
