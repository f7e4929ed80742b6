"""Carries one community into a database of its own, with another master key, so that it can go on elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa

from bot.domain.ids import CommunityId
from bot.store.batch import Tx
from bot.store.crypto import vault_of
from bot.store.tables import METADATA, communities, community_keys, link_moves, link_tries

Rows: TypeAlias = Sequence[dict[str, Any]]


_BEHIND = (community_keys, link_moves, link_tries)
"""The key is wrapped anew. What a link moved is also told of the other community, and is of no use without the link."""


@dataclass(frozen=True, slots=True)
class CommunityContents:
    """Everything of one community, its texts still sealed with its own key."""

    community: CommunityId
    rows: Sequence[tuple[sa.Table, Rows]]
    data_key: bytes

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(rows) for _, rows in self.rows)


def take(tx: Tx, community: CommunityId) -> CommunityContents:
    """Read everything of a community; what ties members to another community stays behind."""
    row = tx.execute(sa.select(community_keys).where(community_keys.c.community_id == community)).one()
    data_key = vault_of(tx).ring.unwrap(community, row.key_id, row.wrapped)
    return CommunityContents(community, [(table, _rows(tx, table, community)) for table in _tables()], data_key)


def put(tx: Tx, taken: CommunityContents) -> None:
    """Write a community into an empty database, its key wrapped by the key ring of that database."""
    ring = vault_of(tx).ring
    for table, rows in taken.rows:
        if rows:
            tx.execute(table.insert(), list(rows))
    wrapped = ring.wrap(taken.community, taken.data_key)
    tx.execute(community_keys.insert(), {"community_id": taken.community, "key_id": ring.current, "wrapped": wrapped})


def _tables() -> Iterator[sa.Table]:
    """Give the tables of a community's own, those that others belong to first."""
    for table in METADATA.sorted_tables:
        owned = table is communities or "community_id" in table.c
        if owned and table not in _BEHIND and "other_community" not in table.c:
            yield table


def _rows(tx: Tx, table: sa.Table, community: CommunityId) -> Rows:
    mine = table.c.id if table is communities else table.c.community_id
    return [dict(row) for row in tx.execute(sa.select(table).where(mine == community)).mappings()]
