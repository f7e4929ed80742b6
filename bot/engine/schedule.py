"""What comes by itself: a schedule says when it is next for a member or a community, and what it does then."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.engine.call import Stamp
from bot.engine.tokens import Audience, Signer
from bot.store import communities, identities, members
from bot.store.database import Tx
from bot.ui.languages import best
from bot.ui.reply import Reply


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing is posted, and the reason is kept."""

    reason: str


@dataclass(frozen=True)
class Prompt:
    """A private message that is due to a member."""

    tx: Tx
    community: Community
    member: Member
    due: datetime
    now: datetime
    signer: Signer
    stays: bool = False
    """Whether it is sent here, as messages to organisers are, even if the member is reminded elsewhere."""

    @property
    def who(self) -> Who:
        """The community and member that every query is limited to."""
        return Who(self.community.id, self.member.id)

    @property
    def language(self) -> str:
        """The member's own language, else the one their platform shows them, else the community's."""
        return best(*self.member.languages, self.community.language)

    @cached_property
    def to(self) -> Who:
        """To whom it goes: the member, or where they chose to be reminded."""
        return self.who if self.stays else identities.reached(self.tx, self.who)

    @property
    def stamp(self) -> Stamp:
        """What the buttons of the message need."""
        community = communities.get(self.tx, self.to.community)
        audience = Audience(community.platform, community.platform_id, members.get(self.tx, self.to).platform_user)
        return Stamp(self.signer, audience, self.now)


@dataclass(frozen=True, slots=True)
class Change:
    """A community after and before a change, with the due time that was planned until now."""

    tx: Tx
    community: Community
    before: Community
    planned: datetime | None
    now: datetime


class MemberSchedule(ABC):
    """A private message that comes by itself."""

    kind: ClassVar[str]
    """The word the store knows it by."""

    @abstractmethod
    def next(self, tx: Tx, community: Community, member: Member, now: datetime) -> datetime | None:
        """Say when it comes next to a member, after an instant; None when it does not."""

    @abstractmethod
    def key(self, prompt: Prompt) -> str:
        """Name one message of it, so that its member gets it once."""

    @abstractmethod
    def compose(self, prompt: Prompt) -> Reply | None:
        """Say what is due now; None when there is nothing to say."""


class CommunitySchedule(ABC):
    """Something of a whole community that is due by itself."""

    kind: ClassVar[str]
    """The word the store knows it by."""

    @abstractmethod
    def next(self, change: Change) -> datetime | None:
        """Say when it is next; None when it is not."""


class CommunityTask(CommunitySchedule):
    """Work of a community, done in one transaction when it is due."""

    @abstractmethod
    def run(self, tx: Tx, community: Community, due: datetime, now: datetime, signer: Signer) -> None:
        """Do it; when it is next is asked afterwards."""


Schedule: TypeAlias = MemberSchedule | CommunitySchedule


def zone_of(community: Community, member: Member) -> ZoneInfo:
    """Choose the zone of a member's messages: their own, else the one their platform named, else the community's."""
    return ZoneInfo(member.zone or member.seen_zone or community.zone)
