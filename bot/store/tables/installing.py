"""Where people added the bot by themselves: these rows belong to whoever runs it, and to no community."""

import sqlalchemy as sa

from bot.store.tables.base import METADATA, maybe, needed, text
from bot.store.types import Instant

installations = sa.Table(
    "installations",
    METADATA,
    text("place", key=True),  # the platform's id of a workspace, or of an organisation of workspaces
    text("key_id"),
    needed("sealed", sa.LargeBinary),  # what the bot may use there, such as its tokens
    maybe("expires_at", Instant),
    maybe("renewing_until", Instant),  # somebody asks for new tokens; until then nobody else does
    needed("installed_at", Instant),
)
"""What lets the bot into a place that people added it to; it goes at once when they take it out."""

installed_teams = sa.Table(
    "installed_teams",
    METADATA,
    text("team", key=True),
    text("place"),
    sa.ForeignKeyConstraint(["place"], ["installations.place"], ondelete="CASCADE"),
    sa.Index("ix_installed_teams_place", "place"),
)
"""Which installation serves which workspace: its own, or that of its organisation."""

install_states = sa.Table(
    "install_states",
    METADATA,
    sa.Column("state", sa.LargeBinary, primary_key=True, nullable=False),
    needed("ends_at", Instant),
)
"""People who are adding the bot at this moment, as a hash of a random word that their browser brings back once."""
