"""Who somebody is: the member of this place, or the member elsewhere whom the same person linked it to."""

from dataclasses import replace

from bot.core.invocation import Sender
from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.store import communities, identities, members
from bot.store.database import Tx


def resolve(tx: Tx, community: Community, member: Member, sender: Sender) -> tuple[Community, Member, Sender]:
    """Give as whom a person acts here; an organiser of this place is none of the other one."""
    other = identities.acts_as(tx, Who(community.id, member.id))
    if other is None:
        return community, member, sender
    return communities.get(tx, other.community), members.get(tx, other), replace(sender, organiser=False)
