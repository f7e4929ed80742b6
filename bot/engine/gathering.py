"""Gathers who asks and where, as a handler is given it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.engine import access, linked
from bot.engine.call import Call, Stamp
from bot.engine.clean import clean
from bot.engine.finding import Found, audience_of
from bot.engine.invocation import Invocation
from bot.engine.tokens import MARKS, Signer
from bot.store import communities, members
from bot.store.database import Tx
from bot.ui.languages import best

LONGEST_NAME = 80
"""Slack allows 80 characters in a display name, Discord 32."""


class FirstTime(Exception):
    """The community or member is not known yet, so reading is not enough."""


@dataclass(frozen=True)
class Gathering:
    """Makes the call of an invocation, inside its transaction."""

    signer: Signer

    def community(self, tx: Tx, invocation: Invocation, now: datetime) -> Community:
        """Find where it is, adding a community that is new."""
        place = invocation.place
        name = clean(place.name)[:LONGEST_NAME]
        return communities.ensure(tx, place.platform, place.community, name, now)

    def call(
        self,
        tx: Tx,
        invocation: Invocation,
        now: datetime,
        found: Found | None = None,
        community: Community | None = None,
    ) -> Call:
        """Gather who asks and where, adding a community or member that is new."""
        sender = invocation.sender
        community = community or self.community(tx, invocation, now)
        name = clean(sender.name)[:LONGEST_NAME]
        member = members.ensure(tx, community.id, sender.user, name, now, zone=sender.zone, language=sender.language)
        return self._gather(tx, invocation, now, (community, member), found)

    def known(self, tx: Tx, invocation: Invocation, now: datetime, found: Found | None = None) -> Call:
        """Gather who asks and where, without writing."""
        place = invocation.place
        community = communities.find(tx, place.platform, place.community)
        member = community and members.find(tx, community.id, invocation.sender.user)
        if community is None or member is None:
            raise FirstTime
        return self._gather(tx, invocation, now, (community, member), found)

    def _gather(
        self, tx: Tx, invocation: Invocation, now: datetime, here: tuple[Community, Member], found: Found | None
    ) -> Call:
        # Delivered again it has the same buttons; another delivery has buttons of its own.
        mark = int.from_bytes(sha256(invocation.delivery.encode(errors="surrogatepass")).digest()[:4]) % MARKS
        stamp = Stamp(self.signer, audience_of(invocation), now, mark)
        community, member, sender = *here, invocation.sender
        if found is None or found.command.access is not access.Access.ORGANISER:
            community, member, sender = linked.resolve(tx, *here, sender)
        language = best(member.language, sender.language, member.seen_language, community.language)
        own = Who(here[0].id, here[1].id)
        return Call(tx, community, member, sender, stamp, language, invocation.place, own)
