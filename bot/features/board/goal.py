"""The goal of the circle: what it is this week, how the last week did, and the words for it."""

from collections.abc import Sequence

from bot.domain.community import Community
from bot.domain.digest import FEWEST_WHO_ACTED, Disclosure, TeamGoal, Totals
from bot.domain.goal import after_week, goal_of, reached, steps
from bot.domain.snapshot import Snapshot
from bot.domain.week import Week
from bot.store import snapshots
from bot.store.database import Tx
from bot.ui.reply import Heading, Note, Paragraph, Part
from bot.ui.text import Text, t, tn
from bot.ui.values import Bar, Count, WeekOf

WEEKS = 8
"""How many weeks back the usual week is looked for."""


def settled_goal(tx: Tx, community: Community, totals: Totals) -> TeamGoal | None:
    """Settle the goal of a week as it is frozen; None where the circle has none."""
    if not community.has_goal:
        return None
    before = _before(tx, community, totals.week)
    number = goal_of(community.goal, [frozen.totals for frozen in before])
    return after_week(number, totals, before[-1].goal if before else None)


def goal_now(tx: Tx, community: Community, week: Week) -> int:
    """Give the goal of a running week."""
    return goal_of(community.goal, [frozen.totals for frozen in _before(tx, community, week)])


def _before(tx: Tx, community: Community, week: Week) -> Sequence[Snapshot]:
    return snapshots.between(tx, community.id, week.plus(-WEEKS), week.previous())


def goal_words(goal: TeamGoal, totals: Totals) -> Sequence[Part]:
    """Say how a week did beside its goal; a week that did not reach it is praised for each step."""
    number = steps(totals)
    so_far: Text | Count = Count(number)
    if totals.told is Disclosure.ABOUT:
        is_rounded = number > FEWEST_WHO_ACTED
        so_far = t("more than {n}", n=Count(number)) if is_rounded else t("at least {n}", n=Count(number))
    so_far_of_goal = tn("{done} of {n} step", "{done} of {n} steps", goal.number, done=so_far)
    is_reached = reached(goal.number, totals)
    row = goal.in_a_row if is_reached else 0
    return (
        Paragraph(
            t("We reached our goal: {done}.", done=so_far_of_goal)
            if is_reached
            else t("Our goal: {done}.", done=so_far_of_goal)
        ),
        Paragraph(t("{bar}", bar=Bar(number, goal.number))),
        Note(
            tn("{n} week in a row. We did it together.", "{n} weeks in a row. We did it together.", row)
            if row > 1
            else t("New names, asks and meetings are steps. Each one counts.")
        ),
    )


def last_week(frozen: Snapshot) -> Sequence[Part]:
    """Show how the last posted week did beside its goal; () for a calm week, or one without a goal."""
    if frozen.goal is None or frozen.totals.told is Disclosure.NOTHING:
        return ()
    title = t("Our goal in the week of {week}", week=WeekOf(frozen.week.monday))
    return (Heading(title), *goal_words(frozen.goal, frozen.totals))
