"""Wins: kept for their member, read for the digest only when the member shares them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who, WinId
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.domain.win import Win
from bot.store import room
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.tables import wins as table


def add(tx: Tx, who: Who, week: Week, appearance: Appearance, text: str, now: datetime) -> WinId:
    """Keep good news."""
    win = WinId(new_id())
    row = {
        "community_id": who.community,
        "member_id": who.member,
        "id": win,
        "week": week,
        "appearance": appearance,
        "shared_at": now,
        "private": room.for_text(tx, who, win, seal(tx, "wins", who.community, win, {"text": text})),
    }
    tx.execute(table.insert(), row)
    return win


def show(tx: Tx, who: Who, win: WinId, appearance: Appearance, week: Week, now: datetime) -> bool:
    """Let good news show in the digest of a week, as its member chose; returns whether it is there and theirs."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.id == win)
    shown = {"appearance": appearance, "week": week, "shared_at": now}
    return tx.execute(table.update().where(*mine).values(**shown)).rowcount > 0


def find(tx: Tx, who: Who, win: WinId) -> Win | None:
    """Find good news of a member."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.id == win)
    row = tx.execute(sa.select(table).where(*mine)).first()
    return None if row is None else _read(tx, row)


def latest(tx: Tx, who: Who) -> Win | None:
    """Find a member's latest good news."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member)
    found = sa.select(table).where(*mine).order_by(table.c.shared_at.desc(), table.c.id).limit(1)
    row = tx.execute(found).first()
    return None if row is None else _read(tx, row)


def of_member(tx: Tx, who: Who) -> list[Win]:
    """Read a member's good news, the latest first."""
    found = sa.select(table).where(table.c.community_id == who.community, table.c.member_id == who.member)
    read = [_read(tx, row) for row in tx.execute(found)]
    return sorted(sorted(read, key=lambda win: win.text), key=lambda win: win.shared, reverse=True)


def thanked(tx: Tx, who: Who, win: WinId) -> None:
    """Count one more person who was thanked for good news."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.id == win)
    tx.execute(table.update().where(*mine).values(thanked=table.c.thanked + 1))


def hide(tx: Tx, who: Who, win: WinId) -> bool:
    """Keep good news from others again; returns whether it is there and theirs."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.id == win)
    return tx.execute(table.update().where(*mine).values(appearance=Appearance.HIDDEN)).rowcount > 0


def unname(tx: Tx, who: Who, now: datetime) -> None:
    """Take a member's name off the good news they shared until now, so that no later post has it."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.shared_at <= now)
    named = table.c.appearance.in_([Appearance.NAME, Appearance.NICKNAME])
    tx.execute(table.update().where(*mine, named).values(appearance=Appearance.UNANSWERED))


def of_week(tx: Tx, community: CommunityId, week: Week, until: datetime) -> list[Win]:
    """Read the good news of a week that members share, oldest first."""
    found = sa.select(table).where(
        table.c.community_id == community,
        table.c.week == week,
        table.c.shared_at <= until,
        table.c.appearance.in_([Appearance.NAME, Appearance.NICKNAME, Appearance.UNANSWERED]),
    )
    return sorted((_read(tx, row) for row in tx.execute(found)), key=lambda win: (win.shared, win.text))


def _read(tx: Tx, row: sa.Row[Any]) -> Win:
    text = unseal(tx, row.private, row.community_id, row.id)["text"]
    return Win(row.id, row.member_id, row.week, Appearance(row.appearance), text, row.shared_at)
