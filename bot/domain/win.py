"""A win: good news a member shares, or keeps."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import MemberId, WinId
from bot.domain.member import Appearance
from bot.domain.week import Week


@dataclass(frozen=True, slots=True)
class Win:
    """Good news of one member; it is shown only as they chose."""

    id: WinId
    member: MemberId
    week: Week
    appearance: Appearance
    text: str
    shared: datetime

    @property
    def named(self) -> bool:
        """Whether the member's name or nickname stands beside it."""
        return self.appearance in {Appearance.NAME, Appearance.NICKNAME}
