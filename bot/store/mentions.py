"""Erases a member's name from what others were sent: stored answers, messages and posts that hold it are emptied."""

import json
import re
from collections.abc import Iterable

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.store.batch import Tx
from bot.store.crypto import opener, seal
from bot.store.tables import deliveries, members, notices, posts, tips, wins
from bot.store.types import Sealed

GONE = ""
"""The answer that is kept instead of one that named somebody who was erased."""
_WRITTEN = ((wins, "text"), (tips, "text"))
"""Tables of texts that a member writes for others, each with the field of the text."""


def erase(tx: Tx, who: Who) -> None:
    """Take out what others were told of a member or by them; call it while the member is still there."""
    named = _pattern(_words(tx, who))
    if named is None:
        return
    for row, answer in _told(tx, who, deliveries, "delivery", "answer"):
        if named.search(answer):
            empty = seal(tx, "deliveries", who.community, row.delivery, {"answer": GONE})
            _change(tx, deliveries, who, deliveries.c.delivery == row.delivery, private=empty)
    for row, message in _told(tx, who, notices, "id", "reply"):
        if named.search(message):
            _change(tx, notices, who, notices.c.id == row.id, private=None, state="seen", next_at=None)
    for row, payload in _told(tx, who, posts, "place", "payload"):
        if named.search(payload):  # it is written anew before it is sent
            _change(tx, posts, who, posts.c.kind == row.kind, posts.c.period == row.period, private=None)


def _words(tx: Tx, who: Who) -> Iterable[str]:
    """Give the words that tell of a member: their names, their platform id, and what they shared."""
    row = tx.execute(sa.select(members.c.private).where(_of(members, who), members.c.id == who.member)).one()
    texts = opener(tx, "members", who.community)(who.member, row.private.box)
    yield from (texts.get("name", ""), texts.get("nickname", ""), texts["platform_user"])
    for table, name in _WRITTEN:
        opened = opener(tx, table.name, who.community)
        mine = sa.select(table.c.id, table.c.private).where(_of(table, who), table.c.member_id == who.member)
        yield from (
            opened(row.id, row.private.box).get(name, "") for row in tx.execute(mine) if row.private is not None
        )


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Match any of some texts as whole words, as JSON writes them in a stored reply; None when all are blank."""
    written = {re.escape(json.dumps(word, ensure_ascii=False)[1:-1]) for word in words if word.strip()}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(written))})(?!\w)") if written else None


def _told(tx: Tx, who: Who, table: sa.Table, key: str, name: str) -> Iterable[tuple[sa.Row[tuple[object, ...]], str]]:
    """Give the rows of a table in the member's community, each with one of its texts decrypted."""
    opened = opener(tx, table.name, who.community)
    for row in tx.execute(sa.select(table).where(_of(table, who), table.c.private.is_not(None))).all():
        place = f"{row.kind}:{row.period}" if table is posts else getattr(row, key)
        box: Sealed = row.private
        yield row, opened(place, box.box).get(name, "")


def _change(tx: Tx, table: sa.Table, who: Who, *which: sa.ColumnElement[bool], **values: object) -> None:
    tx.execute(table.update().where(_of(table, who), *which).values(**values))


def _of(table: sa.Table, who: Who) -> sa.ColumnElement[bool]:
    return table.c.community_id == who.community
