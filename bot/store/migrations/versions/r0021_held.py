"""Until when a process that shares the database has a thing on the agenda for itself."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the column; nobody has anything for themselves."""
    op.add_column("agenda", sa.Column("held_until", sa.BigInteger, nullable=True))
