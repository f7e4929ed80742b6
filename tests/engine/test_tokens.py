"""What buttons carry: it works for the right person, for a time, and for nobody else."""

import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.engine.tokens import LIMIT, MARKS, OVERHEAD, Audience, Forged, Signer, code_of

NOW = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
AMINA = Audience("console", "circle", "amina")
OMAR = Audience("console", "circle", "omar")
EVERYONE = Audience("console", "circle", None)
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SIGNER = Signer((KEY,))
ID = "A" * 22


def test_a_button_says_what_was_put_in_it() -> None:
    opened = SIGNER.open(SIGNER.sign("abcd", (ID, "yes", ""), AMINA, NOW), AMINA)
    assert (opened.code, opened.values, opened.signed_at) == ("abcd", (ID, "yes", ""), NOW)


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


def test_two_ids_and_some_words_fit_and_a_third_id_is_refused_when_the_button_is_made() -> None:
    assert len(SIGNER.sign("abcd", (ID, ID, "x" * 21), AMINA, NOW)) == OVERHEAD + 2 * 23 + 22 == LIMIT
    with pytest.raises(ValueError, match="characters"):
        SIGNER.sign("abcd", (ID,) * 3, AMINA, NOW)


@given(st.integers(0, MARKS - 1))
def test_two_messages_of_one_minute_have_buttons_of_their_own(mark: int) -> None:
    token = SIGNER.sign("abcd", (ID,), AMINA, NOW, mark)
    assert SIGNER.open(token, AMINA) == SIGNER.open(SIGNER.sign("abcd", (ID,), AMINA, NOW, mark ^ 1), AMINA)
    assert token != SIGNER.sign("abcd", (ID,), AMINA, NOW, mark ^ 1)


def test_a_button_of_before_there_were_marks_still_works() -> None:
    """Such a button is in messages of the last thirty days when a new version starts."""
    before_marks = "abcdm" + SIGNER.sign("abcd", (), AMINA, NOW)[5:13]
    minutes = int((NOW - datetime(2025, 1, 1, tzinfo=UTC)) / timedelta(minutes=1))
    digits = ""
    while minutes:
        minutes, digit = divmod(minutes, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    body = f"{before_marks}{digits:0>5}~{ID}"
    signature = urlsafe_b64encode(hmac.digest(KEY, body.encode(), "sha256")[:9]).decode()
    opened = SIGNER.open(f"{body}.{signature}", AMINA)
    assert (opened.code, opened.values, opened.signed_at) == ("abcd", (ID,), NOW)


def test_a_token_cannot_carry_what_would_break_it() -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        SIGNER.sign("abcd", ("a~b",), AMINA, NOW)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_the_minute_a_button_was_made_is_kept(signed: datetime) -> None:
    signed = signed.replace(tzinfo=UTC)
    opened = SIGNER.open(SIGNER.sign("abcd", (), AMINA, signed), AMINA).signed_at
    assert timedelta(0) <= signed - opened < timedelta(minutes=1)


def test_each_name_has_its_own_code() -> None:
    assert code_of("lead add") != code_of("lead edit")
    assert len(code_of("lead add")) == 4
