"""Figures about several members: no number, and no two numbers, tell what one of them did."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from bot.domain.digest import Disclosure, how_told, step_below
from bot.domain.ids import MemberId
from bot.domain.privacy import FEWEST_PEOPLE
from bot.domain.report import Amount, DoneTotal, grouped, of_the_last, step_from
from bot.domain.tip import Evidence, Verdict, weighed

START = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)
members = st.sampled_from("abcdefgh")
deeds = st.dictionaries(members, st.integers(1, 12))


def shown(deeds, acted, named):
    """What the channel says of one kind of deed in a week; `named` are on the board with their numbers."""
    told, total = how_told(3 + sum(deeds.values()), acted, named), sum(deeds.values())
    return {Disclosure.EXACT: total, Disclosure.ABOUT: step_below(total), Disclosure.NOTHING: None}[told]


def test_a_sum_that_is_not_exact_is_told_from_the_largest_multiple_of_five():
    assert [step_from(number) for number in (0, 4, 5, 9, 10, 11)] == [0, 0, 5, 5, 10, 10]


@given(deeds, st.sets(members))
def test_whoever_is_not_named_cannot_be_computed_from_the_total_and_the_board(deeds, named):
    named &= set(deeds)
    hidden = set(deeds) - named
    if not 0 < len(hidden) < 3:
        return
    for who in hidden:
        # Everybody else's number may be known, and that they acted; how much they did stays open.
        told = shown(deeds, set(deeds), named)
        possible = [n for n in range(40) if shown({**deeds, who: n}, set(deeds), named) == told]
        assert deeds[who] in possible
        assert len(possible) > 1


@pytest.mark.parametrize(
    ("acted", "named", "told"),
    [
        ("abc", "abc", Disclosure.EXACT),
        ("abc", "ab", Disclosure.ABOUT),
        ("abc", "a", Disclosure.ABOUT),
        ("abc", "", Disclosure.EXACT),
        ("abcd", "a", Disclosure.EXACT),
        ("abc", "abcxyz", Disclosure.EXACT),
        ("ab", "ab", Disclosure.NOTHING),
        ("ab", "", Disclosure.NOTHING),
    ],
)
def test_totals_are_about_when_one_or_two_of_those_who_acted_are_not_on_the_board(acted, named, told):
    assert how_told(9, set(acted), set(named)) is told
    assert how_told(2, set(acted), set(named)) is Disclosure.NOTHING


weeks = st.lists(st.dictionaries(members, st.integers(1, 5), max_size=8), min_size=1, max_size=14)


def as_done(week):
    return DoneTotal(sum(week.values()), frozenset(week))


@given(weeks)
def test_two_reports_differ_by_whole_groups_of_five_people(weeks):
    closed = [group for group in grouped([as_done(week) for week in weeks]) if group is not None]
    assert all(len(group.people) >= FEWEST_PEOPLE for group in closed)
    counted = Counter()
    for week in weeks:
        counted.update(week)
    # Nothing is counted twice, and nothing but the groups is counted.
    assert sum(group.number for group in closed) <= sum(counted.values())
    for number in range(1, len(weeks) + 1):
        report = of_the_last([as_done(week) for week in weeks[:number]], 4)
        assert report is None or len(report.people) >= FEWEST_PEOPLE


@given(weeks, members)
def test_a_report_stays_when_somebody_is_forgotten(weeks, who):
    before = [as_done(week) for week in weeks]
    after = [week_done.with_nobody(who, MemberId("nobody")) for week_done in before]
    assert not any(who in week_done.people for week_done in after)
    for number in range(1, len(weeks) + 1):
        report, report_after = of_the_last(before[:number], 4), of_the_last(after[:number], 4)
        assert (report is None) == (report_after is None)
        assert (
            report is None
            or report_after is None
            or (report.number, len(report.people)) == (report_after.number, len(report_after.people))
        )


def people_of(letters):
    return frozenset(MemberId(letter) for letter in letters)


told_weeks = st.lists(st.tuples(st.integers(1, 30), st.integers(5, 9)), min_size=1, max_size=5)


@given(told_weeks, st.integers(1, 12), told_weeks)
def test_reports_of_many_weeks_tell_no_more_of_a_rounded_week_than_its_digest_did(before, hidden, after):
    """One of six is not on the board in one week; what everybody else did, and every other week, is known."""

    def said(own):
        weeks = [
            *(week(*some_week) for some_week in before),
            week(20 + own, 6, exact=False),
            *(week(*some_week) for some_week in after),
        ]
        reports = [of_the_last(weeks[:n], 50) for n in range(1, len(weeks) + 1)]
        return [report.deeds for report in reports if report is not None]

    def week(number, people, *, exact=True):
        return DoneTotal(number, people_of("abcdefghi"[:people]), exact)

    in_digest = [own for own in range(1, 20) if step_below(20 + own) == step_below(20 + hidden)]
    assert [own for own in range(1, 20) if said(own) == said(hidden)] == in_digest


@given(st.lists(st.tuples(st.dictionaries(members, st.integers(1, 12), max_size=8), st.booleans()), max_size=14))
def test_what_a_report_tells_is_true(weeks):
    report = of_the_last([DoneTotal(sum(week.values()), frozenset(week), exact) for week, exact in weeks], 6)
    if report is None:
        return
    for amount, number in ((report.deeds, report.number), (report.members, len(report.people))):
        assert amount.number >= FEWEST_PEOPLE
        if amount.exact:
            assert amount.number == number
        else:
            assert number >= amount.number + (not amount.at_least)


def test_a_week_in_which_nobody_did_anything_leaves_a_sum_exact():
    weeks = [
        DoneTotal(7, people_of("abcdef")),
        DoneTotal(0, people_of(""), exact=False),
        DoneTotal(8, people_of("abcdef")),
    ]
    report = of_the_last(weeks, 4)
    assert report is not None
    assert (report.deeds, report.members) == (Amount(15), Amount(6))


many = st.lists(st.sets(st.sampled_from("abcdefghijklmnop"), max_size=12), min_size=1, max_size=12)


@given(many)
def test_the_number_of_people_grows_by_none_or_by_five(weeks):
    reports = (
        of_the_last([DoneTotal(len(week), frozenset(week)) for week in weeks[:n]], 50) for n in range(1, len(weeks) + 1)
    )
    told = [report.members.number for report in reports if report is not None]
    assert all(later == before or later >= before + FEWEST_PEOPLE for before, later in pairwise(told))


def test_one_who_is_new_in_a_later_week_is_not_told_alone():
    weeks = [DoneTotal(5, people_of("abcde")), DoneTotal(6, people_of("abcdef"))]
    first, second = of_the_last(weeks[:1], 4), of_the_last(weeks, 4)
    assert first is not None
    assert second is not None
    assert (first.members, second.members) == (Amount(5), Amount(5, exact=False, at_least=True))


verdicts = st.lists(st.lists(st.tuples(members, st.booleans()), max_size=6), min_size=1, max_size=12)


@given(verdicts)
def test_evidence_is_of_five_and_changes_only_when_five_said_something(weeks):
    verdicts: dict[str, Verdict] = {}
    told: list[tuple[int, Evidence | None]] = []
    evidence, number = None, 0
    for week, presses in enumerate(weeks):
        for who, worked in presses:
            verdicts[who] = Verdict(worked, START + week * WEEK - timedelta(days=1))
        evidence = weighed(evidence, list(verdicts.values()), START + week * WEEK)
        told.append((week, evidence))
    for (_, before), (week, after) in pairwise(told):
        if before == after:
            continue
        number += 1
        since = before.at if before else START - WEEK
        assert after is not None
        assert after.tried >= FEWEST_PEOPLE
        assert len({who for who, verdict in verdicts.items() if verdict.at > since}) >= FEWEST_PEOPLE or week
    assert all(found_so is None or found_so.tried >= FEWEST_PEOPLE for _, found_so in told)


def test_four_verdicts_are_too_few_and_the_ninth_waits_for_the_tenth():
    def after(number, before=None):
        verdicts = [Verdict(n % 2 == 0, START + timedelta(minutes=n)) for n in range(number)]
        return weighed(before, verdicts, START + timedelta(minutes=number))

    first = after(5)
    assert after(4) is None
    assert first == Evidence(5, 3, START + timedelta(minutes=5))
    assert after(10, first) == first, "what was said at the moment of the count is in it"
    assert after(11, first) == Evidence(11, 6, START + timedelta(minutes=11))
