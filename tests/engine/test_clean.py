"""What people type is cleaned once: nothing invisible, nothing that turns text around, no broken letters."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from bot.engine.clean import clean, keepable, length, looks_like_secret
from bot.engine.echo import echo


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Dana \t R. ", "Dana R."),
        ("Dana\nR.", "Dana R."),
        ("Da\u200bna\ufeff", "Dana"),
        ("\u202eanaD\u202c", "anaD"),
        ("D\x00a\x07na", "Dana"),
        ("\ud83d x", "x"),
        ("e\u0301", "é"),
        ("Zoë O’Brien-Łukasz", "Zoë O’Brien-Łukasz"),
        ("\u3164\u2800", ""),
        ("\u0301\u0301", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("\u200dDana\u200d", "Dana"),
        ("Da\u200dna", "Dana"),
        ("a\u200c b", "a b"),
        ("Z" + "\u0336" * 50, "Z" + "\u0336" * 4),
        ("Z" + "\u0336\u200b" * 50, "Z" + "\u0336" * 4),
        ("a\u00a0b", "a b"),
    ],
)
def test_one_line_is_kept_as_a_reader_sees_it(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\n a  b \n\n", "a b"),
    ],
)
def test_several_lines_keep_their_breaks(typed: str, cleaned: str) -> None:
    assert clean(typed, lines=True) == cleaned


@given(st.text(max_size=60), st.booleans())
def test_cleaning_twice_is_cleaning_once_and_leaves_nothing_hidden(text: str, lines: bool) -> None:  # noqa: FBT001
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} and c != "\n" for c in once)
    once.encode()


def test_length_counts_letters() -> None:
    assert length("é👩") == 2


@pytest.mark.parametrize("text", ["xoxb-short", "I use Slack", "BEGIN PRIVATE KEY", "M" * 90])
def test_words_about_keys_are_no_keys(text: str) -> None:
    assert not looks_like_secret(text)


def test_of_a_refused_text_all_but_the_secret_and_the_contact_may_be_kept() -> None:
    assert keepable("met, a@b.ca and c@d.ca", contacts=False) == "met,  and "
    assert keepable("a@b.ca", contacts=True) == "a@b.ca"
    assert keepable("xoxb-123456789012", contacts=True) == ""
    assert keepable("dana＠example.com", contacts=False) == ""
    assert len(keepable("x" * 100_000, contacts=True)) == 8_000


def test_what_was_typed_is_given_back_short_and_visible() -> None:
    assert echo("two\u202e words").text == "two words"
    assert echo("x" * 61).text == "x" * 59 + "…"
    assert echo("\ud800" * 1_000).text == ""
