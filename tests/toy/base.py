"""The tables of the garden: they stand beside those of the store, which its rows belong to, and are no part of its schema."""

import sqlalchemy as sa

from bot.store.tables import communities, members
from bot.store.tables.base import COUNTED, METADATA as OTHERS, MOVED, needed, of_member, owner, text

__all__ = ["COUNTED", "METADATA", "MOVED", "needed", "of_member", "owner", "text"]

METADATA = sa.MetaData(naming_convention=OTHERS.naming_convention)
for _table in (communities, members):
    _table.to_metadata(METADATA)
