"""Who sent something: the community and member that a platform's ids stand for, and as whom they act."""

import sqlalchemy as sa

from bot.domain.ids import CommunityId
from bot.store import communities, identities, members
from bot.store.batch import Tx
from bot.store.crypto import user_key, vault_of
from bot.store.memory import MEMORY, VERSION, KnownSender, SenderMemory
from bot.store.prepared import JoinedRows
from bot.store.reach import under_lock
from bot.store.tables import communities as homes, links, members as people

_is_member = sa.and_(people.c.community_id == homes.c.id, people.c.user_key == sa.bindparam("user"))
_is_linked = sa.and_(links.c.community_id == people.c.community_id, links.c.member_id == people.c.id)
_sender = JoinedRows(
    homes.outerjoin(people, _is_member).outerjoin(links, _is_linked),
    homes.c.id == sa.bindparam("community"),
    homes.c.platform == sa.bindparam("on"),
    homes.c.platform_id == sa.bindparam("known_as"),
    parts={homes: communities.read, people: members.read, links: identities.home_of},
)


def find(tx: Tx, platform: str, platform_id: str, user: str) -> KnownSender | None:
    """Find a sender; None when the community or the member is new. What was found is remembered until it changes."""
    memory: SenderMemory = tx.info[MEMORY]
    address = (platform, platform_id, user)
    sender = memory.get(address)
    if sender is None:
        sender = under_lock(
            tx,
            lambda: _find(tx, platform, platform_id, user),
            lambda sender: () if sender is None or sender.acts_as is None else (sender.acts_as.community,),
        )
        if sender is not None:
            memory.put(address, sender, tx.info.get(VERSION))
    return sender


def home_of(tx: Tx, platform: str, platform_id: str) -> CommunityId | None:
    """Tell which community was last found at a place, if that is remembered; it may be gone since."""
    community = vault_of(tx).home_of(platform, platform_id)
    return None if community is None else CommunityId(community)


def _find(tx: Tx, platform: str, platform_id: str, user: str) -> KnownSender | None:
    """Read all of it at once, where it is known by which key a member is found."""
    community = home_of(tx, platform, platform_id)
    sender = None if community is None else _read(tx, platform, platform_id, community, user)
    if sender is None:
        # It is new here, or it was erased and another one has taken its place.
        home = communities.find(tx, platform, platform_id)
        sender = None if home is None else _read(tx, platform, platform_id, home.id, user)
    return sender


def _read(tx: Tx, platform: str, platform_id: str, community: CommunityId, user: str) -> KnownSender | None:
    key = user_key(tx, community, user)
    row = _sender.first(tx, community=community, user=key, on=platform, known_as=platform_id)
    if row is None:
        return None
    home, member, acts_as = row
    vault_of(tx).homes.put((platform, platform_id), community)
    return None if member is None else KnownSender(home, member, acts_as)
