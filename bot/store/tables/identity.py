"""Who is who: organisers who were named, and one person on two platforms."""

import sqlalchemy as sa

from bot.store.tables.base import METADATA, count, needed, of_member, owner, text
from bot.store.types import Instant

named_organisers = sa.Table("named_organisers", METADATA, *owner(), of_member())
"""Members whom an organiser named as one, whatever the platform says of them."""

links = sa.Table(
    "links",
    METADATA,
    *owner(),
    text("other_community"),
    text("other_member"),
    needed("linked_at", Instant),
    sa.ForeignKeyConstraint(
        ["community_id", "member_id"],
        ["members.community_id", "members.id"],
        name="fk_links_member",
        ondelete="CASCADE",
    ),
    sa.ForeignKeyConstraint(
        ["other_community", "other_member"],
        ["members.community_id", "members.id"],
        name="fk_links_other",
        ondelete="CASCADE",
    ),
    sa.Index(None, "other_community", "other_member"),
)
"""A member who acts as another one, because both are the same person."""

link_codes = sa.Table(
    "link_codes",
    METADATA,
    *owner(),
    needed("code_key", sa.LargeBinary),
    needed("made_at", Instant),
    of_member(),
    sa.UniqueConstraint("code_key"),
)
"""The code a member was shown last, as a keyed hash."""

link_tries = sa.Table("link_tries", METADATA, *owner(), needed("since", Instant), count("tries"), of_member())
"""How often a member tried a code, so that nobody can guess one."""
