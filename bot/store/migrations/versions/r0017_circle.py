"""What good news is about."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column; of earlier news nobody said it."""
    op.add_column("wins", sa.Column("about", sa.Text, nullable=True))
