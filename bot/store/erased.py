"""Tombstones: who was erased, as a keyed hash, and the note that the list beside the backups must follow."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId
from bot.store.batch import Tx
from bot.store.ids import new_id
from bot.store.tables import tombstones as table

KEPT_FOR = timedelta(days=30)
"""As long as a backup may be that still holds who was erased."""
_NOTED = "erased"


def remember(tx: Tx, community: CommunityId, kind: str, key: bytes, now: datetime, gone: str) -> None:
    """Remember that a member or a community was erased, so that a restore erases them too; `gone` is the random id."""
    row = {"community_id": community, "kind": kind, "key": key, "at": now}
    tx.execute(table.insert().prefix_with("OR REPLACE", dialect="sqlite"), row)
    tx.info.setdefault(_NOTED, set()).add(gone)


def owner_of_answer(tx: Tx, member: MemberId) -> MemberId:
    """Give the member to record an answer under: a random id when the member was erased in this transaction."""
    gone: set[str] = tx.info.get(_NOTED, set())
    return MemberId(new_id()) if member in gone else member


def take_note(tx: Tx) -> bool:
    """Tell whether somebody was erased since this was asked last; what was rolled back may count too."""
    return bool(tx.info.pop(_NOTED, set()))


def purge(tx: Tx, now: datetime) -> None:
    """Drop what no backup needs any more."""
    tx.execute(sa.delete(table).where(table.c.at < now - KEPT_FOR))
