"""Who looks for a buddy, who walks with whom, their cheers, and who shall never be matched."""

import sqlalchemy as sa

from bot.store.tables.base import METADATA, maybe, needed, of_community, of_member, owner, text
from bot.store.types import DateColumn, WeekKey


def _of_group() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", "group_id"], ["buddy_groups.community_id", "buddy_groups.id"], ondelete="CASCADE"
    )


buddy_seekers = sa.Table(
    "buddy_seekers",
    METADATA,
    *owner(),
    text("field"),
    needed("since", WeekKey),
    of_member(),
)
"""Members who agreed to have a buddy; one who walks with somebody is still here."""

buddy_groups = sa.Table(
    "buddy_groups",
    METADATA,
    text("community_id", key=True),
    text("id", key=True),
    needed("first_week", WeekKey),
    maybe("last_week", WeekKey),  # none while they walk together
    of_community(),
)

buddy_members = sa.Table(
    "buddy_members",
    METADATA,
    *owner(),
    text("group_id", key=True),
    maybe("last_week", WeekKey),  # none while the member is in it
    of_member(),
    _of_group(),
    sa.Index(None, "community_id", "group_id"),
)

buddy_cheers = sa.Table(
    "buddy_cheers",
    METADATA,
    *owner(),
    sa.Column("day", DateColumn, primary_key=True, nullable=False),
    needed("week", WeekKey),
    text("cheer"),
    of_member(),
    sa.Index(None, "community_id", "week"),
)

buddy_refusals = sa.Table(
    "buddy_refusals",
    METADATA,
    *owner(),
    sa.Column("other_key", sa.LargeBinary, primary_key=True, nullable=False),
    of_member(),
)
"""Whom a member does not want as a buddy. They are kept by the key of their platform's id, so that nobody gets round it
by erasing themselves and coming back."""
