"""What a handler is given: the open transaction, who asks, where, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.engine.invocation import Place, Sender
from bot.engine.tokens import Audience, Signer
from bot.store.database import Tx


@dataclass(frozen=True)
class Stamp:
    """What the buttons of one message need to be made: the signer, whom they are for, and when."""

    signer: Signer
    audience: Audience
    now: datetime
    mark: int = 0
    """Sets the buttons of this message apart from the same buttons in another one of the same minute."""

    @cached_property
    def _head(self) -> str:
        return self.signer.head(self.audience, self.now, self.mark)

    def sign(self, code: str, values: tuple[str, ...]) -> str:
        """Make a token of this message, as `Signer.sign`."""
        return self.signer.sign_for(self._head, code, values)


NOWHERE = Place("", "")


@dataclass(frozen=True)
class Call:
    """One command being answered, inside its transaction."""

    tx: Tx
    community: Community
    member: Member
    sender: Sender
    stamp: Stamp
    language: str
    place: Place = NOWHERE
    here: Who | None = None
    """The member of the place itself, when the person acts as another one."""
    asker: Sender | None = None
    """Who asked, as the place itself knows them, when the person acts as another one."""

    @property
    def now(self) -> datetime:
        """The instant of this call, UTC."""
        return self.stamp.now

    @cached_property
    def who(self) -> Who:
        """The community and member that every query is limited to."""
        return Who(self.community.id, self.member.id)

    @property
    def own(self) -> Who:
        """The member of the place the call came from, whoever they act as."""
        return self.here or self.who

    @cached_property
    def zone(self) -> ZoneInfo:
        """The member's own time zone, else the platform's hint, else the community's."""
        return ZoneInfo(self.zone_name)

    @property
    def zone_name(self) -> str:
        """The name of the member's time zone."""
        return self.member.zone or self.sender.zone or self.member.seen_zone or self.community.zone

    @cached_property
    def today(self) -> date:
        """The member's date."""
        return self.now.astimezone(self.zone).date()
