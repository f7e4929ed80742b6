"""Kept promises, streaks with pauses, and personal bests."""

from statistics import median

from hypothesis import given, strategies as st

from bot.domain.promise import Best, CheckIn, Promise, kept, personal_best, streak
from bot.domain.week import Week
from tests.domain.made import weeks

NOW = Week(2026, 20)
past = st.integers(1, 30).map(lambda n: NOW.plus(-n))
asks = st.integers(0, 50)


@given(weeks, asks, asks, st.integers(0, 50))
def test_an_honest_report_keeps_the_promise_a_zero_too(week, planned, reported, logged):
    promise = Promise(week, planned)
    assert kept(promise, CheckIn(week, reported), logged)
    assert kept(promise, CheckIn(week, 0), 0)
    assert kept(promise, None, logged) is (logged >= planned)


@given(st.dictionaries(past, st.booleans()), st.sets(past))
def test_a_pause_counts_neither_way(promised, paused):
    before = streak(promised, paused, NOW)
    assert before == streak({week: ok for week, ok in promised.items() if week not in paused}, paused, NOW)
    assert before == streak(promised | dict.fromkeys(paused, False), paused, NOW) or not promised


@given(st.integers(0, 20), st.sets(st.integers(1, 20)), st.booleans())
def test_weeks_in_a_row_are_counted_to_the_first_that_was_not_kept(length, pauses, now_kept):
    promised = {NOW.plus(-n): True for n in range(1, length + 1)} | {NOW.plus(-length - 1): False}
    if now_kept:
        promised[NOW] = True
    paused = {NOW.plus(-n) for n in pauses if n <= length}
    assert streak(promised, paused, NOW) == length - len(paused) + now_kept


@given(st.integers(1, 8))
def test_a_week_without_a_plan_ends_the_row(length):
    promised = {NOW.plus(-n): True for n in (*range(1, length + 1), *range(length + 2, length + 10))}
    assert streak(promised, (), NOW) == length
    assert streak(promised, {NOW.plus(-length - 1)}, NOW) == length + 8


def test_the_running_week_breaks_nothing_while_it_runs():
    assert streak({NOW: False, NOW.plus(-1): True}, (), NOW) == 1
    assert streak({}, (), NOW) == 0


@given(st.lists(st.integers(0, 50), max_size=12))
def test_a_week_without_a_new_person_is_neither_a_best_nor_a_start(earlier):
    assert personal_best(0, earlier) == Best(is_best=False, is_start=False)


@given(st.integers(1, 50), st.lists(st.integers(0, 50), max_size=12))
def test_a_best_beats_the_median_of_the_last_four_active_weeks(now, earlier):
    active = [leads for leads in earlier if leads]
    best = personal_best(now, earlier)
    assert best.is_start is (len(active) < 2)
    assert best.is_best is (len(active) >= 2 and now > median(active[:4]))


@given(st.lists(st.integers(0, 50), max_size=12))
def test_a_week_without_a_name_is_neither_a_start_nor_a_best(earlier):
    best = personal_best(0, earlier)
    assert not best.is_best
    assert not best.is_start
