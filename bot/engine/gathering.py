"""Gathers who asks and where, as a handler is given it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from zlib import crc32

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.engine import access, linked
from bot.engine.call import Call, Stamp
from bot.engine.clean import clean
from bot.engine.finding import Parsed, audience_of
from bot.engine.invocation import Invocation, Sender
from bot.engine.organising import organises
from bot.engine.tokens import MARKS, Signer
from bot.store import communities, identities, members, senders
from bot.store.database import Tx
from bot.store.memory import KnownSender
from bot.ui.languages import best

LONGEST_NAME = 80
"""Slack allows 80 characters in a display name, Discord 32."""


class FirstTime(Exception):
    """The community or member is not known yet, or not as they are now, so reading is not enough."""


class Arrival(NamedTuple):
    """Where an invocation came from, and who sent it, if they are known."""

    community: Community
    sender: KnownSender | None


class Addressee(NamedTuple):
    """What an answer must know of who reads it."""

    language: str
    organises: bool


@dataclass(frozen=True)
class Gathering:
    """Makes the call of an invocation, inside its transaction."""

    signer: Signer

    def arrive(self, tx: Tx, invocation: Invocation, now: datetime) -> Arrival:
        """Find where it is, adding a community that is new, and who sent it."""
        place = invocation.place
        known_sender = _known(tx, invocation)
        if known_sender is not None and place.name in ("", known_sender.community.name):
            return Arrival(known_sender.community, known_sender)
        community = communities.ensure(tx, place.platform, place.community, _kept(place.name), now)
        return Arrival(community, known_sender and replace(known_sender, community=community))

    def call(
        self,
        tx: Tx,
        invocation: Invocation,
        now: datetime,
        parsed: Parsed | None = None,
        arrival: Arrival | None = None,
    ) -> Call:
        """Gather who asks and where, adding a community or member that is new; `arrival` is what was found before."""
        sender = invocation.sender
        community, known_sender = arrival or self.arrive(tx, invocation, now)
        if known_sender is None or not _is_same(sender, known_sender.member):
            seen = {"zone": sender.zone, "language": sender.language}
            member = members.ensure(tx, community.id, sender.user, _kept(sender.name), now, **seen)
            known_sender = KnownSender(community, member, identities.acts_as(tx, Who(community.id, member.id)))
        if known_sender.acts_as is not None:
            linked.keep_zone(tx, known_sender.acts_as, sender.zone)
        return self._gather(tx, invocation, now, known_sender, parsed)

    def known(self, tx: Tx, invocation: Invocation, now: datetime, parsed: Parsed | None = None) -> Call:
        """Gather who asks and where, without writing."""
        known_sender = _known(tx, invocation)
        if known_sender is None:
            raise FirstTime
        return self._gather(tx, invocation, now, known_sender, parsed)

    def unchanged(self, tx: Tx, invocation: Invocation, now: datetime, parsed: Parsed | None = None) -> Call:
        """Gather as `known`, while the platform says nothing of who asks that is still to be kept."""
        known_sender = _known(tx, invocation)
        if known_sender is None or not _is_same(invocation.sender, known_sender.member):
            raise FirstTime
        call = self._gather(tx, invocation, now, known_sender, parsed)
        if call.own != call.who and invocation.sender.zone not in (None, call.member.seen_zone):
            raise FirstTime
        return call

    def addressee(self, tx: Tx, invocation: Invocation, now: datetime) -> Addressee:
        """Tell what who asks reads, and whether they may be told of what only organisers do."""
        call = self.known(tx, invocation, now)
        return Addressee(call.language, organises(call))

    def _gather(
        self, tx: Tx, invocation: Invocation, now: datetime, known_sender: KnownSender, parsed: Parsed | None
    ) -> Call:
        # Delivered again it has the same buttons; another delivery has buttons of its own.
        mark = crc32(invocation.delivery.encode(errors="surrogatepass")) % MARKS
        stamp = Stamp(self.signer, audience_of(invocation), now, mark)
        community, member, sender = known_sender.community, known_sender.member, invocation.sender
        own = Who(community.id, member.id)
        acts_for_all = parsed is None or parsed.command.access is not access.Access.ORGANISER
        if acts_for_all and known_sender.acts_as is not None:
            community, member, sender = linked.resolve(tx, known_sender.acts_as, sender)
        language = best(member.language, sender.language, member.seen_language, community.language)
        return Call(tx, community, member, sender, stamp, language, invocation.place, own, invocation.sender)


def language_of(call: Call, parsed: Parsed) -> str:
    """Tell the language of the answer: who has just chosen another one reads it at once."""
    if "language" not in parsed.raw:
        return call.language
    member = members.get(call.tx, call.who)
    return best(member.language, call.sender.language, member.seen_language, call.community.language)


def _known(tx: Tx, invocation: Invocation) -> KnownSender | None:
    place = invocation.place
    return senders.find(tx, place.platform, place.community, invocation.sender.user)


def _is_same(sender: Sender, member: Member) -> bool:
    """Tell whether the platform says nothing of a sender that is not kept already."""
    seen = ((sender.zone, member.seen_zone), (sender.language, member.seen_language))
    is_known = all(not seen_value or seen_value == kept_value for seen_value, kept_value in seen)
    return is_known and (sender.name == member.name or _kept(sender.name) in ("", member.name))


def _kept(name: str) -> str:
    """Write a name that the platform told as it is kept."""
    return clean(name)[:LONGEST_NAME]
