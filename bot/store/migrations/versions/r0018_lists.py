"""People who came with a list that their member brought, and when a meeting was planned last."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the columns; nobody came with a list before."""
    op.add_column("leads", sa.Column("list_id", sa.Text, nullable=True))
    op.add_column("leads", sa.Column("brought_at", sa.BigInteger, nullable=True))
    op.add_column("meetings", sa.Column("planned_at", sa.BigInteger, nullable=True))
