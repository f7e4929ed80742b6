"""One person on two platforms: a member of one community who acts as a member of another one.

Whoever learns here of another community has its lock too; so a link is changed only with the locks of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.store.batch import Tx
from bot.store.memory import MEMORY, VERSION, SenderMemory
from bot.store.prepared import Prepared
from bot.store.reach import under_lock
from bot.store.tables import communities, links as table

TAKEN_BACK_FOR = timedelta(days=1)
"""Rule: a link can be taken back for a day; both sides are then as they were."""

_linked = Prepared(
    sa.select(table.c.other_community, table.c.other_member).where(
        table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member")
    )
)
_mine = sa.and_(table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
_acted = sa.and_(table.c.other_community == sa.bindparam("community"), table.c.other_member == sa.bindparam("member"))
_others = Prepared(sa.select(table.c.community_id, table.c.member_id).where(_acted))
_link = Prepared(sa.select(table).where(sa.or_(_mine, _acted)))
_reached = Prepared(
    sa.select(table.c.community_id, table.c.member_id)
    .join_from(table, communities, communities.c.id == table.c.community_id)
    .where(_acted, table.c.reminders_here, communities.c.left_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """Two members who are one person: where their list is, and where they are too."""

    home: Who
    side: Who
    since: datetime
    reminders_aside: bool
    """Whether private messages come to the side."""

    @property
    def taken_back_until(self) -> datetime:
        """Until when both sides can be again as they were."""
        return self.since + TAKEN_BACK_FOR

    @property
    def communities(self) -> tuple[CommunityId, CommunityId]:
        """The communities of both sides."""
        return self.home.community, self.side.community

    def other(self, own: Who) -> Who:
        """Give the other side of a member."""
        return self.side if own == self.home else self.home


def acts_as(tx: Tx, who: Who) -> Who | None:
    """Tell as whom a member acts; None when as themselves."""

    def read() -> Who | None:
        row = _linked.first(tx, community=who.community, member=who.member)
        return None if row is None else home_of(tx, row)

    return under_lock(tx, read, lambda home: () if home is None else (home.community,))


def home_of(_: Tx, row: Any) -> Who:
    """Tell as whom somebody acts by the row of their link."""
    return Who(CommunityId(row.other_community), MemberId(row.other_member))


def others_of(tx: Tx, who: Who) -> Sequence[Who]:
    """List the members who act as this one. They are remembered until they change."""
    memory: SenderMemory = tx.info[MEMORY]
    others = memory.others(who)
    if others is None:
        others = _others_of(tx, who)
        memory.put_others(who, others, tx.info.get(VERSION))
    return others


def _others_of(tx: Tx, who: Who) -> list[Who]:

    def read() -> list[Who]:
        rows = _others.all(tx, community=who.community, member=who.member)
        return [Who(CommunityId(row.community_id), MemberId(row.member_id)) for row in rows]

    return under_lock(tx, read, lambda sides: [side.community for side in sides])


def link_of(tx: Tx, who: Who) -> IdentityLink | None:
    """Find the link of a member, from either side."""
    return under_lock(tx, lambda: _link_of(tx, who), lambda link: () if link is None else link.communities)


def _link_of(tx: Tx, who: Who) -> IdentityLink | None:
    row = _link.first(tx, community=who.community, member=who.member)
    if row is None:
        return None
    home = Who(CommunityId(row.other_community), MemberId(row.other_member))
    side = Who(CommunityId(row.community_id), MemberId(row.member_id))
    return IdentityLink(home, side, row.linked_at, row.reminders_here)


def homes_in(tx: Tx, community: CommunityId) -> list[IdentityLink]:
    """List the links of the members of a community whose lists are there."""
    query = sa.select(table.c.other_member).where(table.c.other_community == community)

    def read() -> list[IdentityLink]:
        members = [Who(community, MemberId(member)) for member in tx.execute(query).scalars()]
        return [link for who in members if (link := _link_of(tx, who)) is not None]

    return under_lock(tx, read, lambda links: [community for link in links for community in link.communities])


def reached(tx: Tx, who: Who) -> Who:
    """Tell to whom the private messages of a member go: to themselves, or where they chose to be reminded."""

    def read() -> Who | None:
        row = _reached.first(tx, community=who.community, member=who.member)
        return None if row is None else Who(CommunityId(row.community_id), MemberId(row.member_id))

    return under_lock(tx, read, lambda side: () if side is None else (side.community,)) or who


def linked_to(tx: Tx, community: CommunityId) -> list[CommunityId]:
    """List the communities that members of a community are linked to, in either direction."""
    theirs, others = table.c.community_id, table.c.other_community
    query = sa.union(sa.select(others).where(theirs == community), sa.select(theirs).where(others == community))
    return under_lock(tx, lambda: [CommunityId(other) for other in tx.execute(query).scalars()], lambda linked: linked)


def link(tx: Tx, side: Who, home: Who, now: datetime) -> None:
    """Let a member act as another from now on."""
    row = {"community_id": side.community, "member_id": side.member, "linked_at": now}
    tx.execute(table.insert(), {**row, "other_community": home.community, "other_member": home.member})


def remind(tx: Tx, side: Who, *, aside: bool) -> None:
    """Keep whether private messages come to the side of a link, or to its home."""
    tx.execute(table.update().where(*_of(side)).values(reminders_here=aside))


def unlink(tx: Tx, side: Who) -> None:
    """Let a member act as themselves again."""
    tx.execute(table.delete().where(*_of(side)))


def _of(side: Who) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.community_id == side.community, table.c.member_id == side.member
