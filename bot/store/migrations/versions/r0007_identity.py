"""Named organisers, and one person on two platforms."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

OWNER = ("community_id", "member_id")
MEMBER = ["members.community_id", "members.id"]


def upgrade() -> None:
    """Make the tables."""
    _named_organisers()
    _links()
    _link_codes()
    _link_tries()


def _owner() -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in OWNER)


def _named_organisers() -> None:
    op.create_table(
        "named_organisers",
        *_owner(),
        sa.PrimaryKeyConstraint(*OWNER, name="pk_named_organisers"),
        sa.ForeignKeyConstraint(OWNER, MEMBER, name="fk_named_organisers_members", ondelete="CASCADE"),
    )


def _links() -> None:
    op.create_table(
        "links",
        *_owner(),
        sa.Column("other_community", sa.Text, nullable=False),
        sa.Column("other_member", sa.Text, nullable=False),
        sa.Column("linked_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(*OWNER, name="pk_links"),
        sa.ForeignKeyConstraint(OWNER, MEMBER, name="fk_links_member", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_community", "other_member"], MEMBER, name="fk_links_other", ondelete="CASCADE"),
    )
    op.create_index("ix_links_other_community_other_member", "links", ["other_community", "other_member"])


def _link_codes() -> None:
    op.create_table(
        "link_codes",
        *_owner(),
        sa.Column("code_key", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(*OWNER, name="pk_link_codes"),
        sa.ForeignKeyConstraint(OWNER, MEMBER, name="fk_link_codes_members", ondelete="CASCADE"),
        sa.UniqueConstraint("code_key", name="uq_link_codes_code_key"),
    )


def _link_tries() -> None:
    op.create_table(
        "link_tries",
        *_owner(),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint(*OWNER, name="pk_link_tries"),
        sa.ForeignKeyConstraint(OWNER, MEMBER, name="fk_link_tries_members", ondelete="CASCADE"),
    )
