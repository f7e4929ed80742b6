"""Plants: kept for their member, and counted for the community."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who
from bot.store import room
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.touched import touch
from tests.toy.tables import plants as table


@dataclass(frozen=True, slots=True)
class Plant:
    """A plant of a member."""

    id: str
    name: str
    dry: datetime
    """When it needs water."""


def add(tx: Tx, who: Who, name: str, days: int, now: datetime) -> None:
    """Keep a plant that was just watered."""
    plant = new_id()
    sealed = seal(tx, table.name, who.community, plant, {"name": name})
    row = {"community_id": who.community, "member_id": who.member, "id": plant, "days": days, "watered_at": now}
    tx.execute(table.insert(), {**row, "private": room.for_text(tx, who, table, plant, sealed)})
    touch(tx, who)


def of_member(tx: Tx, who: Who) -> list[Plant]:
    """Read the plants of a member, by name."""
    rows = tx.execute(sa.select(table).where(*_mine(who)))
    return sorted((_read(tx, row) for row in rows), key=lambda plant: plant.name)


def water(tx: Tx, who: Who, plant: str, now: datetime) -> Plant:
    """Note that a plant of a member was watered; returns it."""
    watered = table.update().where(*_mine(who), table.c.id == plant).values(watered_at=now).returning(table)
    touch(tx, who)
    return _read(tx, tx.execute(watered).one())


def count(tx: Tx, community: CommunityId, since: datetime) -> tuple[int, int]:
    """Count the plants of a community, and those of them that were watered since."""
    of_community = table.c.community_id == community
    numbers = (sa.func.count(), sa.func.count().filter(table.c.watered_at > since))
    total, watered = tx.execute(sa.select(*numbers).where(of_community)).one()
    return total, watered


def _mine(who: Who) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.community_id == who.community, table.c.member_id == who.member


def _read(tx: Tx, row: sa.Row[Any]) -> Plant:
    name = unseal(tx, row.private, row.community_id, row.id)["name"]
    return Plant(row.id, name, row.watered_at + timedelta(days=row.days))
