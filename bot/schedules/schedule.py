"""What every scheduled post shares: how a member's prompt is declared, and how a post is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.core.call import Stamp
from bot.core.tokens import Audience, Signer
from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
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
    """Whether it belongs to this place, as what is said to organisers does."""

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
class MemberSchedule:
    """A kind of private message: what it says, and the key that makes it unique for its member."""

    kind: str
    compose: Callable[[Prompt], Reply | None]
    key: Callable[[Prompt], str]
