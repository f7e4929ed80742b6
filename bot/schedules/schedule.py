"""What every scheduled post shares: how a member's prompt is declared, and how a post is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.call import Stamp
from bot.core.tokens import Audience, Signer
from bot.domain.community import Community
from bot.domain.ids import Who
from bot.domain.member import Member
from bot.store.database import Tx
from bot.ui.languages import best
from bot.ui.reply import Reply


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing is posted, and the reason is kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A private message that is due to a member."""

    tx: Tx
    community: Community
    member: Member
    due: datetime
    now: datetime
    signer: Signer

    @property
    def who(self) -> Who:
        """The community and member that every query is limited to."""
        return Who(self.community.id, self.member.id)

    @property
    def language(self) -> str:
        """The member's own language, else the community's."""
        return best(self.member.language, self.community.language)

    @property
    def stamp(self) -> Stamp:
        """What the buttons of the message need."""
        audience = Audience(self.community.platform, self.community.platform_id, self.member.platform_user)
        return Stamp(self.signer, audience, self.now)


@dataclass(frozen=True, slots=True)
class MemberSchedule:
    """A kind of private message: what it says, and the key that makes it unique for its member."""

    kind: str
    compose: Callable[[Prompt], Reply | None]
    key: Callable[[Prompt], str]
