"""What makes sending idempotent: deliveries, drafts, notices, the agenda and the ledger of posts."""

import sqlalchemy as sa

from bot.store.tables.base import (
    METADATA,
    MOVED,
    count,
    maybe,
    needed,
    of_community,
    of_member,
    owner,
    partial,
    text,
)
from bot.store.types import Instant, Private

deliveries = sa.Table(
    "deliveries",
    METADATA,
    text("community_id", key=True),
    text("delivery", key=True),
    text("member_id"),  # no foreign key: the answer to "forget me" is recorded after the member is gone
    needed("answered_at", Instant),
    text("language"),
    needed("private", Private("deliveries", "delivery")),  # answer
    maybe("press", sa.LargeBinary),  # a hash of the button or form it answers, to know the same one again
    maybe("kept_until", Instant),
    of_community(),
    partial("community_id", "press", where="press IS NOT NULL", unique=True),
    sa.Index(None, "kept_until"),
)

drafts = sa.Table(
    "drafts",
    METADATA,
    *owner(),
    text("id", key=True),
    text("command"),
    needed("created_at", Instant),
    needed("private", Private("drafts", "id")),  # values
    of_member(),
    sa.Index(None, "created_at"),
    info=MOVED,
)

notices = sa.Table(
    "notices",
    METADATA,
    *owner(),
    text("id", key=True),
    text("key"),
    text("state"),
    needed("created_at", Instant),
    # When somebody must take it up: at once, or when the lease runs out; none at the end.
    maybe("next_at", Instant),
    maybe("owner"),
    count("attempt"),
    maybe("private", Private("notices", "id")),  # reply; emptied once it was read
    of_member(),
    sa.UniqueConstraint("community_id", "member_id", "key"),
    partial("next_at", where="next_at IS NOT NULL"),
    partial("community_id", "member_id", where="state = 'inbox'", name="ix_notices_inbox"),
    partial("community_id", "member_id", where="state = 'kept'", name="ix_notices_kept"),
)

agenda = sa.Table(
    "agenda",
    METADATA,
    text("community_id", key=True),
    text("member_id", key=True),  # no text for what concerns the whole community
    text("kind", key=True),
    needed("next_due_at", Instant),
    maybe("held_until", Instant),  # by the clock of leases; only where several processes share the database
    of_community(),
    sa.Index(None, "next_due_at", "kind", "member_id"),
)

posts = sa.Table(
    "posts",
    METADATA,
    text("community_id", key=True),
    text("kind", key=True),
    text("period", key=True),
    needed("due_at", Instant),
    text("state"),
    # When somebody must take it up: when due, or when the lease runs out; none at the end.
    maybe("next_at", Instant),
    maybe("owner"),
    count("attempt"),
    maybe("private", Private("posts", "kind", "period")),  # payload, kept before the first attempt
    maybe("reference"),
    maybe("reason"),
    of_community(),
    partial("next_at", where="next_at IS NOT NULL"),
)
