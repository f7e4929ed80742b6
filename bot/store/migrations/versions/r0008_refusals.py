"""Members whom a member does not want as a buddy."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MEMBERS = ["members.community_id", "members.id"]


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "buddy_refusals",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("other_key", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "other_key", name="pk_buddy_refusals"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"], MEMBERS, name="fk_buddy_refusals_members", ondelete="CASCADE"
        ),
    )
