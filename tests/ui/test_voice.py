"""What a text becomes: the reader's words, the right plural, and other people's words left as they are."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from bot.ui import values as v
from bot.ui.languages import best, spoken
from bot.ui.text import Text, t, tn
from bot.ui.voice import say

AFTERNOON = datetime(2026, 3, 12, 19, 0, tzinfo=UTC)


def test_a_moment_is_said_with_its_weekday_and_the_city_of_its_zone() -> None:
    sentence = say(v.Moment(AFTERNOON, "America/Toronto"), "en")
    assert sentence == "Thursday 12 March 2026 at 3:00 PM, Toronto time"


def test_the_same_moment_is_said_in_french() -> None:
    sentence = say(v.Moment(AFTERNOON, "America/Toronto"), "fr")
    assert sentence == "jeudi 12 mars 2026 à 15:00 (heure locale : Toronto)"


def test_french_has_a_word_of_its_own_for_the_first_of_a_month() -> None:
    first, second = date(2026, 4, 1), date(2026, 4, 2)
    assert say(v.Day(first), "fr") == "mercredi 1er avril 2026"
    assert say(v.WeekOf(first), "fr") == "1er avril 2026"
    assert say(v.Day(second), "fr") == "jeudi 2 avril 2026"
    assert say(v.Day(first), "en") == "Wednesday 1 April 2026"


def test_a_day_has_its_weekday() -> None:
    assert say(v.Day(date(2026, 3, 9)), "en") == "Monday 9 March 2026"


@pytest.mark.parametrize(("number", "words"), [(0, "0 leads"), (1, "1 lead"), (2, "2 leads"), (1000, "1,000 leads")])
def test_english_has_two_numbers(number: int, words: str) -> None:
    assert say(tn("{n} lead", "{n} leads", number), "en") == words


def test_things_are_listed_as_people_say_them() -> None:
    names = v.Together((v.UserText("Dana"), v.UserText("Tom"), v.UserText("Priya")))
    assert say(t("{names} wait.", names=names), "en") == "Dana, Tom, and Priya wait."


def test_things_to_choose_from_are_listed_with_or() -> None:
    commands = v.Together((v.CommandRef("lead add"), v.CommandRef("lead list")), any_of=True)
    assert say(t("Did you mean {commands}?", commands=commands), "en") == "Did you mean /lead add or /lead list?"
    assert (
        say(t("Did you mean {commands}?", commands=commands), "fr")
        == "Vouliez-vous dire /personne ajouter ou /personne liste ?"
    )


def test_a_name_that_ends_with_a_full_stop_ends_its_sentence_with_one() -> None:
    assert say(t("Well done. You met {name}.", name=v.UserText("Dana R.")), "en") == "Well done. You met Dana R."
    assert say(t("Well done. You met {name}.", name=v.UserText("Dana")), "en") == "Well done. You met Dana."


def test_a_name_cannot_reach_into_the_program() -> None:
    for name in ("{0.__class__}", "%s", "{name}", "{n}"):
        assert say(t("Hello {name}.", name=v.UserText(name)), "en") == f"Hello {name}."


def test_a_name_written_from_right_to_left_does_not_turn_the_sentence_around() -> None:
    assert say(t("{name} is on your list.", name=v.UserText("دانا")), "en") == "\u2068دانا\u2069 is on your list."
    assert "\u2068" not in say(t("{name} is on your list.", name=v.UserText("Dana")), "en")


@given(st.text())
def test_whatever_a_person_typed_control_characters_do_not_reach_the_screen(typed: str) -> None:
    sentence = say(t("{typed}", typed=v.UserText(typed)), "en")
    assert not any(ord(c) < 32 and c != "\n" for c in sentence)
    assert "\x7f" not in sentence


def test_a_slip_in_a_text_is_seen_and_breaks_nothing() -> None:
    assert say(t("Hello {nmae}."), "en") == "Hello {nmae}."


def test_a_text_can_be_said_in_a_fixed_language_for_posts_in_two_languages() -> None:
    sentence = say(v.InLanguage(Text("{day}", (("day", v.Day(date(2026, 3, 9))),)), "fr"), "en")
    assert sentence == "lundi 9 mars 2026"


def test_the_first_language_that_is_spoken_is_taken() -> None:
    assert best(None, "fr-CA", "en") == ("fr" if "fr" in spoken() else "en")
    assert best("xx", None) == "en"


@pytest.mark.parametrize(
    ("zone", "english", "french"),
    [
        ("America/Toronto", "Toronto time", "Toronto"),
        ("America/Montreal", "Montreal time", "Montréal"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time", "Buenos Aires"),
        ("America/Indiana/Knox", "Knox, Indiana time", "Knox [Indiana]"),
    ],
)
def test_a_time_zone_is_named_by_the_city_people_live_in(zone: str, english: str, french: str) -> None:
    assert say(v.ZoneName(zone), "en") == english
    assert say(v.ZoneName(zone), "fr") == french
