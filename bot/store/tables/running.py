"""The processes that run on one database, and what each of them holds; nothing of a person, and nothing of a community."""

import sqlalchemy as sa

from bot.store.tables.base import METADATA, flag, maybe, needed, text
from bot.store.types import Instant

processes = sa.Table(
    "processes",
    METADATA,
    text("id", key=True),
    text("version"),
    text("platforms"),  # those that it can serve now, with a space between
    needed("since", Instant),
    needed("seen_at", Instant),
    flag("leaving"),
)
"""Who runs now. Every instant is of the database's own clock."""

leases = sa.Table(
    "leases",
    METADATA,
    text("name", key=True),
    maybe("holder"),
    needed("fence", sa.BigInteger),  # one more each time another takes it
    needed("until", Instant),
    needed("since", Instant),  # from when on the holder answers; before it, the one before
    maybe("heir"),  # who gets ready to take it over
    maybe("heir_until", Instant),
)
"""What one process at a time may hold, such as a shard of Discord."""

turns = sa.Table("turns", METADATA, text("name", key=True), needed("next_at", Instant))
"""What may not come again before an instant, whoever does it."""
