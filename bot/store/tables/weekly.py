"""What members promise for a week and report of it, and what was posted of it."""

from typing import Any

import sqlalchemy as sa

from bot.store.tables.base import COUNTED, METADATA, count, flag, maybe, needed, of_community, of_member, owner, text
from bot.store.types import Instant, Private, WeekKey


def _week() -> sa.Column[Any]:
    return sa.Column("week", WeekKey, primary_key=True, nullable=False)


promises = sa.Table(
    "promises",
    METADATA,
    *owner(),
    _week(),
    count("asks"),
    maybe("leads", sa.Integer),
    maybe("meetings", sa.Integer),
    needed("planned_at", Instant),
    maybe("private", Private("promises", "member_id", "week")),  # sentence
    of_member(),
    sa.Index(None, "community_id", "week"),
    info=COUNTED,
)

checkins = sa.Table(
    "checkins",
    METADATA,
    *owner(),
    _week(),
    text("outcome"),
    count("asks"),
    maybe("leads", sa.Integer),
    maybe("meetings", sa.Integer),
    needed("reported_at", Instant),
    flag("late"),
    maybe("private", Private("checkins", "member_id", "week")),  # help, next
    of_member(),
    sa.Index(None, "community_id", "week"),
    info=COUNTED,
)

snapshots = sa.Table(
    "snapshots",
    METADATA,
    text("community_id", key=True),
    _week(),
    needed("frozen_at", Instant),
    needed("private", Private("snapshots", "week")),  # facts
    of_community(),
)
