"""Typing errors: a few are put right in words that decide something, and no other word is changed."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.outreach.letters import distance, parted
from bot.domain.outreach.spelling import mended, most_errors, words_of


@pytest.mark.parametrize(("letters", "errors"), [(1, 0), (4, 0), (5, 1), (8, 1), (9, 2), (14, 2)])
def test_longer_words_may_have_more_errors(letters, errors):
    assert most_errors("a" * letters) == errors


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("minuts", "minutes"),
        ("mniutes", "minutes"),
        ("presentasion", "presentation"),
        ("presntasion", "presentation"),
        ("prsntasion", "prsntasion"),
        ("vacncy", "vacancy"),
        ("vcncy", "vcncy"),
        ("attachez", "attachez"),
        ("questions", "questions"),
        ("2000000", "2000000"),
        ("soci", "soci"),
    ],
)
def test_a_word_with_few_errors_is_the_one_that_was_meant(written, meant):
    assert mended([written]) == [meant]


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("bread", "bread", 0),
        ("bread", "brad", 1),
        ("bread", "breads", 1),
        ("bread", "broad", 1),
        ("bread", "braed", 1),
        ("rbead", "bread", 1),
        ("breda", "bread", 1),
        ("bread", "brd", 2),
        ("bread", "brdae", 2),
        ("bread", "xyz", 3),
        ("ab", "ba", 1),
    ],
)
def test_letters_that_differ_are_counted_and_two_swapped_ones_are_one(first, second, apart):
    assert distance(first, second, 2) == apart


letters = st.text("abc", max_size=6)


@given(letters, letters, st.integers(0, 3))
def test_the_count_is_the_same_both_ways_and_stops_above_the_most(first, second, most):
    count = distance(first, second, most)
    assert count == distance(second, first, most) <= most + 1
    assert (count == 0) == (first == second)
    assert count == min(distance(first, second, 9), most + 1)


def test_what_is_written_in_one_on_a_phone_is_taken_apart():
    assert words_of("im sure u dont, jai ete") == ["i", "m", "sure", "you", "don", "t", "j", "ai", "ete"]
    assert parted("Sœur d’Édith") == ["soeur", "d", "edith"]
