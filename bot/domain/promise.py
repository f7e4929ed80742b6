"""The weekly promise: a plan, its report, the streak and the personal best."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.domain.week import Week

SUGGESTED_ASKS = 2
"""The weekly number suggested to a newcomer."""
BEST_OF = 4
"""A personal best is measured against this many active weeks."""
A_START = 2
"""The first active weeks are called a start, not a best."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a member plans for a week."""

    week: Week
    asks: int
    leads: int | None = None
    meetings: int | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a member reports of a week; a zero is an honest report."""

    week: Week
    asks: int
    leads: int | None = None
    meetings: int | None = None
    help: str | None = None


def kept(promise: Promise, checkin: CheckIn | None, asks_logged: int) -> bool:
    """Tell whether a promise was kept.

    Rule: kept is the number reached, or honestly reported; reporting a zero keeps the promise.
    """
    return checkin is not None or asks_logged >= promise.asks


def streak(kept_weeks: Mapping[Week, bool], paused: Collection[Week], now: Week) -> int:
    """Count the weeks in a row with the promise kept, up to now.

    Rule: paused weeks count neither way, and the running week breaks nothing while it runs.

    Args:
        kept_weeks: each week with a promise, and whether it was kept.
        paused: the weeks the member paused.
        now: the running week.
    """
    if not kept_weeks:
        return 0
    count, week, first = 0, now, min(kept_weeks)
    while week >= first:
        if week not in paused:
            if kept_weeks.get(week):
                count += 1
            elif week != now:
                break
        week = week.previous()
    return count


@dataclass(frozen=True, slots=True)
class Best:
    """How a week's leads compare with the member's own past weeks."""

    is_best: bool
    is_start: bool


def personal_best(leads_now: int, earlier: Sequence[int]) -> Best:
    """Compare a week with the member's own weeks before it, newest first; only active weeks count.

    Rule: more leads than the median of the last four active weeks; the first two weeks are a start.
    """
    active = [leads for leads in earlier if leads > 0]
    if leads_now <= 0:
        return Best(is_best=False, is_start=False)
    if len(active) < A_START:
        return Best(is_best=False, is_start=True)
    return Best(is_best=leads_now > median(active[:BEST_OF]), is_start=False)
