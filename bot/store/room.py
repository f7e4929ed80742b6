"""Holds members to what one may keep: their people, those who are open, and the bytes of their text.

What a member keeps is counted once, and kept beside it; every change then adds to that. What changes much at once, such
as two lists that become one, lets the count go, and the next change counts anew. So it is right, or it is not there.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.domain.room import OPEN_PEOPLE, PEOPLE, TEXT_BYTES, Limit
from bot.store.batch import Tx
from bot.store.errors import Full
from bot.store.prepared import Prepared
from bot.store.tables import amounts, leads
from bot.store.tables.base import COUNTED, tables_marked
from bot.store.types import Sealed
from bot.store.upsert import insert_or_replace

ENVELOPE = 90
"""Bytes that a sealed text has around the words, about; they are not the member's."""
IS_OPEN = sa.text("stage <> 'closed'")
"""Written out, because only so does SQLite take the index of those who are open."""


class KeptAmounts(NamedTuple):
    """How much a member keeps."""

    people: int
    open_people: int
    text_bytes: int


def _mine(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member")


def _words(table: sa.Table) -> sa.ColumnElement[int]:
    """Sum up the bytes of a table's sealed texts, without their envelopes."""
    return sa.func.coalesce(sa.func.sum(sa.func.length(table.c.private)) - ENVELOPE * sa.func.count(table.c.private), 0)


_amounts = Prepared(sa.select(amounts).where(*_mine(amounts)))
_keep = Prepared(insert_or_replace(amounts, *KeptAmounts._fields), "community_id", "member_id", *KeptAmounts._fields)
_drop = Prepared(amounts.delete().where(*_mine(amounts)))
_add = Prepared(
    amounts.update()
    .where(*_mine(amounts))
    .values({amounts.c[name]: amounts.c[name] + sa.bindparam(f"more_{name}") for name in KeptAmounts._fields})
    .returning(*amounts.c)
)
_people = Prepared(sa.select(sa.func.count().label("n")).select_from(leads).where(*_mine(leads)))
_open = Prepared(sa.select(sa.func.count().label("n")).select_from(leads).where(*_mine(leads), IS_OPEN))


@cache
def _all_words() -> tuple[Prepared, ...]:
    return tuple(Prepared(sa.select(_words(table).label("n")).where(*_mine(table))) for table in tables_marked(COUNTED))


@cache
def _one(table: sa.Table) -> Prepared:
    """Prepare the size of the text of one row."""
    size = (sa.func.length(table.c.private) - ENVELOPE).label("n")
    return Prepared(sa.select(size).where(*_mine(table), table.c.id == sa.bindparam("row")))


def for_text(tx: Tx, who: Who, table: sa.Table, row: str, sealed: Sealed, *, opened: int = 0) -> Sealed:
    """Give back the text that a row is about to get, once it is sure that the member has room for it.

    `opened` tells whether one more of their people is open by it, or one less.

    Raises:
        Full: the text is longer than before, and all texts would pass `TEXT_BYTES`; or `OPEN_PEOPLE` are open.
    """
    before = _one(table).first(tx, community=who.community, member=who.member, row=row)
    longer = size_of(sealed) - (0 if before is None or before.n is None else before.n)
    if opened or longer:
        _note(tx, who, (0, opened, longer), counted_in=False)
    return sealed


def for_added(tx: Tx, who: Who, texts: Sequence[Sealed], *, opened: int) -> KeptAmounts:
    """Count people who were just put on a list, and tell how much the member keeps; the error takes them off again.

    Raises:
        Full: more than `OPEN_PEOPLE` are open, there are more than `PEOPLE`, or the texts pass `TEXT_BYTES`.
    """
    return _note(tx, who, (len(texts), opened, sum(map(size_of, texts))), counted_in=True)


def unsure(tx: Tx, who: Who) -> None:
    """Let the count of a member go, because something was taken away; the next change counts anew."""
    _drop.send(tx, community=who.community, member=who.member)


def amounts_of(tx: Tx, who: Who) -> KeptAmounts:
    """Tell how much a member keeps."""
    row = _amounts.first(tx, community=who.community, member=who.member)
    return _counted(tx, who) if row is None else _read(row)


def size_of(sealed: Sealed) -> int:
    """Tell how much room a sealed text takes."""
    return len(sealed.box) - ENVELOPE


def _note(tx: Tx, who: Who, more: tuple[int, int, int], *, counted_in: bool) -> KeptAmounts:
    """Add to what a member keeps; `counted_in` tells whether the rows themselves were changed already."""
    people, open_people, text_bytes = more
    row = _add.first(
        tx,
        community=who.community,
        member=who.member,
        more_people=people,
        more_open_people=open_people,
        more_text_bytes=text_bytes,
    )
    if row is not None and _passed(_read(row), more) is None:
        return _read(row)
    # Nobody is refused by a number that was not counted just now.
    now = _counted(tx, who)
    if not counted_in:
        now = KeptAmounts(*(number + grown for number, grown in zip(now, more, strict=True)))
    limit = _passed(now, more)
    if limit is not None:
        raise Full(limit)
    _keep.send(tx, community_id=who.community, member_id=who.member, **now._asdict())
    return now


def _passed(now: KeptAmounts, more: tuple[int, int, int]) -> Limit | None:
    """Name the limit that is passed by something that grew."""
    people, open_people, text_bytes = more
    if open_people > 0 and now.open_people > OPEN_PEOPLE:
        return Limit.OPEN_PEOPLE
    if people > 0 and now.people > PEOPLE:
        return Limit.PEOPLE
    return Limit.TEXT if text_bytes > 0 and now.text_bytes > TEXT_BYTES else None


def _counted(tx: Tx, who: Who) -> KeptAmounts:
    """Count everything that a member keeps."""
    people, open_people, *words = (_number(tx, who, query) for query in (_people, _open, *_all_words()))
    return KeptAmounts(people, open_people, sum(words))


def _number(tx: Tx, who: Who, asked: Prepared) -> int:
    row = asked.first(tx, community=who.community, member=who.member)
    return 0 if row is None else int(row.n)


def _read(row: Any) -> KeptAmounts:
    return KeptAmounts(row.people, row.open_people, row.text_bytes)
