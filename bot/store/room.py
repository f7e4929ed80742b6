"""Holds members to what one may keep; what is over it is refused before it is written.

People are counted by an index. Text is summed up once for each member, then what is written is added to the sum; only when
that passes the limit is it summed up again, because some of it may have been shortened since.
"""

from functools import cache

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.domain.room import OPEN_PEOPLE, PEOPLE, TEXT_BYTES, Limit
from bot.store.batch import Tx
from bot.store.crypto import vault_of
from bot.store.errors import Full
from bot.store.prepared import Prepared
from bot.store.tables import leads
from bot.store.tables.base import COUNTED, tables_marked
from bot.store.types import Sealed


def _mine(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member")


IS_OPEN = sa.text("stage <> 'closed'")
"""Written out, because only so does SQLite take the index of those who are open."""
_people = Prepared(sa.select(sa.func.count().label("n")).select_from(leads).where(*_mine(leads)))
_open = Prepared(sa.select(sa.func.count().label("n")).select_from(leads).where(*_mine(leads), IS_OPEN))
ENVELOPE = 90
"""Bytes that a sealed text has around the words, about; they are not the member's."""


def _words(table: sa.Table) -> sa.ColumnElement[int]:
    """Sum up the bytes of a table's sealed texts, without their envelopes."""
    return sa.func.coalesce(sa.func.sum(sa.func.length(table.c.private)) - ENVELOPE * sa.func.count(table.c.private), 0)


@cache
def _sizes(table: sa.Table) -> Prepared:
    """Prepare how much text a member has in each table, and before all how much one row of a table has."""
    one = sa.select(_words(table)).where(*_mine(table), table.c.id == sa.bindparam("row"))
    each = (sa.select(_words(other)).where(*_mine(other)) for other in tables_marked(COUNTED))
    return Prepared(sa.select(*(size.scalar_subquery().label(f"n{n}") for n, size in enumerate((one, *each)))))


def for_open(tx: Tx, who: Who) -> None:
    """Make sure that one more lead may be open.

    Raises:
        Full: `OPEN_PEOPLE` are open.
    """
    if _count(tx, who, _open) >= OPEN_PEOPLE:
        raise Full(Limit.OPEN_PEOPLE)


def for_added(tx: Tx, who: Who) -> None:
    """Make sure that a list with a lead just added is not too long; the error rolls the lead back.

    Raises:
        Full: more than `OPEN_PEOPLE` are open, or there are more than `PEOPLE`.
    """
    people = _count(tx, who, _people)
    if people > OPEN_PEOPLE and _count(tx, who, _open) > OPEN_PEOPLE:
        raise Full(Limit.OPEN_PEOPLE)
    if people > PEOPLE:
        raise Full(Limit.PEOPLE)


def for_text(tx: Tx, who: Who, table: sa.Table, row: str, sealed: Sealed) -> Sealed:
    """Give back the sealed text of a row, once it is sure that the member has room for it.

    Raises:
        Full: the text is longer than before, and all texts would pass `TEXT_BYTES`.
    """
    vault, key = vault_of(tx), (for_text, who)
    used: int | None = vault.recent.get(key) if vault.alone else None
    size = max(0, len(sealed.box) - ENVELOPE)
    if used is None or used + size > TEXT_BYTES:
        ((before, *texts),) = _sizes(table).all(tx, community=who.community, member=who.member, row=row)
        used = int(sum(max(0, each) for each in texts) - before)
        if used + size > TEXT_BYTES and size > before:
            raise Full(Limit.TEXT)
    vault.recent.put(key, used + size)
    return sealed


def _count(tx: Tx, who: Who, counted: Prepared) -> int:
    row = counted.first(tx, community=who.community, member=who.member)
    return 0 if row is None else row.n
