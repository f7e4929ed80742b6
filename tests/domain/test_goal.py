"""The goal of the circle: what counts, which goal is proposed, and the weeks in a row."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.digest import Disclosure, TeamGoal, Totals
from bot.domain.goal import LEAST, after_week, goal_of, reached, steps
from bot.domain.week import Week

WEEK = Week(2026, 11)
counts = st.integers(0, 60)
weeks = st.builds(Totals, st.just(WEEK), counts, counts, counts, st.sampled_from(Disclosure))


@pytest.mark.parametrize(
    ("totals", "number"),
    [
        (Totals(WEEK, 6, 4, 1), 11),
        (Totals(WEEK, 6, 4, 1, Disclosure.ABOUT), 5),
        (Totals(WEEK, 11, 16, 5, Disclosure.ABOUT), 25),
        (Totals(WEEK, 4, 3, 1, Disclosure.ABOUT), 3),
        (Totals(WEEK, 6, 4, 1, Disclosure.NOTHING), 0),
    ],
)
def test_steps_are_what_the_channel_says(totals, number):
    assert steps(totals) == number


@given(weeks, weeks)
def test_weeks_that_are_told_alike_reach_the_same_goals(first, second):
    """So nobody learns from the goal what one of them did."""
    if (first.told, steps(first)) == (second.told, steps(second)):
        assert all(reached(n, first) == reached(n, second) for n in range(1, 100))


@pytest.mark.parametrize(
    ("chosen", "before", "number"),
    [(30, [], 30), (None, [], LEAST), (None, [2, 3], LEAST), (None, [19, 20, 40], 25), (None, [90, 1, 12, 13, 14], 15)],
)
def test_a_goal_that_nobody_chose_is_a_little_above_the_usual_week(chosen, before, number):
    assert goal_of(chosen, [Totals(WEEK, names_found) for names_found in before]) == number


@given(st.lists(weeks, max_size=8))
def test_a_goal_that_nobody_chose_is_above_the_usual_week_and_leaves_calm_weeks_out(before):
    told = [week for week in before if week.told is not Disclosure.NOTHING]
    assert goal_of(None, before) == goal_of(None, told) >= LEAST
    assert goal_of(None, before) % 5 == 0


def test_weeks_in_a_row_go_on_over_a_calm_week_and_end_without_a_word():
    row = None
    seen = []
    for totals in (Totals(WEEK, 9), Totals(WEEK, 10), Totals(WEEK, 1, told=Disclosure.NOTHING), Totals(WEEK, 12)):
        row = after_week(9, totals, row)
        seen.append(row.in_a_row)
    assert seen == [1, 2, 2, 3]
    assert after_week(9, Totals(WEEK, 3), row) == TeamGoal(9, 0)
