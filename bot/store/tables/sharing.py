"""What members share with the circle, and what organisers looked at."""

import sqlalchemy as sa

from bot.store.tables.base import (
    COUNTED,
    METADATA,
    count,
    maybe,
    needed,
    numbered,
    of_community,
    of_member,
    owner,
    text,
)
from bot.store.types import Instant, Private, WeekKey


def _of_tip() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["community_id", "tip_id"], ["tips.community_id", "tips.id"], ondelete="CASCADE")


wins = sa.Table(
    "wins",
    METADATA,
    *owner(),
    text("id", key=True),
    needed("week", WeekKey),
    text("appearance"),
    needed("shared_at", Instant),
    count("thanked"),
    needed("private", Private("wins", "id")),  # text
    maybe("about"),
    of_member(),
    sa.Index(None, "community_id", "week"),
    info=COUNTED,
)

tips = sa.Table(
    "tips",
    METADATA,
    text("community_id", key=True),
    text("id", key=True),
    maybe("member_id"),  # the author; none for what organisers brought in, and for ours
    maybe("seed"),  # which of the five; their words come from the catalogs
    text("topic"),
    text("state"),
    needed("created_at", Instant),
    maybe("decided_at", Instant),
    maybe("last_digest_week", WeekKey),
    maybe("private", Private("tips", "id")),  # text
    of_community(),
    of_member(),
    sa.UniqueConstraint("community_id", "seed"),
    sa.Index(None, "community_id", "state"),
    sa.Index(None, "community_id", "member_id"),
    info=COUNTED,
)

tip_trials = sa.Table(
    "tip_trials",
    METADATA,
    *owner(),
    text("tip_id", key=True),
    needed("worked", sa.Boolean),
    needed("at", Instant),
    of_member(),
    _of_tip(),
    sa.Index(None, "community_id", "tip_id", "worked"),
)

tip_reports = sa.Table(
    "tip_reports",
    METADATA,
    *owner(),
    text("tip_id", key=True),
    needed("at", Instant),
    of_member(),
    _of_tip(),
    sa.Index(None, "community_id", "tip_id"),
)

organiser_reads = sa.Table(
    "organiser_reads",
    METADATA,
    numbered(),
    text("community_id"),
    text("organiser_id"),
    text("what"),
    needed("at", Instant),
    of_community(),
    sa.PrimaryKeyConstraint("community_id", "id"),
    sa.Index(None, "community_id", "at"),
)
