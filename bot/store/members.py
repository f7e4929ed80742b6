"""Members: found by the platform's id, changed only by themselves, and forgotten in one step."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.domain.member import Appearance, Member
from bot.domain.week import Week
from bot.store import erased, mentions, snapshots
from bot.store.batch import Tx
from bot.store.crypto import id_key, seal, unseal, user_key, vault_of
from bot.store.errors import Missing
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import agenda, communities, deliveries, members as table, pauses
from bot.store.touched import touch

_PRIVATE = ("platform_user", "name", "nickname", "work")
_SEEN = ("seen_zone", "seen_language")
"""What the platform names, and the member does not choose."""
_PLAIN = ("language", "zone", "number", "appearance", "checkins", "reminders", "started", "paused_until", *_SEEN)
_TIMES = {"zone", "seen_zone", "reminders", "checkins", "paused_until"}
"""What moves a member's private messages."""

_by_user = Prepared(
    sa.select(table).where(table.c.community_id == sa.bindparam("community"), table.c.user_key == sa.bindparam("user"))
)
_mine = (table.c.community_id == sa.bindparam("community"), table.c.id == sa.bindparam("member"))
_by_id = Prepared(sa.select(table).where(*_mine))
_named = Prepared(
    sa.select(table.c.community_id, table.c.id, table.c.appearance, table.c.private).where(
        table.c.community_id == sa.bindparam("community"),
        sa.or_(table.c.appearance == Appearance.NAME, table.c.appearance == Appearance.NICKNAME),
    )
)
_roster = Prepared(sa.select(communities.c.roster).where(communities.c.id == sa.bindparam("community")))
_change_roster = Prepared(
    communities.update().where(communities.c.id == sa.bindparam("community")).values(roster=sa.bindparam("fresh"))
)
_change = table.update().where(*_mine)
_paused = Prepared(
    sa.select(pauses.c.from_week, pauses.c.to_week)
    .where(pauses.c.community_id == sa.bindparam("community"), pauses.c.member_id == sa.bindparam("member"))
    .order_by(pauses.c.from_week)
)


def find(tx: Tx, community: CommunityId, platform_user: str) -> Member | None:
    """Find a member by the platform's own id."""
    return _by_user.build_first(tx, read, community=community, user=user_key(tx, community, platform_user))


def get(tx: Tx, who: Who) -> Member:
    """Read a member.

    Raises:
        Missing: there is no such member in this community.
    """
    member = _by_id.build_first(tx, read, community=who.community, member=who.member)
    if member is None:
        raise Missing("There is no such member.")
    return member


def ensure(
    tx: Tx,
    community: CommunityId,
    platform_user: str,
    name: str,
    now: datetime,
    *,
    zone: str | None = None,
    language: str | None = None,
) -> Member:
    """Find a member, adding a new one; a new name, zone and language that the platform names are kept."""
    member = find(tx, community, platform_user) or _add(tx, community, platform_user, name, now)
    named = {"name": name, "seen_zone": zone, "seen_language": language}
    changed = {field: new for field, new in named.items() if new and new != getattr(member, field)}
    return update(tx, Who(community, member.id), **changed) if changed else member


def update(tx: Tx, who: Who, **changes: Any) -> Member:
    """Change what is named: name, nickname, work, and everything that is not private.

    Raises:
        TypeError: there is no such thing to change.
        Missing: there is no such member in this community.
    """
    if unknown := changes.keys() - {*_PRIVATE[1:], *_PLAIN}:
        raise TypeError(f"A member has no {', '.join(sorted(unknown))}.")
    values = {name: value for name, value in changes.items() if name in _PLAIN}
    if values.keys() != changes.keys():
        member = get(tx, who)
        texts = {name: changes.get(name, getattr(member, name)) for name in _PRIVATE}
        values["private"] = seal(tx, "members", who.community, who.member, texts)
    if changes.keys() & {"name", "nickname", "appearance"}:
        _names_changed(tx, who.community)
    if changes.keys() & _TIMES:
        touch(tx, who)
    if values:
        tx.execute(_change.values(**values), {"community": who.community, "member": who.member})
    return get(tx, who)


def greet(tx: Tx, who: Who) -> None:
    """Note that a member had their first answer; who was forgotten in it stays forgotten."""
    tx.execute(_change.values(greeted=True), {"community": who.community, "member": who.member})


def everyone(tx: Tx, community: CommunityId) -> list[Member]:
    """Read all members of a community."""
    rows = tx.execute(sa.select(table).where(table.c.community_id == community)).all()
    return [read(tx, row) for row in rows]


def shown_names(tx: Tx, community: CommunityId) -> dict[MemberId, str]:
    """Give the names that others may see, of the members who agreed to be named; the dict must not be changed."""
    row = _roster.first(tx, community=community)
    recent, key = vault_of(tx).recent, (shown_names, community, row and row.roster)
    names: dict[MemberId, str] | None = recent.get(key)
    if names is None:
        rows = _named.all(tx, community=community)
        names = {row.id: name for row in rows if (name := _shown_name(tx, row))}
        recent.put(key, names)
    return names


def pause(tx: Tx, who: Who, first: Week, last: Week) -> None:
    """Rest from one week to another, both included; an earlier pause ends before."""
    resume(tx, who, first)
    row = {"community_id": who.community, "member_id": who.member, "from_week": first, "to_week": last}
    tx.execute(pauses.insert(), row)
    update(tx, who, paused_until=last.sunday)


def resume(tx: Tx, who: Who, week: Week) -> None:
    """End every pause with this week, which counts again."""
    mine = (pauses.c.community_id == who.community, pauses.c.member_id == who.member)
    tx.execute(pauses.delete().where(*mine, pauses.c.from_week >= week))
    tx.execute(pauses.update().where(*mine, pauses.c.to_week >= week).values(to_week=week.previous()))
    update(tx, who, paused_until=None)


def is_paused(tx: Tx, who: Who, week: Week) -> bool:
    """Tell whether a member rests in a week."""
    return any(first <= week <= last for first, last in paused(tx, who))


def paused(tx: Tx, who: Who) -> list[tuple[Week, Week]]:
    """List a member's pauses, oldest first, as their first and last weeks."""
    rows = _paused.all(tx, community=who.community, member=who.member)
    return [(row.from_week, row.to_week) for row in rows]


def forget(tx: Tx, who: Who, now: datetime) -> None:
    """Erase a member and everything that is theirs; a keyed hash stays, so that a restore forgets them too.

    Raises:
        Missing: there is no such member in this community.
    """
    get(tx, who)
    key = id_key(tx, who.community, who.member)
    mentions.erase(tx, who)
    snapshots.erase(tx, who)
    # Everything else goes by foreign key.
    for other in (deliveries, agenda):
        tx.execute(other.delete().where(other.c.community_id == who.community, other.c.member_id == who.member))
    tx.execute(table.delete().where(*_mine), {"community": who.community, "member": who.member})
    _names_changed(tx, who.community)
    vault_of(tx).forget()
    erased.remember(tx, who.community, "member", key, now, who.member)


def _add(tx: Tx, community: CommunityId, platform_user: str, name: str, now: datetime) -> Member:
    member = MemberId(new_id())
    row = {
        "community_id": community,
        "id": member,
        "user_key": user_key(tx, community, platform_user),
        "private": seal(tx, "members", community, member, {"platform_user": platform_user, "name": name}),
        "appearance": Appearance.UNANSWERED,
        "joined_at": now,
    }
    tx.execute(table.insert(), row)
    return get(tx, Who(community, member))


def _shown_name(tx: Tx, row: Any) -> str | None:
    texts = unseal(tx, row.private, row.community_id, row.id)
    return texts.get("name" if row.appearance == Appearance.NAME else "nickname")


def _names_changed(tx: Tx, community: CommunityId) -> None:
    # Random, not counted: a number that was rolled back would come again and stand for other names.
    _change_roster.send(tx, community=community, fresh=new_id())


def read(tx: Tx, row: Any) -> Member:
    """Make a member of their row."""
    texts = unseal(tx, row.private, row.community_id, row.id)
    return Member(
        id=row.id,
        community=row.community_id,
        platform_user=texts["platform_user"],
        name=texts.get("name", ""),
        language=row.language,
        zone=row.zone,
        work=texts.get("work"),
        number=row.number,
        appearance=Appearance(row.appearance),
        nickname=texts.get("nickname"),
        checkins=row.checkins,
        reminders=row.reminders,
        paused_until=row.paused_until,
        started=row.started,
        greeted=row.greeted,
        seen_zone=row.seen_zone,
        seen_language=row.seen_language,
    )
