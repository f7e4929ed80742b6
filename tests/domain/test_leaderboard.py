"""The board: 1-1-3, then by name, whatever the order; never a zero, and only when three have a score."""

from hypothesis import given, strategies as st

from bot.domain.ids import MemberId
from bot.domain.leaderboard import Score, board, rank, score
from bot.letters import folded
from tests.domain.made import scores


@given(scores, st.randoms())
def test_the_same_members_always_give_the_same_board(found, dice):
    mixed = found.copy()
    dice.shuffle(mixed)
    assert rank(mixed) == rank(found)
    assert board(mixed) == board(found)


@given(scores)
def test_a_place_is_one_more_than_those_who_have_more(found):
    for each in rank(found):
        assert each.place == 1 + sum(other.value > each.score.value for other in found)
        assert each.score.value > 0
    ordered = [(-each.score.value, folded(each.score.name)) for each in rank(found)]
    assert ordered == sorted(ordered)


@given(scores)
def test_a_board_needs_three_with_a_score_and_shows_five_places(found):
    some = [each for each in found if each.value]
    assert bool(board(found)) is (len(some) >= 3)
    assert all(each.place <= 5 for each in board(found))
    if len(some) >= 3:
        assert [each for each in rank(found) if each.place <= 5] == board(found)


def test_equal_scores_share_a_place_and_the_next_place_is_left_out():
    found = [Score(MemberId(name), name, value) for name, value in (("Zoé", 3), ("amina", 3), ("Li", 1), ("Noor", 0))]
    assert [(each.place, each.score.name) for each in rank(found)] == [(1, "amina"), (1, "Zoé"), (3, "Li")]


@given(st.integers(0, 100), st.integers(1, 50))
def test_a_score_counts_at_most_what_the_community_says(added, cap):
    assert score(added, cap) == min(added, cap)
