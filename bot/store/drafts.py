"""What was typed and could not be taken, kept for a day so that a button can use it again."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.prepared import Prepared
from bot.store.tables import drafts as table
from bot.store.upsert import insert_if_new

KEPT_FOR = timedelta(days=1)

_find = Prepared(
    sa.select(table.c.command, table.c.private).where(
        table.c.community_id == sa.bindparam("community"),
        table.c.member_id == sa.bindparam("member"),
        table.c.id == sa.bindparam("draft"),
    )
)
_purge = Prepared(table.delete().where(table.c.created_at < sa.bindparam("before")))
_keep = Prepared(insert_if_new(table), "community_id", "member_id", "id", "command", "created_at", "private")


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A command, and its values as JSON."""

    command: str
    values: str


def keep(tx: Tx, who: Who, delivery: str, command: str, values: str, now: datetime) -> str:
    """Keep what was typed, once for each delivery; returns the draft's id."""
    draft = _id_of(who, delivery)
    _keep.send(
        tx,
        community_id=who.community,
        member_id=who.member,
        id=draft,
        command=command,
        created_at=now,
        private=seal(tx, "drafts", who.community, draft, {"values": values}),
    )
    return draft


def _id_of(who: Who, delivery: str) -> str:
    """Name the draft of a delivery, so that the same delivery keeps no second one; as long as a random id."""
    digest = hashlib.sha256(f"{who.community}|{who.member}|{delivery}".encode()).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def find(tx: Tx, who: Who, draft: str) -> StoredDraft | None:
    """Find a draft of this member; None when it was dropped or is not theirs."""
    row = _find.first(tx, community=who.community, member=who.member, draft=draft)
    if row is None:
        return None
    return StoredDraft(row.command, unseal(tx, row.private, who.community, draft)["values"])


def purge(tx: Tx, now: datetime) -> None:
    """Drop drafts that nobody came back to."""
    _purge.send(tx, before=now - KEPT_FOR)


def drop(tx: Tx, who: Who, draft: str) -> None:
    """Forget a draft that is used or not wanted."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.id == draft)
    tx.execute(table.delete().where(*mine))
