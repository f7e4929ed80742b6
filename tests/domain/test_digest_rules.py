"""What a digest shows: which tip, which names, when it is quiet, when it is too late."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.digest import DigestFacts, Disclosure, first_few, how_told, step_below
from bot.domain.ids import TipId
from bot.domain.own_tips import OWN
from bot.domain.tip import NOT_AGAIN_FOR, Evidence, Tip, TipState, Topic, helpful_first, next_tip
from bot.domain.week import Week
from bot.letters import folded
from bot.scheduling.weekly import is_too_late
from tests.domain.made import names
from tests.support.present import present

DUE = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
START = Week(2026, 1)


def tip(name, tried=0, worked=0, last=None):
    evidence = Evidence(tried, worked, DUE) if tried else None
    return Tip(TipId(name), Topic.ASKING, name, TipState.PUBLISHED, evidence=evidence, last_shown=last)


@given(st.integers(1, 14), st.integers(5, 40))
def test_a_tip_never_comes_again_within_eight_weeks(number, weeks):
    tips = {f"tip {n}": tip(f"tip {n}") for n in range(number)}
    shown: list[str | None] = []
    for n in range(weeks):
        chosen = next_tip(list(tips.values()), START.plus(n))
        shown.append(chosen and chosen.id)
        if chosen:
            tips[chosen.id] = tip(chosen.id, last=START.plus(n))
    for n, shown_id in enumerate(shown):
        assert shown_id is None or shown_id not in shown[max(0, n - NOT_AGAIN_FOR) : n]
    assert None not in shown[:number]
    assert set(shown[:number]) == set(tips) or weeks < number


def test_more_tips_that_worked_come_first_and_a_few_lucky_tries_do_not_win():
    ordered = helpful_first([tip("new"), tip("lucky", 5, 5), tip("sure", 20, 19), tip("bad", 9, 1)])
    assert [chosen.id for chosen in ordered] == ["sure", "lucky", "new", "bad"]
    assert present(next_tip(ordered, START)).id == "sure"
    assert next_tip([], START) is None
    ordered = helpful_first([tip("less", 8, 3), tip("new"), tip("more", 14, 7), tip("half", 10, 5)])
    assert [chosen.id for chosen in ordered] == ["more", "half", "new", "less"]


@given(st.lists(names), st.integers(1, 6))
def test_names_come_in_the_order_of_the_alphabet_and_the_rest_are_counted(names, most):
    shown, more = first_few(names, most)
    assert len(shown) + more == len(names)
    assert [folded(name) for name in shown] == sorted(folded(name) for name in names)[:most]
    assert first_few(names[::-1], most) == (shown, more)


def test_our_own_tips_are_enough_for_every_week():
    assert len(OWN) >= 14
    tips = {own.key: tip(own.key) for own in OWN}
    for n in range(60):
        chosen = present(next_tip(list(tips.values()), START.plus(n)))
        tips[chosen.id] = tip(chosen.id, last=START.plus(n))


@pytest.mark.parametrize(
    ("actions", "acted", "named", "told"),
    [
        (0, "", "", Disclosure.NOTHING),
        (2, "abc", "", Disclosure.NOTHING),
        (30, "ab", "", Disclosure.NOTHING),
        (3, "abc", "", Disclosure.EXACT),
        (3, "abc", "abc", Disclosure.EXACT),
        (3, "abc", "xyz", Disclosure.EXACT),
        (9, "abcd", "abc", Disclosure.ABOUT),
        (9, "abcde", "abc", Disclosure.ABOUT),
        (9, "abcdef", "abc", Disclosure.EXACT),
    ],
)
def test_totals_are_told_exactly_only_when_nobody_can_subtract(actions, acted, named, told):
    assert how_told(actions, set(acted), set(named)) is told


@pytest.mark.parametrize(("number", "below"), [(0, 0), (1, 0), (5, 0), (6, 5), (10, 5), (11, 10), (15, 10), (16, 15)])
def test_a_number_is_more_than_the_multiple_of_five_below_it(number, below):
    assert step_below(number) == below
    assert number == 0 or number > below


def test_a_digest_without_totals_is_of_a_quiet_week():
    assert DigestFacts(START, []).is_quiet
    assert DigestFacts(START, []).week_before is None


def test_a_digest_is_welcome_for_less_than_forty_eight_hours():
    assert not is_too_late(DUE, DUE + timedelta(hours=48, seconds=-1))
    assert is_too_late(DUE, DUE + timedelta(hours=48))
