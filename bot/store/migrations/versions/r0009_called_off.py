"""How often a meeting was moved, and when the member was asked about it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns, and a small index over what is planned."""
    op.add_column("meetings", sa.Column("sequence", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("meetings", sa.Column("asked_at", sa.BigInteger, nullable=True))
    op.create_index(
        "ix_meetings_community_id_member_id_planned_for",
        "meetings",
        ["community_id", "member_id", "planned_for"],
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
