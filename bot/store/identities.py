"""One person on two platforms: a member of one community who acts as a member of another one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import CommunityId, MemberId, Who
from bot.store.batch import Tx
from bot.store.prepared import Prepared
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

    def other(self, own: Who) -> Who:
        """Give the other side of a member."""
        return self.side if own == self.home else self.home


def acts_as(tx: Tx, who: Who) -> Who | None:
    """Tell as whom a member acts; None when as themselves."""
    row = _linked.first(tx, community=who.community, member=who.member)
    return None if row is None else Who(CommunityId(row.other_community), MemberId(row.other_member))


def others_of(tx: Tx, who: Who) -> list[Who]:
    """List the members who act as this one."""
    rows = _others.all(tx, community=who.community, member=who.member)
    return [Who(CommunityId(row.community_id), MemberId(row.member_id)) for row in rows]


def link_of(tx: Tx, who: Who) -> IdentityLink | None:
    """Find the link of a member, from either side."""
    row = _link.first(tx, community=who.community, member=who.member)
    if row is None:
        return None
    home = Who(CommunityId(row.other_community), MemberId(row.other_member))
    side = Who(CommunityId(row.community_id), MemberId(row.member_id))
    return IdentityLink(home, side, row.linked_at, row.reminders_here)


def homes_in(tx: Tx, community: CommunityId) -> list[IdentityLink]:
    """List the links of the members of a community whose lists are there."""
    query = sa.select(table.c.other_member).where(table.c.other_community == community)
    members = [Who(community, MemberId(member)) for member in tx.execute(query).scalars()]
    return [link for who in members if (link := link_of(tx, who)) is not None]


def reached(tx: Tx, who: Who) -> Who:
    """Tell to whom the private messages of a member go: to themselves, or where they chose to be reminded."""
    row = _reached.first(tx, community=who.community, member=who.member)
    return who if row is None else Who(CommunityId(row.community_id), MemberId(row.member_id))


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
