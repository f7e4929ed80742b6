"""/start and /help: the first two minutes."""

import pytest


async def test_a_newcomer_is_welcomed_with_what_the_platform_knows(circle):
    await circle.run("@amina speaks fr")
    seen = await circle.one("@amina /start")
    assert {field.name: field.value for field in seen.form.fields} == {
        "language": "fr",
        "zone": "America/Toronto",
        "work": "",
        "number": "2",
        "board": "",
    }


async def test_the_start_ends_with_the_first_person(circle):
    seen = await circle.one(
        '@amina /start language:en zone:"Vancouver" work:"I want to test software." number:3 board:name'
    )
    assert "Welcome, Amina" in seen.text
    assert "Language: English\nTime zone: Vancouver time\nThe work I want: I want to test software." in seen.text
    assert "Asks a week: 3\nOn the leaderboard: with my name" in seen.text
    assert "Now add the first person you would like to talk with." in seen.text
    assert [label for label, _ in seen.buttons] == ["Add my first person", "Plan my week"]
    assert (await circle.one('@amina press "Plan my week"')).form.fields[0].value == "3"
    assert (await circle.one('@amina press "Add my first person"')).form is not None
    await circle.run('@amina fill name:"Dana" organisation:"Nordik" why:"x"')
    again = await circle.one("@amina /start language:en zone:Montreal")
    assert "Your list is waiting for you." in again.text
    assert "The work I want: I want to test software." in again.text


async def test_a_newcomer_is_welcomed_in_the_language_they_choose(circle):
    seen = await circle.one('@amina /start language:fr zone:"Toronto"')
    assert "Bienvenue, Amina" in seen.text
    assert "Ajouter ma première personne" in [label for label, _ in seen.buttons]


async def test_a_nickname_is_chosen_right_after(circle):
    seen = await circle.one("@amina /start language:en zone:Toronto board:nickname")
    assert "Choose my nickname" in [label for label, _ in seen.buttons]
    assert "On the leaderboard: no" in (await circle.one("@amina /board me")).text
    await circle.run('@amina press "Choose my nickname"', '@amina fill nickname:"Maple"')
    assert "On the leaderboard: as Maple" in (await circle.one("@amina /board me")).text
    assert (await circle.one("@amina /start")).form.fields[4].value == "nickname"


async def test_what_was_typed_is_not_asked_again(circle):
    seen = await circle.one("@amina /start language:fr")
    assert [field.name for field in seen.form.fields] == ["zone", "work", "number", "board"]
    answer = await circle.one("@amina fill zone:Toronto")
    assert answer.error is None
    assert "Langue : français" in (await circle.one("@amina /me settings language:fr")).text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("language:en zone:xyzzy", "I do not know the time zone xyzzy."),
        ("language:latin zone:Toronto", "I do not speak latin yet."),
        ("language:en zone:Toronto number:51", "whole number from 0 to 50"),
        ("language:en zone:Toronto board:maybe", "Please choose one of these"),
    ],
)
async def test_what_is_not_understood_is_said(circle, values, sentence):
    seen = await circle.one(f"@amina /start {values}")
    assert seen.error in {"bad-value", "missing-value"}
    assert sentence in seen.text


async def test_a_city_that_is_not_sure_is_asked(circle):
    seen = await circle.one("@amina /start language:en zone:Torontow")
    assert "I do not know the city Torontow." in seen.text
    label = next(label for label, _ in seen.buttons if label.startswith("Toronto"))
    assert "Time zone: Toronto time" in (await circle.one(f'@amina press "{label}"')).text


async def test_help_says_what_there_is_and_defines_the_term_once(circle):
    seen = await circle.one("@amina /help")
    assert seen.text.count("informational interview") == 1
    for family in ("/start", "/lead: ", "/ask: ", "/meeting: ", "/week: ", "/tip: ", "/board: ", "/win: ", "/me: "):
        assert family in seen.text
    assert "/community" not in seen.text
    assert "/community" in (await circle.one("@organiser /help")).text
    assert "Your list is empty." in (await circle.one('@amina press "What do I do now?"')).text
    assert (await circle.one('@amina press "Add a person"')).form is not None


@pytest.mark.parametrize("typed", ["lead", "/lead", "LEAD", "lead add"])
async def test_help_of_a_family_has_one_example_for_each(circle, typed):
    seen = await circle.one(f"@amina /help {typed}")
    assert "/lead add: Add a person you would like to talk with." in seen.text
    assert 'For example: /lead add name:"Dana R."' in seen.text


async def test_a_family_alone_is_its_help(circle):
    assert "Help for /lead" in (await circle.one("@amina /lead")).text
    assert "What you can do here" in (await circle.one("@amina /")).text


async def test_a_command_that_is_not_there_names_the_nearest(circle):
    for line in ("/lede add", "/help lede add"):
        seen = await circle.one(f"@amina {line}")
        assert seen.error == "unknown-command"
        assert "/lead add" in seen.text
    assert (await circle.one('@amina suggest /help command:"lea"')).suggestions[0] == "lead"


async def test_a_newcomer_is_offered_cities_before_anything_was_typed(circle):
    seen = await circle.one('@amina suggest /start zone:"vanc"')
    assert seen.suggestions[0] == "Vancouver · Canada"


async def test_a_form_that_was_refused_keeps_the_zone(circle):
    seen = await circle.one("@amina /start language:en zone:Vancouver number:99")
    assert "whole number from 0 to 50" in seen.text
    assert "Time zone: Vancouver time" in (await circle.one("@amina fill number:2")).text
