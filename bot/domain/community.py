"""A community: its zone, its languages and its weekly rhythm."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.ids import CommunityId


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When things come in a week; days count from Monday, which is 0.

    Rule: check-in Sunday 17:00, reminder Monday 10:00, digest Monday 12:30, sheet the evening before a meeting at 18:00; buddies are
    matched as Monday begins, so that the morning can tell, and remembered on Wednesday; each a setting.
    """

    digest_day: int = 0
    digest_at: time = time(12, 30)
    checkin_day: int = 6
    checkin_at: time = time(17)
    reminder_day: int = 0
    reminder_at: time = time(10)
    followups_at: time = time(9)
    evening_at: time = time(18)
    buddies_day: int = 0
    buddies_at: time = time(0)
    buddy_day: int = 2
    digest_avoids: str | None = None
    """Where the public holidays are that move the digest to the next working day; None where nothing moves it."""


class BoardStyle(StrEnum):
    """What a community's digest shows of who did what: a leaderboard, a goal of all together, both or neither."""

    RANKING = "ranking"
    TEAM = "team"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Community:
    """One Slack workspace or Discord server."""

    id: CommunityId
    platform: str
    platform_id: str
    name: str
    zone: str
    language: str
    second_language: str | None = None
    digest_channel: str | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    score_cap: int = 10
    board: BoardStyle = BoardStyle.RANKING
    goal: int | None = None
    """The steps of a week that the circle wants to reach together; None follows from the weeks before."""
    tips_need_review: bool = True
    term_roles: tuple[str, ...] = ()
    """Work whose people know the term, where organisers changed the usual list."""
    holidays: str | None = None
    """The country whose public holidays count, perhaps with a region of it, such as CA-QC."""
    holidays_move: bool = False
    """Whether they move the digest to the next working day."""
    welcome: str | None = None
    """What organisers say above a new member's first answer."""
    welcome_second: str | None = None
    """The same in the second language."""
    set_up: bool = False

    @property
    def ranks(self) -> bool:
        """Whether there is a leaderboard."""
        return self.board in {BoardStyle.RANKING, BoardStyle.BOTH}

    @property
    def has_goal(self) -> bool:
        """Whether the circle has a goal of its own."""
        return self.board in {BoardStyle.TEAM, BoardStyle.BOTH}

    @property
    def tz(self) -> ZoneInfo:
        """The community's time zone."""
        return ZoneInfo(self.zone)
