"""The board: 1-1-3, then by name, whatever the order; never a zero, and only when three have a score."""

from hypothesis import given, strategies as st

from bot.domain.ids import MemberId
from bot.domain.leaderboard import Score, board, rank, score
from bot.letters import folded
from tests.domain.made import scores


@given(scores, st.randoms())
def test_the_same_members_always_give_the_same_board(scores, dice):
    mixed = scores.copy()
    dice.shuffle(mixed)
    assert rank(mixed) == rank(scores)
    assert board(mixed) == board(scores)


@given(scores)
def test_a_place_is_one_more_than_those_who_have_more(scores):
    for ranked in rank(scores):
        assert ranked.place == 1 + sum(other.value > ranked.score.value for other in scores)
        assert ranked.score.value > 0
    ordered = [(-ranked.score.value, folded(ranked.score.name)) for ranked in rank(scores)]
    assert ordered == sorted(ordered)


@given(scores)
def test_a_board_needs_three_with_a_score_and_shows_five_places(scores):
    some = [score for score in scores if score.value]
    assert bool(board(scores)) is (len(some) >= 3)
    assert all(ranked.place <= 5 for ranked in board(scores))
    if len(some) >= 3:
        assert [ranked for ranked in rank(scores) if ranked.place <= 5] == board(scores)


def test_equal_scores_share_a_place_and_the_next_place_is_left_out():
    scores = [Score(MemberId(name), name, value) for name, value in (("Zoé", 3), ("amina", 3), ("Li", 1), ("Noor", 0))]
    assert [(ranked.place, ranked.score.name) for ranked in rank(scores)] == [(1, "amina"), (1, "Zoé"), (3, "Li")]


@given(st.integers(0, 100), st.integers(1, 50))
def test_a_score_counts_at_most_what_the_community_says(added, cap):
    assert score(added, cap) == min(added, cap)
