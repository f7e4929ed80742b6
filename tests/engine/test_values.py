"""Choices, numbers, yes and no, names of places: as people type them, in English and in French."""

import pytest

from bot.engine.matching import pick, rank
from bot.engine.numbers import read_number, read_yes_no
from bot.ui.text import t
from bot.ui.voice import say
from tests.support.console import Console

THINGS = {
    "chat": ("chat", t("a casual chat")),
    "call": ("call", t("a short call")),
    "other": ("other", t("something else")),
}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2", 2),
        (" 2 ", 2),
        ("007", 7),
        ("٣", 3),
        ("३", 3),
        ("２", 2),
        ("two", 2),
        ("Deux", 2),
        ("zéro", 0),
        ("aucune", 0),
        ("none", 0),
        ("onze", 11),
        ("-1", None),
        ("2.5", None),
        ("1,5", None),
        ("two or three", None),
        ("1e3", None),
        ("½", None),
        ("9" * 400, None),
        ("", None),
    ],
)
def test_a_number_is_read_in_digits_of_any_script_and_as_a_small_word(typed: str, number: int | None) -> None:
    assert read_number(typed, "en") == number


@pytest.mark.parametrize("typed", ["yes", "Y", "OK", "oui", "Oui ", "d'accord", "vrai"])
def test_yes_is_yes_in_both_languages(typed: str) -> None:
    assert read_yes_no(typed) is True


@pytest.mark.parametrize("typed", ["no", "N", "non", "Nope", "faux"])
def test_no_is_no_in_both_languages(typed: str) -> None:
    assert read_yes_no(typed) is False


@pytest.mark.parametrize("typed", ["maybe", "peut-être", "", "yes no", "on"])
def test_what_is_neither_is_asked(typed: str) -> None:
    assert read_yes_no(typed) is None


@pytest.mark.parametrize(
    ("typed", "language", "thing"),
    [
        ("chat", "en", "chat"),
        ("CHAT", "fr", "chat"),
        ("a casual chat", "fr", "chat"),
        ("a casual", "en", "chat"),
        (say(t("something else"), "fr"), "fr", "other"),
        ("Something Else", "en", "other"),
        ("a", "en", None),
        ("tea", "en", None),
        ("", "en", None),
    ],
)
def test_a_choice_is_found_by_its_word_or_its_beginning(typed: str, language: str, thing: str | None) -> None:
    assert pick(typed, THINGS, language) == thing


def test_what_begins_like_what_was_typed_comes_before_what_holds_it() -> None:
    names = ["Ada Nordik", "Nora", "Leonora", "Zed"]
    assert [names[i] for i in rank("nor", names)][:3] == ["Nora", "Ada Nordik", "Leonora"]
    assert rank("", names, limit=2) == [0, 1]
    assert [names[i] for i in rank("nor", names, limit=1)] == ["Nora"]
    assert rank("qqqq", names) == []


@pytest.mark.parametrize(
    ("line", "error", "words"),
    [
        ("/week plan asks:many", "bad-value", "please give a whole number from 0 to 50"),
        ("/week plan asks:51", "bad-value", "from 0 to 50"),
        ("/tip get topic:cooking", "bad-value", "I do not know cooking"),
        ("/me settings reminders:perhaps", "bad-value", "please answer yes or no"),
        ("/me settings language:klingon", "bad-value", "I do not speak klingon yet"),
        ("/me settings zone:qqqqqq", "bad-value", "I do not know the time zone qqqqqq"),
        ("/me settings zone:Torronto", "bad-value", "I do not know the city Torronto"),
        ('/week plan asks:2 sentence:"' + "x" * 201 + '"', "too-long", "this has 201 characters"),
        ('/week plan asks:2 sentence:"\u200b"', "bad-value", "please write something"),
    ],
)
async def test_a_value_that_is_not_understood_is_answered_with_what_to_type(
    circle: Console, line: str, error: str, words: str
) -> None:
    seen = await circle.one(f"@amina {line}")
    assert seen.error == error
    assert words in seen.text


@pytest.mark.parametrize("typed", ["Vancouver", "vancouvér", "america/vancouver", "America/Vancouver"])
async def test_a_zone_is_found_by_its_city_with_or_without_accents(circle: Console, typed: str) -> None:
    seen = await circle.one(f"@amina /me settings zone:{typed}")
    assert seen.error is None
    assert "Vancouver time" in seen.text


@pytest.mark.parametrize("typed", ["fr", "French", "français", "Francais", say(t("English"), "fr"), "english"])
async def test_a_language_is_found_by_its_name_in_either_language(circle: Console, typed: str) -> None:
    assert (await circle.one(f"@amina /me settings language:{typed}")).error is None


async def test_several_problems_are_told_at_once(circle: Console) -> None:
    seen = await circle.one("@amina /me settings reminders:perhaps language:klingon number:many")
    assert seen.text.count("\n\n") >= 3
    assert all(words in seen.text for words in ("klingon", "yes or no", "whole number"))


@pytest.mark.parametrize(
    ("typed", "error"),
    [("#digest", None), ("<#C123|digest>", None), ("digest-2", None), ("a b", "bad-value"), ("@everyone", "bad-value")],
)
async def test_a_channel_is_taken_by_its_name(circle: Console, typed: str, error: str | None) -> None:
    seen = await circle.one(f'@organiser /community setup channel:"{typed}" zone:Toronto language:en')
    assert seen.error == error


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12:30", "12:30 PM"),
        ("9h", "9:00 AM"),
        ("9h15", "9:15 AM"),
        ("17", "5:00 PM"),
        ("17.30", "5:30 PM"),
        ("noon", "12:00 PM"),
        ("midi", "12:00 PM"),
        ('"5 pm"', "5:00 PM"),
        ('"neuf heures et demie"', "9:30 AM"),
        ("١٢:٣٠", "12:30 PM"),
    ],
)
async def test_an_hour_of_the_day_is_read(circle: Console, typed: str, shown: str) -> None:
    seen = await circle.one(f"@organiser /community settings hour:{typed}")
    assert shown in seen.text


@pytest.mark.parametrize("typed", ["25:00", "12:61", "later", "9h5", "monday", '"12:30 monday"'])
async def test_an_hour_that_is_none_is_refused(circle: Console, typed: str) -> None:
    seen = await circle.one(f"@organiser /community settings hour:{typed}")
    assert (seen.error, "is not a time" in seen.text) == ("bad-value", True)
