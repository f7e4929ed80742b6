"""The time zone that the platform named for a member."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; it is filled at the member's next command."""
    op.add_column("members", sa.Column("seen_zone", sa.Text, nullable=True))
