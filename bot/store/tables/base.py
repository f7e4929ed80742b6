"""What all tables share: the naming of constraints, and the columns that say whose a row is."""

from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


COUNTED = {"counted": True}
"""Set in the `info` of a table: its texts count towards all that a member may store."""
MOVED = {"moved": True}
"""Set in the `info` of a table: its rows, each with an `id`, move as they are when two members become one, and back."""


def tables_marked(marks: dict[str, bool]) -> list[sa.Table]:
    """List the tables with these marks in their `info`."""
    return [table for table in METADATA.sorted_tables if marks.items() <= table.info.items()]


def text(name: str, *, key: bool = False) -> sa.Column[Any]:
    """Declare a text that is always there."""
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def maybe(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    """Declare a value that may be missing."""
    return sa.Column(name, kind, nullable=True)


def needed(name: str, kind: Any) -> sa.Column[Any]:
    """Declare a value that is always there."""
    return sa.Column(name, kind, nullable=False)


def numbered() -> sa.Column[Any]:
    """Declare the number of a row, which `bot.store.ids.new_number` makes: a later row has a larger one."""
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False, autoincrement=False)


def count(name: str) -> sa.Column[Any]:
    """Declare a number that starts at 0."""
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0"))


def flag(name: str) -> sa.Column[Any]:
    """Declare a yes or no that starts as no."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def owner(*, key: bool = True) -> tuple[sa.Column[Any], sa.Column[Any]]:
    """Declare whose a row is: the community and the member."""
    return text("community_id", key=key), text("member_id", key=key)


def of_community() -> sa.ForeignKeyConstraint:
    """Tie a row to its community; it goes when the community goes."""
    return sa.ForeignKeyConstraint(["community_id"], ["communities.id"], ondelete="CASCADE")


def of_member(name: str | None = None) -> sa.ForeignKeyConstraint:
    """Tie a row to its member in the same community; forgetting the member is one delete."""
    return sa.ForeignKeyConstraint(
        ["community_id", "member_id"], ["members.community_id", "members.id"], name, ondelete="CASCADE"
    )


def of_lead() -> sa.ForeignKeyConstraint:
    """Tie a row to a lead of the same member in the same community."""
    return sa.ForeignKeyConstraint(
        ["community_id", "member_id", "lead_id"],
        ["leads.community_id", "leads.member_id", "leads.id"],
        ondelete="CASCADE",
    )


def partial(*columns: str, where: str, name: str | None = None, unique: bool = False) -> sa.Index:
    """Declare an index over the few rows that still matter, so that it stays small for ever."""
    # A condition of another database too would load all of its dialect at every start.
    return sa.Index(name, *columns, unique=unique, sqlite_where=sa.text(where))
