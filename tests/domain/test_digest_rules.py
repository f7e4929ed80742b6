"""What a digest shows: which tip, which names, when it is quiet, when it is too late."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import DigestFacts, Totals, first_few, is_too_late
from bot.domain.ids import TipId
from bot.domain.names import folded
from bot.domain.tip import NOT_AGAIN_FOR, Tip, TipState, Topic, helpful_first, next_tip
from bot.domain.week import Week
from tests.domain.made import names

DUE = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
START = Week(2026, 1)


def tip(name, tried=0, worked=0, last=None):
    return Tip(TipId(name), Topic.ASKING, name, TipState.PUBLISHED, tried=tried, worked=worked, last_shown=last)


@given(st.integers(1, 14), st.integers(5, 40))
def test_a_tip_never_comes_again_within_eight_weeks(number, weeks):
    tips = {f"tip {n}": tip(f"tip {n}") for n in range(number)}
    shown: list[str | None] = []
    for n in range(weeks):
        found = next_tip(list(tips.values()), START.plus(n))
        shown.append(found and found.id)
        if found:
            tips[found.id] = tip(found.id, last=START.plus(n))
    for n, each in enumerate(shown):
        assert each is None or each not in shown[max(0, n - NOT_AGAIN_FOR) : n]
    assert None not in shown[:number]
    assert set(shown[:number]) == set(tips) or weeks < number


def test_more_tips_that_worked_come_first_and_one_lucky_try_does_not_win():
    found = helpful_first([tip("new"), tip("lucky", 1, 1), tip("sure", 9, 8), tip("bad", 9, 1)])
    assert [each.id for each in found] == ["sure", "lucky", "new", "bad"]
    assert next_tip(found, START).id == "sure"
    assert next_tip([], START) is None


@given(st.lists(names), st.integers(1, 6))
def test_names_come_in_the_order_of_the_alphabet_and_the_rest_are_counted(found, most):
    shown, more = first_few(found, most)
    assert len(shown) + more == len(found)
    assert [folded(name) for name in shown] == sorted(folded(name) for name in found)[:most]
    assert first_few(found[::-1], most) == (shown, more)


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_a_week_is_quiet_below_three_actions(leads, asks, meetings):
    facts = DigestFacts(START, [Totals(START, leads, asks, meetings)])
    assert facts.is_quiet is (leads + asks + meetings < 3)
    assert facts.week_before == Totals(START.previous())


def test_a_digest_without_totals_is_of_an_empty_week():
    assert DigestFacts(START, []).this_week == Totals(START)


def test_a_digest_is_welcome_for_less_than_forty_eight_hours():
    assert not is_too_late(DUE, DUE + timedelta(hours=48, seconds=-1))
    assert is_too_late(DUE, DUE + timedelta(hours=48))
