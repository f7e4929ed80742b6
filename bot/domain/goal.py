"""The circle's own goal: one number that all reach together in a week, with no names.

Rule: every new name, ask and meeting is one step. A week counts towards the goal as it is told in the channel. A week
that reaches it adds to the weeks in a row, a calm week counts neither way, and nothing is said of a row that ended.
"""

from collections.abc import Sequence
from statistics import median

from bot.domain.digest import FEWEST_WHO_ACTED, Disclosure, TeamGoal, Totals, step_below

LOOKS_BACK = 4
"""Weeks of which a goal is made that nobody chose."""
LEAST = 10
"""The smallest goal that is proposed."""
ROUND = 5


def steps(totals: Totals) -> int:
    """Count the steps of a week that may be told: all of them, or no more than the channel says of each kind.

    Rule: totals that are told at all are of three people or more, so there are three steps at least.
    """
    numbers = (totals.leads, totals.asks, totals.meetings)
    match totals.told:
        case Disclosure.EXACT:
            return sum(numbers)
        case Disclosure.ABOUT:
            return max(sum(map(step_below, numbers)), FEWEST_WHO_ACTED)
        case Disclosure.NOTHING:
            return 0


def reached(number: int, totals: Totals) -> bool:
    """Tell whether a week reached a goal, by what is told of it."""
    return totals.told is not Disclosure.NOTHING and steps(totals) >= number


def goal_of(chosen: int | None, before: Sequence[Totals]) -> int:
    """Give the goal of a week: the one that organisers chose, else one a little above the usual week.

    Args:
        chosen: what the organisers chose.
        before: the weeks before it, oldest first.
    """
    if chosen is not None:
        return chosen
    told = [steps(week) for week in before if week.told is not Disclosure.NOTHING][-LOOKS_BACK:]
    usual = int(median(told)) if told else 0
    return max(LEAST, (usual // ROUND + 1) * ROUND)


def after_week(number: int, totals: Totals, before: TeamGoal | None) -> TeamGoal:
    """Settle the goal of a week that is over."""
    row = before.in_a_row if before is not None else 0
    if totals.told is Disclosure.NOTHING:
        return TeamGoal(number, row)
    return TeamGoal(number, row + 1 if reached(number, totals) else 0)
