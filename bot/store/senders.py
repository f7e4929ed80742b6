"""Who sent something: the community and member that a platform's ids stand for, and as whom they act."""

from bot.domain.ids import Who
from bot.store import communities, identities, members
from bot.store.batch import Tx
from bot.store.memory import MEMORY, VERSION, KnownSender, SenderMemory


def find(tx: Tx, platform: str, platform_id: str, user: str) -> KnownSender | None:
    """Find a sender; None when the community or the member is new. What was found is remembered until it changes."""
    memory: SenderMemory = tx.info[MEMORY]
    address = (platform, platform_id, user)
    known = memory.get(address)
    if known is None:
        community = communities.find(tx, platform, platform_id)
        member = community and members.find(tx, community.id, user)
        if community is None or member is None:
            return None
        known = KnownSender(community, member, identities.acts_as(tx, Who(community.id, member.id)))
        memory.put(address, known, tx.info.get(VERSION))
    return known
