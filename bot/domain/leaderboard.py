"""The leaderboard: who is on it, in which order, and when there is one."""

from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import NamedTuple

from bot.domain.ids import MemberId
from bot.letters import folded

SHOWN_PLACES = 5
FEWEST = 3
"""There is a board only when at least this many joined and have a score."""


class Score(NamedTuple):
    """What one member who joined the board did in a week."""

    member: MemberId
    name: str
    value: int


class RankedMember(NamedTuple):
    """One line of the board."""

    place: int
    score: Score


def score(leads_added: int, cap: int) -> int:
    """Count the leads that score.

    Rule: leads added in the week, at most `cap` (ten, a setting); all count in the total.
    """
    return min(leads_added, cap)


def scores(added: Mapping[MemberId, int], names: Mapping[MemberId, str], cap: int) -> list[Score]:
    """Score the members who joined the board and added leads; a member without a name in `names` did not join."""
    return [Score(who, names[who], score(n, cap)) for who, n in added.items() if who in names]


def rank(scores: Iterable[Score]) -> list[RankedMember]:
    """Order scores, best first.

    Rule: competition ranking, 1-1-3, then by name; the same input always gives the same board. Nobody is shown with a
    zero.
    """
    ordered = sorted((s for s in scores if s.value > 0), key=lambda s: (-s.value, folded(s.name), s.name, s.member))
    ranked: list[RankedMember] = []
    for position, score in enumerate(ordered, start=1):
        shared = ranked and ranked[-1].score.value == score.value
        ranked.append(RankedMember(ranked[-1].place if shared else position, score))
    return ranked


def board(scores: Iterable[Score]) -> list[RankedMember]:
    """Rank the scores on the first five places, and all that equal the fifth; empty when fewer than three have a score."""
    scored = [score for score in scores if score.value > 0]
    if len(scored) < FEWEST:
        return []
    # Who has less than the fifth has five before them, and need not be put in order.
    fifth = nlargest(SHOWN_PLACES, (score.value for score in scored))[-1]
    return rank(score for score in scored if score.value >= fifth)
