"""How often a member wants to say hello to each person."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; of the people that are there nobody said it, so it is a month as before."""
    op.add_column("leads", sa.Column("every", sa.Text, nullable=True))
