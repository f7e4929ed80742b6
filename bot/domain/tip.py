"""Tips: what helped others, with how many it helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.domain.ids import MemberId, TipId
from bot.domain.privacy import may_be_told
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


class Verdict(NamedTuple):
    """What one member said of a tip they tried."""

    worked: bool
    at: datetime


class Evidence(NamedTuple):
    """How many tried a tip and for how many it worked, as it was last told, and when that was counted."""

    tried: int
    worked: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip, with the evidence that was told with the last digest."""

    id: TipId
    topic: Topic
    text: str
    state: TipState
    author: MemberId | None = None
    seeded: bool = False
    evidence: Evidence | None = None
    last_shown: Week | None = None


def weighed(before: Evidence | None, verdicts: Sequence[Verdict], until: datetime) -> Evidence | None:
    """Count what members said of a tip until an instant, when it may be told.

    Rule: evidence is of at least five members, and changes only when at least five said something since it was last
    counted; so neither a figure nor the difference of two figures is what one member said.
    """
    counted = [verdict for verdict in verdicts if verdict.at <= until]
    if not may_be_told(sum(before is None or verdict.at > before.at for verdict in counted)):
        return before
    return Evidence(len(counted), sum(verdict.worked for verdict in counted), until)


def helpful_first(tips: Sequence[Tip]) -> list[Tip]:
    """Put tips in order: the share it worked for, smoothed so that one lucky try does not win; then more tries.

    Tips that are equal in both keep their order. What has no evidence yet counts as not tried, because its place would
    tell what one member said.
    """

    def place(tip: Tip) -> tuple[float, int]:
        tried, worked, _ = tip.evidence or (0, 0, None)
        return -(worked + 1) / (tried + 2), -tried

    return sorted(tips, key=place)


def next_tip(tips: Sequence[Tip], week: Week) -> Tip | None:
    """Choose the tip of a week's digest: never one shown within eight weeks, least lately shown, helpful first."""
    fresh = [tip for tip in tips if tip.last_shown is None or week.minus(tip.last_shown) > NOT_AGAIN_FOR]
    # `min` takes the first of equals, so among tips shown as long ago, the most helpful one.
    helpful = helpful_first(fresh)
    return min(helpful, key=lambda tip: tip.last_shown.key if tip.last_shown else 0, default=None)
