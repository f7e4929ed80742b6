"""Tips: what helped others, with how many it helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import MemberId, TipId
from bot.domain.week import Week

NOT_AGAIN_FOR = 8
"""Weeks before the digest shows a tip again."""


class Topic(StrEnum):
    """What a tip is about."""

    ASKING = "asking"
    PREPARING = "preparing"
    WORDS = "words"
    TALKING = "talking"
    GOING_ON = "going-on"
    OTHER = "other"


class TipState(StrEnum):
    """Who can see a tip."""

    WAITING = "waiting"
    PUBLISHED = "published"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip, with its evidence."""

    id: TipId
    topic: Topic
    text: str
    state: TipState
    author: MemberId | None = None
    seeded: bool = False
    tried: int = 0
    worked: int = 0
    last_shown: Week | None = None


def helpful_first(tips: Sequence[Tip]) -> list[Tip]:
    """Put tips in order: the share it worked for, smoothed so that one lucky try does not win; then more tries.

    Tips that are equal in both keep their order.
    """
    return sorted(tips, key=lambda tip: (-(tip.worked + 1) / (tip.tried + 2), -tip.tried))


def next_tip(tips: Sequence[Tip], week: Week) -> Tip | None:
    """Choose the tip of a week's digest: never one shown within eight weeks, least lately shown, helpful first."""
    fresh = [tip for tip in tips if tip.last_shown is None or week.minus(tip.last_shown) > NOT_AGAIN_FOR]
    helpful = helpful_first(fresh)
    return min(helpful, key=lambda tip: tip.last_shown.key if tip.last_shown else 0, default=None)
