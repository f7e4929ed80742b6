"""Everything kept about one member, as plain data; it follows from the tables, so nothing can be forgotten."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.domain.week import Week
from bot.store import communities, identities, snapshots
from bot.store.batch import Tx
from bot.store.crypto import opener
from bot.store.tables import METADATA
from bot.store.types import Private, Sealed

INNER = {"community_id", "member_id", "person_key", "user_key", "owner", "attempt", "next_at"} | {
    "code_key",
    "other_key",
    "press",
    "other_community",
    "other_member",
    "told",
}
"""Columns that tell a person nothing about themselves."""


def whole(tx: Tx, own: Who) -> dict[str, list[dict[str, Any]]]:
    """Read every row of a person: of the member whose list it is, and of the one who is linked to them."""
    link = identities.link_of(tx, own)
    if link is None:
        return everything(tx, own)
    return {**everything(tx, link.home), "linked": [_linked(tx, link, link.home), _linked(tx, link, link.side)]}


def count(tables: dict[str, list[dict[str, Any]]]) -> int:
    """Count the entries of an export, those of a linked member too."""
    return sum(len(rows) + sum(count(row["kept"]) for row in rows if "kept" in row) for rows in tables.values())


def _linked(tx: Tx, link: identities.IdentityLink, who: Who) -> dict[str, Any]:
    """Name a place of a person, with what is kept there beside their list."""
    community = communities.get(tx, who.community)
    named = {"platform": community.platform, "community": community.name, "linked_at": link.since.isoformat()}
    if who == link.home:
        return {**named, "list": "here", "reminders": "there" if link.reminders_aside else "here"}
    return {
        **named,
        "list": "there",
        "reminders": "here" if link.reminders_aside else "there",
        "kept": everything(tx, who),
    }


def everything(tx: Tx, who: Who) -> dict[str, list[dict[str, Any]]]:
    """Read every row of a member, by table, with the personal texts opened."""
    tables = {
        table.name: list(_plain_rows(tx, who, table))
        for table in METADATA.sorted_tables
        if "member_id" in table.c or table.name == "members"
    }
    tables["boards"] = list(_boards(tx, who))
    return {name: rows for name, rows in tables.items() if rows}


def _boards(tx: Tx, who: Who) -> Iterator[dict[str, Any]]:
    """Read what frozen weeks say of a member: the leads that counted, the place on the board, and what was told."""
    for frozen in snapshots.between(tx, who.community, *snapshots.EVERY):
        mine = next((entry for entry in frozen.board if entry.score.member == who.member), None)
        told = {
            "personal_best": any(entry.member == who.member for entry in frozen.bests),
            "first_ask": any(entry.member == who.member for entry in frozen.first_asks),
        }
        if mine is not None or who.member in frozen.leads or any(told.values()):
            shown = {} if mine is None else {"place": mine.place, "name": mine.score.name}
            facts = {name: True for name, was in told.items() if was}
            yield {"week": frozen.week.iso, "leads": frozen.leads.get(who.member, 0), **shown, **facts}


def _rows(table: sa.Table, who: Who) -> sa.Select[Any]:
    mine = table.c.id if table.name == "members" else table.c.member_id
    return sa.select(table).where(table.c.community_id == who.community, mine == who.member)


def _plain_rows(tx: Tx, who: Who, table: sa.Table) -> Iterator[dict[str, Any]]:
    """Read the rows of a table; what is the same for each of them is settled once, as a long list has many."""
    told = [(at, name) for at, name in enumerate(table.c.keys()) if name not in INNER and name != "private"]
    kind = table.c.private.type if "private" in table.c else None
    opened = opener(tx, table.name, who.community)
    for row in tx.execute(_rows(table, who)):
        plain = {name: _written(value) for at, name in told if (value := row[at]) is not None}
        sealed = row.private if kind is not None else None
        if isinstance(sealed, Sealed) and isinstance(kind, Private):
            plain |= opened(kind.identity(row), sealed.box)
        yield plain


def _written(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value.iso if isinstance(value, Week) else value
