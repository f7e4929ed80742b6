"""Places where people added the bot by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the tables; until now the bot was in places that its settings name."""
    op.create_table(
        "installations",
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=True),
        sa.Column("renewing_until", sa.BigInteger, nullable=True),
        sa.Column("installed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_installations"),
    )
    op.create_table(
        "installed_teams",
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("team", name="pk_installed_teams"),
        sa.ForeignKeyConstraint(
            ["place"], ["installations.place"], name="fk_installed_teams_installations", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_installed_teams_place", "installed_teams", ["place"])
    op.create_table(
        "install_states",
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("state", name="pk_install_states"),
    )
