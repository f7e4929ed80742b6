"""Wins: kept for their member, read for the digest only when the member shares them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who, WinId
from bot.domain.member import Appearance
from bot.domain.week import Week
from bot.domain.win import Win, WinSubject
from bot.store import room
from bot.store.batch import Tx
from bot.store.crypto import seal, unseal
from bot.store.ids import new_id
from bot.store.tables import wins as table


def add(
    tx: Tx, who: Who, week: Week, appearance: Appearance, text: str, now: datetime, about: WinSubject | None = None
) -> WinId:
    """Keep good news."""
    win = WinId(new_id())
    row = {
        "community_id": who.community,
        "member_id": who.member,
        "id": win,
        "week": week,
        "appearance": appearance,
        "shared_at": now,
        "about": about,
        "private": room.for_text(tx, who, table, win, seal(tx, "wins", who.community, win, {"text": text})),
    }
    tx.execute(table.insert(), row)
    return win


def show(tx: Tx, who: Who, win: WinId, appearance: Appearance, week: Week, shared: datetime) -> None:
    """Let good news show in the digest of a week, as its member chose; when it was shared gives its place in the line."""
    shown = {"appearance": appearance, "week": week, "shared_at": shared}
    tx.execute(table.update().where(*_one(who, win)).values(**shown))


def say_about(tx: Tx, who: Who, win: WinId, about: WinSubject) -> None:
    """Keep what good news is about."""
    tx.execute(table.update().where(*_one(who, win)).values(about=about))


def move(tx: Tx, community: CommunityId, places: Mapping[WinId, Week]) -> None:
    """Give good news that waits other weeks."""
    for win, week in places.items():
        tx.execute(table.update().where(table.c.community_id == community, table.c.id == win).values(week=week))


def find(tx: Tx, who: Who, win: WinId) -> Win | None:
    """Find good news of a member."""
    row = tx.execute(sa.select(table).where(*_one(who, win))).first()
    return None if row is None else _read(tx, row)


def latest(tx: Tx, who: Who) -> Win | None:
    """Find a member's latest good news."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member)
    query = sa.select(table).where(*mine).order_by(table.c.shared_at.desc(), table.c.id).limit(1)
    row = tx.execute(query).first()
    return None if row is None else _read(tx, row)


def of_member(tx: Tx, who: Who) -> list[Win]:
    """Read a member's good news, the latest first."""
    query = sa.select(table).where(table.c.community_id == who.community, table.c.member_id == who.member)
    read = [_read(tx, row) for row in tx.execute(query)]
    return sorted(sorted(read, key=lambda win: win.text), key=lambda win: win.shared, reverse=True)


def thanked(tx: Tx, who: Who, win: WinId) -> None:
    """Count one more person who was thanked for good news."""
    tx.execute(table.update().where(*_one(who, win)).values(thanked=table.c.thanked + 1))


def drop(tx: Tx, who: Who, win: WinId) -> None:
    """Forget good news that was told by mistake."""
    tx.execute(table.delete().where(*_one(who, win)))
    room.unsure(tx, who)


def hide(tx: Tx, who: Who, win: WinId) -> bool:
    """Keep good news from others again; returns whether it is there and theirs."""
    return tx.execute(table.update().where(*_one(who, win)).values(appearance=Appearance.HIDDEN)).rowcount > 0


def unname(tx: Tx, who: Who, now: datetime) -> None:
    """Take a member's name off the good news they shared until now, so that no later post has it."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.shared_at <= now)
    named = table.c.appearance.in_([Appearance.NAME, Appearance.NICKNAME])
    tx.execute(table.update().where(*mine, named).values(appearance=Appearance.UNANSWERED))


def waiting(tx: Tx, community: CommunityId, first: Week) -> list[Win]:
    """Read the good news that members share with the digests from a week on, in the order of the line."""
    return _shared(tx, table.c.community_id == community, table.c.week >= first)


def of_week(tx: Tx, community: CommunityId, week: Week) -> list[Win]:
    """Read the good news that members share with the digest of a week, in the order of the line."""
    return _shared(tx, table.c.community_id == community, table.c.week == week)


def _shared(tx: Tx, *which: sa.ColumnElement[bool]) -> list[Win]:
    query = sa.select(table).where(*which, table.c.appearance != Appearance.HIDDEN)
    return sorted((_read(tx, row) for row in tx.execute(query)), key=lambda win: (win.week, win.shared, win.text))


def _one(who: Who, win: WinId) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.community_id == who.community, table.c.member_id == who.member, table.c.id == win


def _read(tx: Tx, row: sa.Row[Any]) -> Win:
    text = unseal(tx, row.private, row.community_id, row.id)["text"]
    return Win(
        row.id,
        row.member_id,
        row.week,
        Appearance(row.appearance),
        text,
        row.shared_at,
        WinSubject(row.about) if row.about else None,
    )
