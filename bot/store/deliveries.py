"""Answers by delivery: recorded with their effect, so that a repeat gets the first answer and changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.prepared import Prepared
from bot.store.tables import deliveries as table

KEPT_FOR = timedelta(days=2)
"""No platform delivers again after a day."""

_find = Prepared(
    sa.select(table.c.private, table.c.language).where(
        table.c.community_id == sa.bindparam("community"), table.c.delivery == sa.bindparam("known_as")
    )
)
_add = Prepared(table.insert(), "community_id", "delivery", "member_id", "answered_at", "language", "private")


@dataclass(frozen=True, slots=True)
class Delivery:
    """An answer that was given: a reply as JSON, and its language."""

    answer: str
    language: str


def find(tx: Tx, community: CommunityId, delivery: str) -> Delivery | None:
    """Find the answer that a delivery got before."""
    row = _find.first(tx, community=community, known_as=delivery)
    if row is None:
        return None
    return Delivery(unseal(tx, row.private, community, delivery)["answer"], row.language)


def record(tx: Tx, who: Who, delivery: str, answer: str, language: str, now: datetime) -> None:
    """Record the answer to a delivery, in the transaction of its effect."""
    _add.run(
        tx,
        community_id=who.community,
        delivery=delivery,
        member_id=who.member,
        answered_at=now,
        language=language,
        private=seal(tx, "deliveries", who.community, delivery, {"answer": answer}),
    )


def purge(tx: Tx, now: datetime) -> None:
    """Drop answers that no platform can ask for again."""
    tx.execute(table.delete().where(table.c.answered_at < now - KEPT_FOR))
