"""The press that an answer belongs to, and how long it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ONLY = sa.text("press IS NOT NULL")
TWO_DAYS = 2 * 24 * 60 * 60 * 1_000_000
"""In microseconds, as instants are."""


def upgrade() -> None:
    """Add the columns; answers of before are kept as long as they would have been."""
    op.add_column("deliveries", sa.Column("press", sa.LargeBinary))
    op.add_column("deliveries", sa.Column("kept_until", sa.BigInteger))
    deliveries = sa.table("deliveries", sa.column("answered_at"), sa.column("kept_until"))
    op.execute(deliveries.update().values(kept_until=deliveries.c.answered_at + TWO_DAYS))
    op.drop_index("ix_deliveries_answered_at", "deliveries")
    op.create_index("ix_deliveries_kept_until", "deliveries", ["kept_until"])
    op.create_index(
        "ix_deliveries_community_id_press",
        "deliveries",
        ["community_id", "press"],
        unique=True,
        sqlite_where=ONLY,
        postgresql_where=ONLY,
    )
