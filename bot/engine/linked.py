"""Who somebody is: the member of this place, or the member elsewhere whom the same person linked it to."""

from dataclasses import replace

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.engine.call import Call, Stamp
from bot.engine.invocation import Sender
from bot.engine.tokens import Audience
from bot.store import communities, identities, members
from bot.store.database import Tx


def resolve(tx: Tx, other: Who, sender: Sender) -> tuple[Community, Member, Sender]:
    """Give the community, member and sender that a linked person acts as; an organiser here is not one there."""
    return communities.get(tx, other.community), members.get(tx, other), replace(sender, organiser=False)


def keep_zone(tx: Tx, other: Who, zone: str | None) -> None:
    """Keep where a linked person is, as their platform named it, with the member they act as: messages go by that."""
    if zone and members.get(tx, other).seen_zone != zone:
        members.update(tx, other, seen_zone=zone)


def everywhere(call: Call) -> list[Who]:
    """List every member a person is; their list is with the first."""
    return [call.who, *identities.others_of(call.tx, call.who)]


def stamp_for(call: Call, who: Who) -> Stamp:
    """Give what buttons for another member need."""
    community = communities.get(call.tx, who.community)
    audience = Audience(community.platform, community.platform_id, members.get(call.tx, who).platform_user)
    return Stamp(call.stamp.signer, audience, call.now)
