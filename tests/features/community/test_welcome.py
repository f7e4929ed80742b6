"""A welcome that the organisers write stands above the first answer of a new member, once."""

import pytest

from bot.engine.invocation import CalledCommand
from tests.support.console import said

WORDS = "Welcome! We meet on Tuesdays."
ADD = '/lead add name:"Dana" organisation:"Nordik" why:"x"'


@pytest.fixture(autouse=True)
async def organiser(circle):
    await circle.run("@olga as organiser")


@pytest.mark.parametrize(
    "first", [ADD, "/lead list", "/tip get", "/board show", "/help", "/me export", "/week plan asks:2"]
)
async def test_it_stands_above_the_first_answer_and_above_no_other(circle, first):
    await circle.run(f'@olga /community welcome text:"{WORDS}"')
    seen = await circle.one(f"@eve {first}")
    assert seen.text.startswith(f"{WORDS}\n\nThese words are from the organisers of this community.")
    assert WORDS not in (await circle.one(f"@eve {first}")).text
    assert WORDS not in (await circle.one("@eve /lead next")).text


async def test_a_form_or_a_mistake_is_no_answer_so_it_waits(circle):
    await circle.run(f'@olga /community welcome text:"{WORDS}"')
    assert (await circle.one("@eve /start")).form is not None
    assert WORDS not in (await circle.one("@eve /nonsense")).text
    assert WORDS not in (await circle.one('@eve /lead show "nobody"')).text
    assert (await circle.one('@eve fill language:en zone:"Toronto"')).text.startswith(WORDS)


async def test_the_first_press_counts_too(circle):
    await circle.run(f'@olga /community welcome text:"{WORDS}"', "at 2026-03-16T12:30")
    assert (await circle.one('@eve press "Read a tip"')).text.startswith(WORDS)


async def test_who_was_there_before_is_not_new(circle):
    await circle.run(f"@amina {ADD}", f'@olga /community welcome text:"{WORDS}"')
    assert WORDS not in (await circle.one("@amina /lead list")).text


async def test_the_same_delivery_gets_the_same_answer(circle):
    await circle.run(f'@olga /community welcome text:"{WORDS}"')
    asked = CalledCommand("tip share", {"text": "Rest well", "topic": "other"})
    first = await circle.answer(asked, who="eve", delivery="one")
    again = await circle.answer(asked, who="eve", delivery="one")
    assert said(first) == said(again)
    assert said(first).startswith(WORDS)


async def test_a_community_of_two_languages_greets_in_both(circle):
    await circle.run(
        "@olga /community setup channel:#digest zone:Toronto language:en second_language:fr",
        f'@olga /community welcome text:"{WORDS}" second:"Bienvenue !"',
        "@luc speaks fr",
    )
    shown = await circle.one(f'@olga /community welcome text:"{WORDS}"')
    assert f"English: {WORDS}\nfrançais: Bienvenue !" in shown.text
    seen = await circle.one("@luc /personne liste")
    assert seen.text.startswith("Bienvenue !\n\nCes mots viennent des responsables de cette communauté.")
    assert (await circle.one("@eve /lead list")).text.startswith(WORDS)


async def test_words_in_a_second_language_that_is_not_set_wait_and_that_is_said(circle):
    seen = await circle.one(f'@olga /community welcome text:"{WORDS}" second:"Bienvenue !"')
    assert "No second language is set yet. So nobody reads the second words." in seen.text
    assert (await circle.one('@olga press "Choose the second language"')).form is not None
    await circle.run("@olga /community setup channel:#digest zone:Toronto language:en second_language:fr")
    seen = await circle.one(f'@olga /community welcome text:"{WORDS}" second:"Bienvenue !"')
    assert "No second language" not in seen.text


async def test_it_is_shown_changed_and_taken_away(circle):
    seen = await circle.one("@olga /community welcome")
    assert {field.name: field.value for field in seen.form.fields} == {"text": "", "second": ""}
    seen = await circle.one(f'@olga fill text:"{WORDS}"')
    assert WORDS in seen.text
    form = (await circle.one('@olga press "Change the welcome"')).form
    assert form.fields[0].value == WORDS
    await circle.run('@olga press "Take the welcome away"')
    assert WORDS not in (await circle.one("@eve /lead list")).text


async def test_without_a_welcome_who_comes_before_it_is_not_greeted_later(circle):
    await circle.run("@eve /lead list", f'@olga /community welcome text:"{WORDS}"')
    assert WORDS not in (await circle.one("@eve /lead list")).text


async def test_an_address_is_refused_and_members_cannot_write_it(circle):
    assert (await circle.one('@olga /community welcome text:"Write to olga@example.org"')).error == "bad-value"
    assert (await circle.one(f'@eve /community welcome text:"{WORDS}"')).error == "not-allowed"


async def test_it_is_stored_sealed_and_members_words_cannot_format(circle):
    await circle.run('@olga /community welcome text:"Canary *bold* @everyone"', "@eve /lead list")
    assert b"Canary" not in circle.stored


async def test_who_is_forgotten_and_comes_back_is_new(circle):
    await circle.run(
        f'@olga /community welcome text:"{WORDS}"', "@eve /me forget", '@eve press "Yes, erase everything"'
    )
    assert (await circle.one("@eve /lead list")).text.startswith(WORDS)
