"""Promises, check-ins, snapshots, wins and tips."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _promises()
    _checkins()
    _snapshots()
    _wins()
    _tips()
    _tip_trials()
    _tip_reports()
    _organiser_reads()


def _promises() -> None:
    op.create_table(
        "promises",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("asks", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("leads", sa.Integer, nullable=True),
        sa.Column("meetings", sa.Integer, nullable=True),
        sa.Column("planned_at", sa.BigInteger, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "member_id", "week", name="pk_promises"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_promises_members",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_promises_community_id_week", "promises", ["community_id", "week"])


def _checkins() -> None:
    op.create_table(
        "checkins",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("asks", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("leads", sa.Integer, nullable=True),
        sa.Column("meetings", sa.Integer, nullable=True),
        sa.Column("reported_at", sa.BigInteger, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "member_id", "week", name="pk_checkins"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_checkins_members",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_checkins_community_id_week", "checkins", ["community_id", "week"])


def _snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("frozen_at", sa.BigInteger, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "week", name="pk_snapshots"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_snapshots_communities", ondelete="CASCADE"
        ),
    )


def _wins() -> None:
    op.create_table(
        "wins",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("appearance", sa.Text, nullable=False),
        sa.Column("shared_at", sa.BigInteger, nullable=False),
        sa.Column("thanked", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("private", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "id", name="pk_wins"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_wins_members",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_wins_community_id_week", "wins", ["community_id", "week"])


def _tips() -> None:
    op.create_table(
        "tips",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=True),
        sa.Column("seed", sa.Text, nullable=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger, nullable=True),
        sa.Column("last_digest_week", sa.Integer, nullable=True),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_tips"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_tips_communities", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_tips_members",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("community_id", "seed", name="uq_tips_community_id_seed"),
    )
    op.create_index("ix_tips_community_id_member_id", "tips", ["community_id", "member_id"])
    op.create_index("ix_tips_community_id_state", "tips", ["community_id", "state"])


def _tip_trials() -> None:
    op.create_table(
        "tip_trials",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("tip_id", sa.Text, nullable=False),
        sa.Column("worked", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "tip_id", name="pk_tip_trials"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_tip_trials_members",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "tip_id"],
            ["tips.community_id", "tips.id"],
            name="fk_tip_trials_tips",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_tip_trials_community_id_tip_id_worked", "tip_trials", ["community_id", "tip_id", "worked"])


def _tip_reports() -> None:
    op.create_table(
        "tip_reports",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("tip_id", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "tip_id", name="pk_tip_reports"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_tip_reports_members",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "tip_id"],
            ["tips.community_id", "tips.id"],
            name="fk_tip_reports_tips",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_tip_reports_community_id_tip_id", "tip_reports", ["community_id", "tip_id"])


def _organiser_reads() -> None:
    op.create_table(
        "organiser_reads",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("organiser_id", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organiser_reads"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_organiser_reads_communities", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_organiser_reads_community_id_at", "organiser_reads", ["community_id", "at"])
