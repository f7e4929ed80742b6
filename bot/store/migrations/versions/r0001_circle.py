"""Communities, their keys, and their members."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _communities()
    _keys()
    _community_keys()
    _members()
    _organisers()
    _pauses()
    _tombstones()


def _communities() -> None:
    op.create_table(
        "communities",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("platform_id", sa.Text, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("second_language", sa.Text, nullable=True),
        sa.Column("digest_channel", sa.Text, nullable=True),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("set_up", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("roster", sa.Text, nullable=True),
        sa.Column("created_at", sa.BigInteger, nullable=True),
        sa.Column("left_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_communities"),
        sa.UniqueConstraint("platform", "platform_id", name="uq_communities_platform_platform_id"),
    )


def _keys() -> None:
    op.create_table(
        "keys",
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("proof", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_keys"),
    )


def _community_keys() -> None:
    op.create_table(
        "community_keys",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("community_id", name="pk_community_keys"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_community_keys_communities", ondelete="CASCADE"
        ),
    )


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("user_key", sa.LargeBinary, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=False),
        sa.Column("language", sa.Text, nullable=True),
        sa.Column("zone", sa.Text, nullable=True),
        sa.Column("number", sa.Integer, nullable=True),
        sa.Column("appearance", sa.Text, nullable=False),
        sa.Column("checkins", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("paused_until", sa.Text, nullable=True),
        sa.Column("started", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("joined_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_members"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_members_communities", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("community_id", "user_key", name="uq_members_community_id_user_key"),
    )


def _organisers() -> None:
    op.create_table(
        "organisers",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", name="pk_organisers"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_organisers_members",
            ondelete="CASCADE",
        ),
    )


def _pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("from_week", sa.Integer, nullable=False),
        sa.Column("to_week", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "from_week", name="pk_pauses"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["members.community_id", "members.id"],
            name="fk_pauses_members",
            ondelete="CASCADE",
        ),
    )


def _tombstones() -> None:
    op.create_table(
        "tombstones",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "kind", "key", name="pk_tombstones"),
    )
