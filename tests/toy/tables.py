"""The plants of the garden."""

import sqlalchemy as sa

from bot.store.types import Instant, Private
from tests.toy.base import COUNTED, METADATA, MOVED, needed, of_member, owner, text

plants = sa.Table(
    "plants",
    METADATA,
    *owner(),
    text("id", key=True),
    needed("days", sa.Integer),
    needed("watered_at", Instant),
    needed("private", Private("plants", "id")),  # name
    of_member(),
    info=COUNTED | MOVED,
)
