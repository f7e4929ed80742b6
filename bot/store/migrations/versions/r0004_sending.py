"""Deliveries, drafts, notices, the agenda and the ledger of posts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    _deliveries()
    _drafts()
    _notices()
    _agenda()
    _posts()


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("delivery", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("answered_at", sa.BigInteger, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "delivery", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_deliveries_communities", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_deliveries_answered_at", "deliveries", ["answered_at"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_drafts_members",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_drafts_created_at", "drafts", ["created_at"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=True),
        sa.Column("owner", sa.Text, nullable=True),
        sa.Column("attempt", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "member_id", "id", name="pk_notices"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_notices_members",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("community_id", "member_id", "key", name="uq_notices_community_id_member_id_key"),
    )
    op.create_index(
        "ix_notices_inbox",
        "notices",
        ["community_id", "member_id"],
        sqlite_where=sa.text("state = 'inbox'"),
        postgresql_where=sa.text("state = 'inbox'"),
    )
    op.create_index(
        "ix_notices_next_at",
        "notices",
        ["next_at"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )


def _agenda() -> None:
    op.create_table(
        "agenda",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("next_due_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "kind", name="pk_agenda"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_agenda_communities", ondelete="CASCADE"),
    )
    op.create_index("ix_agenda_next_due_at_kind_member_id", "agenda", ["next_due_at", "kind", "member_id"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=True),
        sa.Column("owner", sa.Text, nullable=True),
        sa.Column("attempt", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.Column("reference", sa.Text, nullable=True),
        sa.Column("reason", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "kind", "period", name="pk_posts"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_posts_communities", ondelete="CASCADE"),
    )
    op.create_index(
        "ix_posts_next_at",
        "posts",
        ["next_at"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
