"""What was typed and could not be taken, kept for a day so that a button can use it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import drafts as table

KEPT_FOR = timedelta(days=1)

_find = Prepared(
    sa.select(table.c.command, table.c.private).where(
        table.c.community_id == sa.bindparam("community"),
        table.c.member_id == sa.bindparam("member"),
        table.c.id == sa.bindparam("draft"),
    )
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A command, and its values as JSON."""

    command: str
    values: str


def keep(tx: Tx, who: Who, command: str, values: str, now: datetime) -> str:
    """Keep what was typed; returns the draft's id."""
    draft = new_id()
    row = {
        "community_id": who.community,
        "member_id": who.member,
        "id": draft,
        "command": command,
        "created_at": now,
        "private": seal(tx, "drafts", who.community, draft, {"values": values}),
    }
    tx.execute(table.insert(), row)
    return draft


def find(tx: Tx, who: Who, draft: str) -> Draft | None:
    """Find a draft of this member; None when it was dropped or is not theirs."""
    row = _find.first(tx, community=who.community, member=who.member, draft=draft)
    if row is None:
        return None
    return Draft(row.command, unseal(tx, row.private, who.community, draft)["values"])


def purge(tx: Tx, now: datetime) -> None:
    """Drop drafts that nobody came back to."""
    tx.execute(table.delete().where(table.c.created_at < now - KEPT_FOR))
