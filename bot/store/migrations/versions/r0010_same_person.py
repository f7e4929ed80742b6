"""The same person is the same letters: the keys by which people are known are made anew, and answers are kept."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.domain.sameness import same_person_key
from bot.store.crypto import person_key, unseal
from bot.store.errors import Corrupt
from bot.store.types import Sealed

revision = "0010"
down_revision = "0009"

LEAD = ["leads.community_id", "leads.member_id", "leads.id"]
_all = sa.text("SELECT community_id, member_id, id, person_key, private FROM leads")
_renew = sa.text(
    "UPDATE leads SET person_key = :person WHERE community_id = :community AND member_id = :member AND id = :lead"
)


def upgrade() -> None:
    """Make the table of answers, and give every person the key that tells letters with marks apart."""
    op.create_table(
        "spellings",
        sa.Column("community_id", sa.Text, nullable=False),
        sa.Column("member_id", sa.Text, nullable=False),
        sa.Column("person_key", sa.LargeBinary, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("same", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id", "person_key", "lead_id", name="pk_spellings"),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id", "lead_id"], LEAD, name="fk_spellings_leads", ondelete="CASCADE"
        ),
    )
    tx = op.get_bind()
    members: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in tx.execute(_all):
        members[row.community_id, row.member_id].append(row)
    for rows in members.values():
        _renew_one(tx, rows)


def _renew_one(tx: sa.Connection, rows: list[Any]) -> None:
    """Make the keys of one member's people anew; one that would meet another's stays as it is."""
    taken = {bytes(row.person_key) for row in rows}
    for row in rows:
        try:
            texts = unseal(tx, Sealed("leads", bytes(row.private)), row.community_id, row.id)
        except Corrupt:
            continue  # what nobody can read keeps its key, and does not keep the bot from starting
        person = person_key(tx, row.community_id, same_person_key(texts["name"], texts["organisation"]))
        if person not in taken:
            taken.add(person)
            where = {"community": row.community_id, "member": row.member_id, "lead": row.id}
            tx.execute(_renew, {"person": person, **where})
