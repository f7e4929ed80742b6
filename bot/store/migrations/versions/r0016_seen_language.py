"""The language that the platform named for a member."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column; it is filled at the member's next command."""
    op.add_column("members", sa.Column("seen_language", sa.Text, nullable=True))
