"""What good news is about, who had the welcome of their community, and the guide of an organiser's first week."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns; of earlier news nobody said it, and who is there is new no more."""
    op.add_column("wins", sa.Column("about", sa.Text, nullable=True))
    op.add_column("members", sa.Column("greeted", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE members SET greeted = true")
    op.add_column("organisers", sa.Column("guided_since", sa.Text, nullable=True))
    op.add_column("organisers", sa.Column("guided", sa.Integer, nullable=False, server_default=sa.text("0")))
