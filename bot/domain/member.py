"""A member: what they told about themselves, and how they appear to others."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import CommunityId, MemberId


class Appearance(StrEnum):
    """How a member appears on the board; until they answer they are counted and not named."""

    UNANSWERED = "unanswered"
    NAME = "name"
    NICKNAME = "nickname"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a community."""

    id: MemberId
    community: CommunityId
    platform_user: str
    name: str
    language: str | None = None
    zone: str | None = None
    work: str | None = None
    number: int | None = None
    appearance: Appearance = Appearance.UNANSWERED
    nickname: str | None = None
    checkins: bool = False
    reminders: bool = True
    paused_until: date | None = None
    started: bool = False
    greeted: bool = True
    """Whether the first answer, with the welcome of the community, was given."""
    seen_zone: str | None = None
    """The zone the platform last named for them; their own choice goes before it."""
    seen_language: str | None = None
    """The language the platform last named for them; their own choice goes before it."""

    @property
    def languages(self) -> tuple[str | None, str | None]:
        """The languages they read, the best first: the one they chose, and the one their platform shows them."""
        return self.language, self.seen_language

    @property
    def shown_name(self) -> str | None:
        """The name others may see, or None when the member did not agree to be named."""
        match self.appearance:
            case Appearance.NAME:
                return self.name
            case Appearance.NICKNAME:
                return self.nickname or None
            case Appearance.UNANSWERED | Appearance.HIDDEN:
                return None
