"""How far organisers are in the guide of their first week."""

from datetime import date

import sqlalchemy as sa

from bot.domain.guide import GuideProgress
from bot.domain.ids import Who
from bot.store.batch import Tx
from bot.store.prepared import Prepared
from bot.store.tables import organisers as table
from bot.store.touched import touch

_find = Prepared(
    sa.select(table.c.guided_since, table.c.guided).where(
        table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member")
    )
)


def find(tx: Tx, who: Who) -> GuideProgress | None:
    """Find how far an organiser is; None for who did not set the community up."""
    row = _find.first(tx, community=who.community, member=who.member)
    return None if row is None else GuideProgress(row.guided_since, row.guided)


def run_since(tx: Tx, who: Who, day: date | None) -> None:
    """Let the guide run since a day, or end it."""
    touch(tx, who)
    tx.execute(table.update().where(*_mine(who)).values(guided_since=day))


def note_sent(tx: Tx, who: Who) -> None:
    """Note that one more message was said."""
    tx.execute(table.update().where(*_mine(who)).values(guided=table.c.guided + 1))


def _mine(who: Who) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.community_id == who.community, table.c.member_id == who.member
