"""What buttons carry: it works for the right person, for a time, and for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.tokens import LIMIT, OVERHEAD, Audience, Forged, Signer, code_of

NOW = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
AMINA = Audience("console", "circle", "amina")
OMAR = Audience("console", "circle", "omar")
EVERYONE = Audience("console", "circle", None)
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SIGNER = Signer((KEY,))
ID = "A" * 22


def test_a_button_says_what_was_put_in_it() -> None:
    opened = SIGNER.open(SIGNER.sign("abcd", (ID, "yes", ""), AMINA, NOW), AMINA)
    assert (opened.code, opened.values, opened.made) == ("abcd", (ID, "yes", ""), NOW)


def test_a_button_made_for_amina_does_nothing_for_omar() -> None:
    with pytest.raises(Forged):
        SIGNER.open(SIGNER.sign("abcd", (), AMINA, NOW), OMAR)


def test_a_button_for_everyone_works_for_each_member_of_the_community_only() -> None:
    token = SIGNER.sign("abcd", (), EVERYONE, NOW)
    assert SIGNER.open(token, AMINA).code == SIGNER.open(token, OMAR).code == "abcd"
    with pytest.raises(Forged):
        SIGNER.open(token, Audience("console", "another circle", "amina"))


def test_a_button_of_before_a_key_rotation_still_works() -> None:
    token = Signer((OTHER_KEY,)).sign("abcd", (ID,), AMINA, NOW)
    assert Signer((KEY, OTHER_KEY)).open(token, AMINA).values == (ID,)
    with pytest.raises(Forged):
        SIGNER.open(token, AMINA)


@given(st.integers(min_value=0), st.characters(codec="ascii", exclude_characters="\x00"))
def test_no_changed_character_goes_unseen(place: int, letter: str) -> None:
    token = SIGNER.sign("abcd", (ID, "7"), AMINA, NOW)
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token:
        with pytest.raises(Forged):
            SIGNER.open(changed, AMINA)


@given(st.text(max_size=120))
def test_whatever_is_sent_as_a_token_is_refused_without_a_fault(text: str) -> None:
    with pytest.raises(Forged):
        SIGNER.open(text, AMINA)


def test_three_ids_fit_and_a_fourth_is_refused_when_the_button_is_made() -> None:
    assert len(SIGNER.sign("abcd", (ID,) * 3, AMINA, NOW)) == OVERHEAD + 3 * 23 == LIMIT
    with pytest.raises(ValueError, match="characters"):
        SIGNER.sign("abcd", (ID,) * 4, AMINA, NOW)


def test_a_token_cannot_carry_what_would_break_it() -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        SIGNER.sign("abcd", ("a~b",), AMINA, NOW)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_the_minute_a_button_was_made_is_kept(made: datetime) -> None:
    made = made.replace(tzinfo=UTC)
    kept = SIGNER.open(SIGNER.sign("abcd", (), AMINA, made), AMINA).made
    assert timedelta(0) <= made - kept < timedelta(minutes=1)


def test_each_name_has_its_own_code() -> None:
    assert code_of("lead add") != code_of("lead edit")
    assert len(code_of("lead add")) == 4
