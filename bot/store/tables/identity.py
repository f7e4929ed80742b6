"""Who is who: organisers who were named, and one person on two platforms."""

import sqlalchemy as sa

from bot.store.tables.base import METADATA, count, flag, maybe, needed, of_member, owner, text
from bot.store.types import Instant, Private


def _to_member(table: str, name: str, *columns: str) -> sa.ForeignKeyConstraint:
    """Tie a row to a second member, under a name of its own."""
    return sa.ForeignKeyConstraint(
        [*columns], ["members.community_id", "members.id"], name=f"fk_{table}_{name}", ondelete="CASCADE"
    )


def _to_lead(name: str, *columns: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [*columns],
        ["leads.community_id", "leads.member_id", "leads.id"],
        name=f"fk_link_pairs_{name}",
        ondelete="CASCADE",
    )


named_organisers = sa.Table("named_organisers", METADATA, *owner(), of_member())
"""Members whom an organiser named as one, whatever the platform says of them."""

links = sa.Table(
    "links",
    METADATA,
    *owner(),
    text("other_community"),
    text("other_member"),
    needed("linked_at", Instant),
    flag("reminders_here"),  # private messages come to this member, not to the other
    _to_member("links", "member", "community_id", "member_id"),
    _to_member("links", "other", "other_community", "other_member"),
    sa.Index(None, "other_community", "other_member"),
)
"""A member who acts as another one, because both are the same person."""

link_codes = sa.Table(
    "link_codes",
    METADATA,
    *owner(),
    needed("code_key", sa.LargeBinary),
    needed("made_at", Instant),
    # Who entered it, and the question to its owner whether that is they.
    maybe("question"),
    maybe("asked_at", Instant),
    maybe("other_community"),
    maybe("other_member"),
    _to_member("link_codes", "members", "community_id", "member_id"),
    _to_member("link_codes", "other", "other_community", "other_member"),
    sa.UniqueConstraint("code_key"),
    sa.Index(None, "other_community", "other_member"),
)
"""The code a member was shown last, as a keyed hash, and the question that waits for their yes."""

link_tries = sa.Table("link_tries", METADATA, *owner(), needed("since", Instant), count("tries"), of_member())
"""How often a member tried a code, so that nobody can guess one."""

link_moves = sa.Table(
    "link_moves",
    METADATA,
    *owner(),
    text("thing", key=True),
    text("id", key=True),
    maybe(
        "private", Private("link_moves", "member_id", "thing", "id")
    ),  # row, home: how both were, when two became one
    of_member(),
)
"""What went from a linked member to the other one, so that it can be taken back for a day."""


link_pairs = sa.Table(
    "link_pairs",
    METADATA,
    *owner(),
    text("id", key=True),
    text("lead_id"),
    text("other_id"),
    _to_lead("lead", "community_id", "member_id", "lead_id"),
    _to_lead("other", "community_id", "member_id", "other_id"),
)
"""Two people on a list that was joined who may be one; their member is asked."""
