"""The last two keys that were counted for all communities together begin with the community, as every other one."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_KEY = "community_id", "id"
_EVENTS = sa.Table(
    "events",
    sa.MetaData(),
    sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
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
    sa.PrimaryKeyConstraint(*_KEY, name="pk_events"),
    sa.ForeignKeyConstraint(
        ["community_id", "member_id"],
        ["members.community_id", "members.id"],
        name="fk_events_members",
        ondelete="CASCADE",
    ),
    sa.Index("ix_events_board", "community_id", "week", "kind", "member_id", "recorded_at", "undone"),
    sa.Index("ix_events_member", "community_id", "member_id", "kind", "week", "undone"),
)
_READS = sa.Table(
    "organiser_reads",
    sa.MetaData(),
    sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
    sa.Column("community_id", sa.Text, nullable=False),
    sa.Column("organiser_id", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint(*_KEY, name="pk_organiser_reads"),
    sa.ForeignKeyConstraint(
        ["community_id"], ["communities.id"], name="fk_organiser_reads_communities", ondelete="CASCADE"
    ),
    sa.Index("ix_organiser_reads_community_id_at", "community_id", "at"),
)


def upgrade() -> None:
    """Change the keys; the numbers of the rows stay, and are smaller than every new one.

    On a server the old sequence stays beside them, so that a process of the version before can go on.
    """
    for table in (_EVENTS, _READS):
        if op.get_bind().dialect.name == "sqlite":
            with op.batch_alter_table(table.name, copy_from=table, recreate="always"):
                pass  # a file has no way to change a key, so the table is written anew
        else:
            op.drop_constraint(f"pk_{table.name}", table.name, type_="primary")
            op.create_primary_key(f"pk_{table.name}", table.name, [*_KEY])
