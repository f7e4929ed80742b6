"""Buddies are matched by one rule, the same for all, and nobody is alone who could be with somebody."""

from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from bot.domain.buddies import LeadPair, Pairing, Seeker, WorkField, fits, match
from bot.domain.ids import MemberId
from bot.domain.week import Week

W = Week(2026, 11)
FIELDS = st.sampled_from([WorkField.HEALTH, WorkField.FOOD])
SOMEBODY = st.tuples(
    st.sampled_from("ef"), st.sampled_from([-480, -300, -240, 0, 60, 345, 720]), FIELDS, st.integers(0, 2)
)
CIRCLES = st.lists(SOMEBODY, max_size=9)


def seekers(people: list[tuple[str, int, WorkField, int]]) -> list[Seeker]:
    return [
        Seeker(MemberId(f"m{n:02}"), language, offset, field, W.plus(weeks))
        for n, (language, offset, field, weeks) in enumerate(people)
    ]


@st.composite
def circles(draw: st.DrawFn) -> tuple[list[Seeker], set[LeadPair]]:
    people = seekers(draw(CIRCLES))
    pairs = [frozenset((a.member, b.member)) for a, b in combinations(people, 2)]
    lately = draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    return people, lately


def near(people: list[Seeker], lately: set[LeadPair], first: str, second: str) -> bool:
    by_id = {seeker.member: seeker for seeker in people}
    return fits(by_id[MemberId(first)], by_id[MemberId(second)], lately)


def found(circle: tuple[list[Seeker], set[LeadPair]]) -> Pairing:
    return match(*circle)


def groups(*groups_of_names: tuple[str, ...]) -> Pairing:
    """A matching in which nobody is alone."""
    return Pairing([tuple(MemberId(name) for name in group) for group in groups_of_names], [])


@given(circles())
def test_everybody_is_in_one_group_or_told_that_there_is_none(circle: tuple[list[Seeker], set[LeadPair]]) -> None:
    matching = found(circle)
    placed = [member for group in matching.groups for member in group] + list(matching.alone)
    assert sorted(placed) == sorted(seeker.member for seeker in circle[0])
    assert all(len(group) in {2, 3} for group in matching.groups)


@given(circles())
def test_all_of_a_group_fit_each_other_and_did_not_walk_together_lately(
    circle: tuple[list[Seeker], set[LeadPair]],
) -> None:
    people, lately = circle
    for group in found(circle).groups:
        for first, second in combinations(group, 2):
            assert near(people, lately, first, second)
            assert frozenset((first, second)) not in lately


@given(circles())
def test_nobody_is_alone_who_could_be_with_somebody(circle: tuple[list[Seeker], set[LeadPair]]) -> None:
    people, lately = circle
    matching = found(circle)
    for first, second in combinations(matching.alone, 2):
        assert not near(people, lately, first, second)
    for alone in matching.alone:
        for group in matching.groups:
            assert len(group) == 3 or not all(near(people, lately, alone, member) for member in group)


@settings(max_examples=200)
@given(circles())
def test_as_few_as_possible_are_alone_when_everybody_has_one_language_and_zone(
    circle: tuple[list[Seeker], set[LeadPair]],
) -> None:
    people = [Seeker(seeker.member, "en", 0, seeker.field, seeker.since) for seeker in circle[0]]
    matching = match(people, set())
    assert len(matching.alone) == (1 if len(people) == 1 else 0)


@given(circles(), st.randoms(use_true_random=False))
def test_the_order_in_which_members_come_changes_nothing(circle: tuple[list[Seeker], set[LeadPair]], luck) -> None:
    people, lately = circle
    mixed = luck.sample(people, len(people))
    assert match(mixed, lately) == match(people, lately)


def test_the_same_field_is_preferred() -> None:
    fields = [WorkField.HEALTH, WorkField.FOOD, WorkField.HEALTH, WorkField.FOOD]
    people = seekers([("e", 0, field, 0) for field in fields])
    assert match(people, set()).groups == [("m00", "m02"), ("m01", "m03")]


def test_a_pair_parts_so_that_two_others_are_not_alone() -> None:
    # Who may walk with whom; going by the fewest choices and the field alone leaves one of the six alone.
    near = {(0, 2), (0, 4), (1, 2), (1, 3), (2, 4), (2, 5), (3, 4), (3, 5)}
    fields = [WorkField.FOOD, WorkField.HEALTH, WorkField.FOOD, WorkField.HEALTH, WorkField.HEALTH, WorkField.HEALTH]
    people = seekers([("e", 0, field, 0) for field in fields])
    lately = {
        frozenset((people[a].member, people[b].member)) for a, b in combinations(range(6), 2) if (a, b) not in near
    }
    assert match(people, lately) == groups(("m00", "m04"), ("m01", "m03"), ("m02", "m05"))


def test_who_has_only_one_choice_gets_it() -> None:
    # A line a-b-c-d in which only neighbours fit: the middle pair must not keep the ends alone.
    people = seekers(
        [("e", offset, WorkField.OTHER, since) for offset, since in ((0, 2), (180, 0), (360, 0), (540, 2))]
    )
    assert match(people, set()) == groups(("m00", "m01"), ("m02", "m03"))


def test_a_third_joins_a_pair_rather_than_being_alone() -> None:
    matching = match(seekers([("e", 0, WorkField.OTHER, 0)] * 3), set())
    assert matching.groups == [("m00", "m01", "m02")]


def test_a_third_joins_the_pair_of_the_same_field() -> None:
    fields = [WorkField.HEALTH, WorkField.HEALTH, WorkField.FOOD, WorkField.FOOD, WorkField.FOOD]
    assert match(seekers([("e", 0, field, 0) for field in fields]), set()) == groups(
        ("m00", "m01"), ("m02", "m03", "m04")
    )


@pytest.mark.parametrize(
    ("first", "second", "near_enough"),
    [
        (0, 180, True),
        (0, 181, False),
        (-240, -60, True),
        (-60, -241, False),
        (720, -660, True),
        (720, -540, True),
        (720, -539, False),
        (-720, 720, True),
        (0, 720, False),
    ],
)
def test_buddies_live_at_most_three_hours_apart_also_across_the_date_line(
    first: int, second: int, *, near_enough: bool
) -> None:
    people = seekers([("e", first, WorkField.OTHER, 0), ("e", second, WorkField.OTHER, 0)])
    assert fits(people[0], people[1], set()) is near_enough
    assert fits(people[1], people[0], set()) is near_enough


def test_nobody_is_their_own_buddy_and_a_language_is_shared() -> None:
    people = seekers([("e", 0, WorkField.OTHER, 0), ("f", 0, WorkField.OTHER, 0)])
    assert not fits(people[0], people[0], set())
    assert not fits(people[0], people[1], set())
