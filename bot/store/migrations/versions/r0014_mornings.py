"""One private message a day: what was told of a lead, words that wait for the morning, and one time for each member."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column and the index, and let the next round plan every member's times anew."""
    op.add_column("leads", sa.Column("told", sa.Text, nullable=True))
    op.create_index(
        "ix_notices_kept",
        "notices",
        ["community_id", "member_id"],
        sqlite_where=sa.text("state = 'kept'"),
        postgresql_where=sa.text("state = 'kept'"),
    )
    # A day (in microseconds) before it would have come; what a left community has put off stays put off.
    op.execute(
        "INSERT INTO agenda (community_id, member_id, kind, next_due_at) "
        "SELECT community_id, member_id, 'replan', MIN(next_due_at) - 86400000000 "
        "FROM agenda WHERE member_id <> '' GROUP BY community_id, member_id"
    )
    op.execute("DELETE FROM agenda WHERE member_id <> '' AND kind <> 'replan'")
