"""An index of the people who are open, so that neither counting nor listing them reads those who are closed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the index."""
    only = sa.text("stage <> 'closed'")
    op.create_index("ix_leads_open", "leads", ["community_id", "member_id"], sqlite_where=only, postgresql_where=only)
