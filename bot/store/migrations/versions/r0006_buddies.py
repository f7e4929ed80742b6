"""Buddies: who looks for one, who walks with whom, and their cheers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    _seekers()
    _groups()
    _members()
    _cheers()


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", "member_id"],
        ["members.community_id", "members.id"],
        name=f"fk_{table}_members",
        ondelete="CASCADE",
    )


def _seekers() -> None:
    op.create_table(
        "buddy_seekers",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", name="pk_buddy_seekers"),
        _of_member("buddy_seekers"),
    )


def _groups() -> None:
    op.create_table(
        "buddy_groups",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("first_week", sa.Integer, nullable=False),
        sa.Column("last_week", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_buddy_groups"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_buddy_groups_communities", ondelete="CASCADE"
        ),
    )


def _members() -> None:
    op.create_table(
        "buddy_members",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("group_id", sa.Text, nullable=False),
        sa.Column("last_week", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "member_id", "group_id", name="pk_buddy_members"),
        _of_member("buddy_members"),
        sa.ForeignKeyConstraint(
            ["community_id", "group_id"],
            ["buddy_groups.community_id", "buddy_groups.id"],
            name="fk_buddy_members_buddy_groups",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_buddy_members_community_id_group_id", "buddy_members", ["community_id", "group_id"])


def _cheers() -> None:
    op.create_table(
        "buddy_cheers",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("cheer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "day", name="pk_buddy_cheers"),
        _of_member("buddy_cheers"),
    )
    op.create_index("ix_buddy_cheers_community_id_week", "buddy_cheers", ["community_id", "week"])
