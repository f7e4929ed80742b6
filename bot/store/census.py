"""Every community as whoever runs the bot for many may see it: where it is, how it stands, how much it holds. No names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.ids import CommunityId
from bot.store.batch import Tx
from bot.store.errors import Missing
from bot.store.tables import communities as table, leads, members


@dataclass(frozen=True, slots=True)
class CountedCommunity:
    """One community, in figures."""

    id: CommunityId
    platform: str
    platform_id: str
    set_up: bool
    since: datetime | None
    left_at: datetime | None
    """When the bot was taken out; None while it is there."""
    members: int
    people: int
    """People on its members' lists."""


def counted(tx: Tx) -> list[CountedCommunity]:
    """Count every community, the oldest first."""
    of_members, of_people = _by_community(tx, members), _by_community(tx, leads)
    columns = (table.c.id, table.c.platform, table.c.platform_id, table.c.set_up, table.c.created_at, table.c.left_at)
    return [
        CountedCommunity(*row, members=of_members.get(row.id, 0), people=of_people.get(row.id, 0))
        for row in tx.execute(sa.select(*columns).order_by(table.c.created_at, table.c.id))
    ]


def find(tx: Tx, named: str) -> CountedCommunity:
    """Find a community by its id, or by the platform's id of it, where no other platform has the same.

    Raises:
        Missing: there is none, or more than one.
    """
    everything = counted(tx)
    by_id = [community for community in everything if named == community.id]
    fitting: Sequence[CountedCommunity] = by_id or [
        community for community in everything if named == community.platform_id
    ]
    if not fitting:
        raise Missing("There is no community {id}. To see all of them, type: hello-circle communities", id=repr(named))
    if len(fitting) > 1:
        ids = ", ".join(f"{community.id} ({community.platform})" for community in fitting)
        raise Missing(
            "More than one community is called {id}. Take the first column instead: {ids}", id=repr(named), ids=ids
        )
    return fitting[0]


def _by_community(tx: Tx, owned: sa.Table) -> Mapping[str, int]:
    query = sa.select(owned.c.community_id, sa.func.count().label("n")).group_by(owned.c.community_id)
    return {row.community_id: row.n for row in tx.execute(query)}
