"""Communities: found by the platform's id, set up and changed by organisers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, NotRequired, TypedDict, Unpack

import sqlalchemy as sa

from bot.domain.community import BoardStyle, Community
from bot.domain.ids import CommunityId, MemberId, Who
from bot.store import erased, identities
from bot.store.batch import Tx
from bot.store.crypto import id_key, new_key, seal, unseal, vault_of
from bot.store.errors import Missing
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.reach import enter
from bot.store.rhythms import TIMES, rhythm_of
from bot.store.tables import communities as table, named_organisers, organisers
from bot.store.touched import touch_community

FIRST_ZONE, FIRST_LANGUAGE = "UTC", "en"

_WORDS = ("term_roles", "welcome", "welcome_second")
"""What organisers wrote, and so is sealed."""

_by_platform = Prepared(
    sa.select(table).where(table.c.platform == sa.bindparam("on"), table.c.platform_id == sa.bindparam("known_as"))
)
_by_id = Prepared(sa.select(table).where(table.c.id == sa.bindparam("community")))
_addresses = sa.select(
    table.c.id, table.c.platform, table.c.platform_id, table.c.digest_channel, table.c.language
).where(table.c.id.in_(sa.bindparam("communities", expanding=True)))
_change = table.update().where(table.c.id == sa.bindparam("community"))


@dataclass(frozen=True, slots=True)
class Address:
    """Where a community's posts go, and in which language."""

    platform: str
    platform_id: str
    digest_channel: str | None
    language: str


class SetUp(TypedDict):
    """What an organiser says when setting a community up; what a product does not ask stays as it is."""

    digest_channel: str | None
    zone: NotRequired[str]
    language: NotRequired[str]
    second_language: NotRequired[str | None]
    digest_at: NotRequired[time | None]


class CommunityChanges(TypedDict, total=False):
    """What an organiser can change later; None changes nothing."""

    zone: str | None
    language: str | None
    digest_channel: str | None
    digest_day: int | None
    digest_at: time | None
    checkin_day: int | None
    checkin_at: time | None
    reminder_day: int | None
    reminder_at: time | None
    followups_at: time | None
    evening_at: time | None
    score_cap: int | None
    board: BoardStyle | None
    goal: int | None
    tips_need_review: bool | None
    term_roles: list[str] | None
    holidays: str | None
    """Empty takes them away, as below."""
    holidays_move: bool | None
    welcome: str | None
    welcome_second: str | None


def on_platforms(owned_table: sa.Table) -> sa.Exists:
    """Ask of each row of a table in turn whether its community is on one of the platforms bound as `on`.

    A join would go through every community first.
    """
    query = sa.select(table.c.id).where(
        table.c.id == owned_table.c.community_id, table.c.platform.in_(sa.bindparam("on", expanding=True))
    )
    return query.correlate(owned_table).exists()


def find(tx: Tx, platform: str, platform_id: str) -> Community | None:
    """Find a community by the platform's own id."""
    return _by_platform.build_first(tx, read, on=platform, known_as=platform_id)


def get(tx: Tx, community: CommunityId) -> Community:
    """Read a community.

    Raises:
        Missing: there is none.
    """
    record = _by_id.build_first(tx, read, community=community)
    if record is None:
        raise Missing("There is no such community.")
    return record


def addresses(tx: Tx, communities: Sequence[CommunityId]) -> dict[CommunityId, Address]:
    """Tell where the posts of some communities go; their texts stay sealed."""
    rows = tx.execute(_addresses, {"communities": list(communities)})
    return {community: Address(*address) for community, *address in rows}


def ensure(tx: Tx, platform: str, platform_id: str, name: str = "", now: datetime | None = None) -> Community:
    """Find a community, adding it with a key of its own when it is new; a new name is kept."""
    community = find(tx, platform, platform_id)
    if community is None:
        return _add(tx, platform, platform_id, name, now)
    if name and name != community.name:
        rename = _sealed(tx, replace(community, name=name))
        tx.execute(_change.values(private=rename), {"community": community.id})
        return get(tx, community.id)
    return community


def set_up(tx: Tx, who: Who, **answers: Unpack[SetUp]) -> None:
    """Keep what an organiser says at the set-up, and who said it."""
    values = {name: value for name, value in answers.items() if name != "digest_at"}
    touch_community(tx, who.community, get(tx, who.community))
    tx.execute(_change.values(set_up=True, **values), {"community": who.community})
    update(tx, who.community, digest_at=answers.get("digest_at"))
    mine = {"community_id": who.community, "member_id": who.member}
    if who.member not in set_up_by(tx, who.community):
        tx.execute(organisers.insert(), mine)


def set_up_by(tx: Tx, community: CommunityId) -> list[MemberId]:
    """List the organisers who set the community up; they are told when its digest cannot be posted."""
    query = sa.select(organisers.c.member_id).where(organisers.c.community_id == community)
    return [MemberId(member) for member in tx.execute(query).scalars()]


def name_organiser(tx: Tx, who: Who, *, named: bool) -> None:
    """Name a member as an organiser, whatever the platform says of them, or take that back."""
    mine = {"community_id": who.community, "member_id": who.member}
    tx.execute(named_organisers.delete().where(*(named_organisers.c[name] == value for name, value in mine.items())))
    if named:
        tx.execute(named_organisers.insert(), mine)


def named(tx: Tx, community: CommunityId) -> list[MemberId]:
    """List the members who were named as organisers."""
    query = sa.select(named_organisers.c.member_id).where(named_organisers.c.community_id == community)
    return [MemberId(member) for member in tx.execute(query).scalars()]


def update(tx: Tx, community: CommunityId, **changes: Unpack[CommunityChanges]) -> None:
    """Change settings; None changes nothing.

    Raises:
        Missing: there is no such community.
    """
    changed: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    plain: dict[str, Any] = {
        name: changed.pop(name) for name in ("zone", "language", "digest_channel") if name in changed
    }
    words = {name: changed.pop(name) for name in _WORDS if name in changed}
    for name in TIMES:
        if name in changed:  # settings are JSON, which has no type for a time
            changed[name] = changed[name].isoformat("minutes")
    row = _by_id.first(tx, community=community)
    if row is None:
        raise Missing("There is no such community.")
    before = read(tx, row)
    touch_community(tx, community, before)
    if words:
        plain["private"] = _sealed(tx, replace(before, **words))
    settings = {**row.settings, **changed}
    tx.execute(_change.values(settings=settings, **plain), {"community": community})


def platforms(tx: Tx) -> list[str]:
    """Name the platforms on which there is a community the bot has not left."""
    query = sa.select(table.c.platform).distinct().where(table.c.left_at.is_(None)).order_by(table.c.platform)
    return list(tx.execute(query).scalars())


def homes(tx: Tx, platform: str) -> dict[str, bool]:
    """Name every community of a platform by the platform's id, with whether the bot has left it."""
    query = sa.select(table.c.platform_id, table.c.left_at).where(table.c.platform == platform)
    return {row.platform_id: row.left_at is not None for row in tx.execute(query)}


def present(tx: Tx) -> list[Community]:
    """List every community that is set up and was not left."""
    query = sa.select(table).where(table.c.set_up.is_(True), table.c.left_at.is_(None)).order_by(table.c.id)
    return [read(tx, row) for row in tx.execute(query)]


def count(tx: Tx) -> int:
    """Count the communities that are set up and were not left."""
    query = sa.select(sa.func.count()).select_from(table).where(table.c.set_up.is_(True), table.c.left_at.is_(None))
    return tx.execute(query).scalar_one()


def mark_left(tx: Tx, community: CommunityId, at: datetime | None) -> None:
    """Note when the bot left a community; None when it is back."""
    tx.execute(_change.values(left_at=at), {"community": community})


def left_at(tx: Tx, community: CommunityId) -> datetime | None:
    """Tell when the bot left a community; None while it is there."""
    row = _by_id.first(tx, community=community)
    return None if row is None else row.left_at


def erase(tx: Tx, community: CommunityId, now: datetime) -> None:
    """Erase a community and everything in it; a keyed hash stays, so that a restore erases it too."""
    enter(tx, [community, *identities.linked_to(tx, community)])
    key = id_key(tx, community, community)
    # Everything else goes by foreign key, the community's own key too.
    tx.execute(table.delete().where(table.c.id == community))
    erased.remember(tx, community, "community", key, now, community)
    vault_of(tx).forget()


def _add(tx: Tx, platform: str, platform_id: str, name: str, now: datetime | None) -> Community:
    community = CommunityId(new_id())
    tx.execute(
        table.insert(),
        {
            "id": community,
            "platform": platform,
            "platform_id": platform_id,
            "zone": FIRST_ZONE,
            "language": FIRST_LANGUAGE,
            "settings": {},
            "created_at": now,
        },
    )
    new_key(tx, community)
    fresh = Community(community, platform, platform_id, name, FIRST_ZONE, FIRST_LANGUAGE)
    tx.execute(_change.values(private=_sealed(tx, fresh)), {"community": community})
    return get(tx, community)


def _sealed(tx: Tx, community: Community) -> object:
    roles = list(community.term_roles)
    texts = {
        "name": community.name,
        "term_roles": json.dumps(roles) if roles else None,
        "welcome": community.welcome or None,
        "welcome_second": community.welcome_second or None,
    }
    return seal(tx, "communities", community.id, community.id, texts)


def read(tx: Tx, row: Any) -> Community:
    """Make a community of its row."""
    settings: dict[str, Any] = row.settings
    texts = unseal(tx, row.private, row.id, row.id)
    return Community(
        id=row.id,
        platform=row.platform,
        platform_id=row.platform_id,
        name=texts.get("name", ""),
        zone=row.zone,
        language=row.language,
        second_language=row.second_language,
        digest_channel=row.digest_channel,
        rhythm=rhythm_of(settings),
        score_cap=settings.get("score_cap", 10),
        board=BoardStyle(settings.get("board", BoardStyle.RANKING)),
        goal=settings.get("goal") or None,
        tips_need_review=settings.get("tips_need_review", True),
        term_roles=tuple(json.loads(texts.get("term_roles", "[]"))),
        holidays=settings.get("holidays") or None,
        holidays_move=settings.get("holidays_move", False),
        welcome=texts.get("welcome"),
        welcome_second=texts.get("welcome_second"),
        set_up=row.set_up,
    )


def seal_plain(tx: Tx) -> int:
    """Seal what earlier versions kept in plain text: the work whose people know the term; returns how many had some."""
    plain = sa.cast(table.c.settings, sa.Text).like('%"term_roles"%')
    rows = tx.execute(sa.select(table.c.id, table.c.settings).where(plain)).all()
    for row in rows:
        update(tx, row.id, term_roles=row.settings["term_roles"])
        settings = {name: value for name, value in row.settings.items() if name != "term_roles"}
        tx.execute(_change.values(settings=settings), {"community": row.id})
    return len(rows)
