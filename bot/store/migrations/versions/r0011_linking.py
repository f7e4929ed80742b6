"""Links that their owner confirms, that join two lists, and that can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

OWNER = ("community_id", "member_id")
OTHER = ("other_community", "other_member")
MEMBER = ["members.community_id", "members.id"]
LEAD = ["leads.community_id", "leads.member_id", "leads.id"]


def upgrade() -> None:
    """Change the links, and make the tables of what they join."""
    op.add_column("links", sa.Column("reminders_here", sa.Boolean, nullable=False, server_default=sa.false()))
    # A code lives for ten minutes, so none needs to be carried over.
    op.drop_table("link_codes")
    _link_codes()
    _link_moves()
    _link_pairs()


def _texts(*names: str, nullable: bool = False) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=nullable) for name in names)


def _link_codes() -> None:
    op.create_table(
        "link_codes",
        *_texts(*OWNER),
        sa.Column("code_key", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        *_texts("question", nullable=True),
        sa.Column("asked_at", sa.BigInteger, nullable=True),
        *_texts(*OTHER, nullable=True),
        sa.PrimaryKeyConstraint(*OWNER, name="pk_link_codes"),
        sa.ForeignKeyConstraint(OWNER, MEMBER, name="fk_link_codes_members", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(OTHER, MEMBER, name="fk_link_codes_other", ondelete="CASCADE"),
        sa.UniqueConstraint("code_key", name="uq_link_codes_code_key"),
    )
    op.create_index("ix_link_codes_other_community_other_member", "link_codes", OTHER)


def _link_moves() -> None:
    op.create_table(
        "link_moves",
        *_texts(*OWNER, "thing", "id"),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint(*OWNER, "thing", "id", name="pk_link_moves"),
        sa.ForeignKeyConstraint(OWNER, MEMBER, name="fk_link_moves_members", ondelete="CASCADE"),
    )


def _link_pairs() -> None:
    op.create_table(
        "link_pairs",
        *_texts(*OWNER, "id", "lead_id", "other_id"),
        sa.PrimaryKeyConstraint(*OWNER, "id", name="pk_link_pairs"),
        sa.ForeignKeyConstraint((*OWNER, "lead_id"), LEAD, name="fk_link_pairs_lead", ondelete="CASCADE"),
        sa.ForeignKeyConstraint((*OWNER, "other_id"), LEAD, name="fk_link_pairs_other", ondelete="CASCADE"),
    )
