"""How much each member keeps, counted along."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make the table; it stays empty, because who has no row is counted when it matters."""
    op.create_table(
        "amounts",
        sa.Column("community_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("member_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("people", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("open_people", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("text_bytes", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("community_id", "member_id", name="pk_amounts"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_amounts_community_id_members",
            ondelete="CASCADE",
        ),
    )
