"""Communities, their keys, and their members."""

import sqlalchemy as sa

from bot.store.tables.base import METADATA, count, flag, maybe, needed, of_community, of_member, owner, text
from bot.store.types import DateColumn, Instant, Private, WeekKey

platform_facts = sa.Table("kept", METADATA, text("name", key=True), needed("value", sa.JSON))
"""Small facts a platform keeps for itself, such as which commands it was told; nothing of a person."""

communities = sa.Table(
    "communities",
    METADATA,
    text("id", key=True),
    text("platform"),
    text("platform_id"),  # the platform's own id; it names no person, and finds the key
    maybe("private", Private("communities", "id")),  # name, term_roles, welcome, welcome_second
    text("zone"),
    text("language"),
    maybe("second_language"),
    maybe("digest_channel"),
    needed(
        "settings", sa.JSON
    ),  # no words of anybody: rhythm, cap, board, goal and review, where they differ from the defaults
    flag("set_up"),
    maybe("roster"),  # a new random text whenever a shown name may have changed
    maybe("created_at", Instant),
    maybe("left_at", Instant),
    sa.UniqueConstraint("platform", "platform_id"),
)

keys = sa.Table("keys", METADATA, text("key_id", key=True), needed("proof", sa.LargeBinary))
"""Proofs of the master keys in use, so that a wrong key is noticed before anything is written."""

community_keys = sa.Table(
    "community_keys",
    METADATA,
    text("community_id", key=True),
    text("key_id"),
    needed("wrapped", sa.LargeBinary),
    of_community(),
)

members = sa.Table(
    "members",
    METADATA,
    text("community_id", key=True),
    text("id", key=True),
    needed("user_key", sa.LargeBinary),
    needed("private", Private("members", "id")),  # platform_user, name, nickname, work
    maybe("language"),
    maybe("zone"),
    maybe("number", sa.Integer),
    text("appearance"),
    flag("checkins"),
    sa.Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()),
    maybe("paused_until", DateColumn),
    flag("started"),
    needed("joined_at", Instant),
    maybe("seen_zone"),  # the zone the platform last named
    maybe("seen_language"),  # the language the platform last named
    flag("greeted"),
    of_community(),
    sa.UniqueConstraint("community_id", "user_key"),
)

amounts = sa.Table(
    "amounts",
    METADATA,
    *owner(),
    count("people"),
    count("open_people"),
    count("text_bytes"),
    of_member("fk_amounts_community_id_members"),  # as its migration called it
)
"""How much a member keeps, counted along; who has no row is counted when it matters."""

organisers = sa.Table(
    "organisers",
    METADATA,
    *owner(),
    maybe("guided_since", DateColumn),
    count("guided"),
    of_member(),
)
"""Organisers who set the community up, and may be told when its digest cannot be posted; and how far their first week's guide is."""

pauses = sa.Table(
    "pauses",
    METADATA,
    *owner(),
    sa.Column("from_week", WeekKey, primary_key=True, nullable=False),
    needed("to_week", WeekKey),
    of_member(),
)

tombstones = sa.Table(
    "tombstones",
    METADATA,
    text("community_id", key=True),
    text("kind", key=True),
    sa.Column("key", sa.LargeBinary, primary_key=True, nullable=False),
    needed("at", Instant),
)
"""Who was forgotten, as a keyed hash: applied again after a restore. No foreign key: it outlives all it names."""
