"""Leads, asks, meetings and events."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _leads()
    _asks()
    _meetings()
    _events()


def _leads() -> None:
    op.create_table(
        "leads",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person_key", sa.LargeBinary, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("knows_term", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=True),
        sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("due_on", sa.Text, nullable=True),
        sa.Column("due_reason", sa.Text, nullable=True),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.Column("touched_at", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger, nullable=True),
        sa.Column("close_reason", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "member_id", "id", name="pk_leads"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_leads_members",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "community_id", "member_id", "person_key", name="uq_leads_community_id_member_id_person_key"
        ),
    )
    op.create_index(
        "ix_leads_community_id_member_id_due_on",
        "leads",
        ["community_id", "member_id", "due_on"],
        sqlite_where=sa.text("due_on IS NOT NULL"),
        postgresql_where=sa.text("due_on IS NOT NULL"),
    )


def _asks() -> None:
    op.create_table(
        "asks",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
        sa.Column("wording", sa.Text, nullable=True),
        sa.Column("replied_at", sa.BigInteger, nullable=True),
        sa.Column("reply", sa.Text, nullable=True),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "member_id", "id", name="pk_asks"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id", "lead_id"],
            ["leads.community_id", "leads.member_id", "leads.id"],
            name="fk_asks_leads",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_asks_community_id_member_id_lead_id_sent_at",
        "asks",
        ["community_id", "member_id", "lead_id", "sent_at"],
    )


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("planned_for", sa.BigInteger, nullable=True),
        sa.Column("held_at", sa.BigInteger, nullable=True),
        sa.Column("logged_at", sa.BigInteger, nullable=True),
        sa.Column("reached", sa.Text, nullable=True),
        sa.Column("talked", sa.Text, nullable=True),
        sa.Column("knows_want", sa.Text, nullable=True),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "member_id", "id", name="pk_meetings"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id", "lead_id"],
            ["leads.community_id", "leads.member_id", "leads.id"],
            name="fk_meetings_leads",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_meetings_community_id_member_id_lead_id", "meetings", ["community_id", "member_id", "lead_id"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("undone", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("lead_id", sa.Text, nullable=True),
        sa.Column("thing_id", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_events_members",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_events_board", "events", ["community_id", "week", "kind", "member_id", "recorded_at", "undone"])
    op.create_index("ix_events_member", "events", ["community_id", "member_id", "kind", "week", "undone"])
