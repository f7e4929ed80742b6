"""/lead: the people a member would like to talk with; everything is private to the member."""

import pytest

DANA = '/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'
TOM = '/lead add name:"Tom" organisation:"Hydro" why:"runs the test team"'


async def test_a_newcomer_without_anybody_is_told_what_to_do_next(circle):
    for line in ("/lead list", "/lead next"):
        seen = await circle.one(f"@amina {line}")
        assert "Your list is empty." in seen.text
        assert "Think of one person whose work interests you." in seen.text
        assert [label for label, _ in seen.buttons] == ["Add a person"]
    seen = await circle.one("@amina /lead list stage:asked")
    assert "Nobody on your list is at this stage." in seen.text
    assert (await circle.one('@amina press "Add a person"')).form is not None


async def test_a_person_is_added_and_the_next_step_is_offered(circle):
    seen = await circle.one(f"@amina {DANA}")
    assert seen.visibility == "private"
    assert "Dana R., Nordik is on your list." in seen.text
    assert "Next: write to them. Then tell me with /ask sent." in seen.text
    seen = await circle.one('@amina press "I asked them"')
    assert "You asked Dana R. on Monday 9 March 2026." in seen.text
    assert (await circle.one('@amina press "Add another person"')).form is not None


async def test_the_form_asks_for_what_is_missing(circle):
    seen = await circle.one('@amina /lead add name:"Dana"')
    assert [field.name for field in seen.form.fields] == ["name", "organisation", "why"]
    assert seen.form.fields[0].value == "Dana"
    seen = await circle.one('@amina fill organisation:"Nordik" why:"the sensor"')
    assert "Dana, Nordik is on your list." in seen.text


async def test_how_to_appear_is_asked_once_at_the_first_person(circle):
    first = await circle.one(f"@amina {DANA}")
    assert "May your name be on the leaderboard?" in first.text
    labels = [label for label, _ in first.buttons]
    assert labels[:3] == ["Join with my name", "Join with a nickname", "Do not show me on the board"]
    second = await circle.one(f"@amina {TOM}")
    assert "leaderboard" not in second.text
    assert "You are on the leaderboard as Amina." in (await circle.one('@amina press "Join with my name"')).text


async def test_not_on_the_board_is_an_answer_too(circle):
    await circle.run(f"@amina {DANA}")
    seen = await circle.one('@amina press "Do not show me on the board"')
    assert "You are not on the leaderboard. Your leads count in the total only." in seen.text
    assert "not on the" not in (await circle.one(f"@amina {TOM}")).text


async def test_who_said_it_at_the_start_is_not_asked_again(circle):
    await circle.run('@amina /start language:en zone:"Toronto" board:hidden')
    assert "leaderboard" not in (await circle.one(f"@amina {DANA}")).text


@pytest.mark.parametrize("same", ['name:"dana r" organisation:"NORDIK"', 'name:"ＤＡＮＡ  R." organisation:"Nordik."'])
async def test_adding_the_same_person_twice_changes_nothing_and_says_so(circle, same):
    await circle.run(f"@amina {DANA}")
    seen = await circle.one(f'@amina /lead add {same} why:"again"')
    assert "Dana R., Nordik is on your list already. Nothing changed." in seen.text
    assert "built the river sensor" in (await circle.one('@amina press "Show this person"')).text
    assert "1 person on your list" in (await circle.one("@amina /lead list")).text


async def test_two_members_can_have_the_same_person_and_see_only_their_own(circle):
    await circle.run(f"@amina {DANA}", f"@omar {DANA.replace('built the river sensor', 'secret reason')}")
    assert "secret reason" not in (await circle.one("@amina /lead show dana")).text
    assert "secret reason" in (await circle.one("@omar /lead show dana")).text
    seen = await circle.one("@li /lead show dana")
    assert seen.error == "not-found"
    assert "Dana" not in "".join((await circle.one('@li suggest /lead show lead:"da"')).suggestions)
    assert (await circle.one('@amina suggest /lead show lead:"da"')).suggestions == ("Dana R. · Nordik",)


@pytest.mark.parametrize(
    ("line", "error", "sentence"),
    [
        ('name:"Dana" organisation:"Nordik" why:"write to dana@nordik.org"', "bad-value", "dana@nordik.org"),
        ('name:"Dana 514 555 01 99" organisation:"Nordik" why:"x"', "bad-value", "phone numbers"),
        (f'name:"{"D" * 81}" organisation:"Nordik" why:"x"', "too-long", "The limit is 80."),
        (f'name:"Dana" organisation:"Nordik" why:"{"w" * 301}"', "too-long", "The limit is 300."),
        ('name:"Dana" organisation:"Nordik" why:"x" when:tomorrow', "bad-value", "This is in the future"),
        ('name:"Dana" organisation:"Nordik" why:"x" source:"Nobody"', "not-found", "this person on your list"),
        ('name:"Dana" organisation:"Nordik" why:"x" knows_term:perhaps', "bad-value", "yes, no, and not sure"),
        ('name:"Dana" name:"Tom" organisation:"Nordik" why:"x"', "bad-value", "name is there twice"),
    ],
)
async def test_what_cannot_be_kept_is_said_and_nothing_is_added(circle, line, error, sentence):
    seen = await circle.one(f"@amina /lead add {line}")
    assert seen.error == error
    assert sentence in seen.text
    assert "Your list is empty." in (await circle.one("@amina /lead list")).text


async def test_a_person_who_was_named_by_another_shows_who_gave_the_name(circle):
    await circle.run(f"@amina {DANA}", '@amina /lead add name:"Priya" organisation:"Acme" why:"test" source:"dana"')
    assert "Name given by: Dana R." in (await circle.one("@amina /lead show priya")).text


async def test_the_list_shows_stages_and_what_is_due_first(circle):
    await circle.run(f"@amina {DANA}", f"@amina {TOM}", "@amina /ask sent tom")
    seen = await circle.one("@amina /lead list")
    assert seen.text.splitlines()[2:4] == [
        "1. Tom, Hydro: asked, due Monday 16 March 2026",
        "2. Dana R., Nordik: new",
    ]
    seen = await circle.one("@amina /lead list stage:asked")
    assert "1 person on your list" in seen.text
    assert "Dana" not in seen.text
    await circle.run("@amina /lead close dana")
    assert "Dana R., Nordik: closed" in (await circle.one("@amina /lead list stage:closed")).text
    assert "Dana" not in (await circle.one("@amina /lead list")).text


async def test_a_long_list_has_pages(circle):
    await circle.run(
        *(f'@amina /lead add name:"Person {chr(65 + n)}" organisation:"Nordik" why:"x"' for n in range(12))
    )
    first = await circle.one("@amina /lead list")
    assert "12 people on your list" in first.text
    assert first.text.count(". Person") == 10
    second = await circle.one('@amina press "Show more"')
    assert [line for line in second.text.splitlines() if "Person" in line] == [
        "11. Person B, Nordik: new",
        "12. Person A, Nordik: new",
    ]
    assert "Stage: new" in (await circle.one('@amina press "Person L, Nordik"')).text
    assert "There is nobody on this page." in (await circle.one("@amina /lead list page:3")).text


STEPS = [
    ((), ["I asked them", "Edit", "My words", "Close"]),
    (("/ask sent dana",), ["They answered", "I asked again", "Edit", "My words", "Close"]),
    (("/ask sent dana", "/ask replied dana"), ["Plan a meeting", "Edit", "My words", "Close"]),
    (
        ('/meeting plan dana when:"2026-03-12 15:00"',),
        ["We met", "Prepare the talk", "Change the time", "Cancel the talk", "Edit", "My words", "Close"],
    ),
    (("/meeting log dana reached:yes",), ["We met again", "Plan a meeting", "Edit", "My words", "How often", "Close"]),
    (("/lead close dana",), ["Open again", "Edit", "My words"]),
]


@pytest.mark.parametrize(("before", "labels"), STEPS)
async def test_every_stage_offers_its_next_steps_and_each_can_be_pressed(circle, before, labels):
    await circle.run(f"@amina {DANA}", *(f"@amina {line}" for line in before))
    seen = await circle.one("@amina /lead show dana")
    assert [label for label, _ in seen.buttons] == labels
    for label in labels:
        await circle.run("@amina /lead show dana")
        assert (await circle.one(f'@amina press "{label}"')).error in {None, "not-now"}


async def test_editing_opens_a_form_with_what_is_there(circle):
    await circle.run(f"@amina {DANA}", "@amina /lead show dana")
    seen = await circle.one('@amina press "Edit"')
    assert {field.name: field.value for field in seen.form.fields} == {
        "name": "Dana R.",
        "organisation": "Nordik",
        "why": "built the river sensor",
        "notes": "",
        "knows_term": "not-sure",
    }
    seen = await circle.one('@amina fill notes:"likes rivers" knows_term:yes')
    assert "Saved." in seen.text
    assert "Notes: likes rivers" in seen.text
    assert "Why: built the river sensor" in seen.text


async def test_an_edit_cannot_make_two_entries_one_person(circle):
    await circle.run(f"@amina {DANA}", f"@amina {TOM}")
    seen = await circle.one('@amina /lead edit tom name:"Dana R" organisation:"nordik"')
    assert seen.error == "bad-value"
    assert "Two entries cannot be the same person." in seen.text
    assert "Tom, Hydro" in (await circle.one("@amina /lead show tom")).text


async def test_a_closed_person_can_be_opened_again(circle):
    await circle.run(f"@amina {DANA}", "@amina /ask sent dana")
    seen = await circle.one("@amina /lead close dana reason:not-for-me")
    assert "Dana R. is closed. You did what you could." in seen.text
    seen = await circle.one('@amina press "Open again"')
    assert "Dana R. is on your list again." in seen.text
    assert "Stage: asked" in seen.text
    assert (await circle.one('@amina press "Open again"')).text == seen.text
    await circle.run("at 2026-03-09T10:00", '@amina /lead add name:"Tom" organisation:"Hydro" why:"x"')
    assert "Dana R. is open already." in (await circle.one('@amina press "Open again"')).text


async def test_a_button_of_a_closed_person_says_how_to_go_on(circle):
    await circle.run(f"@amina {DANA}", "@amina /lead show dana", "@amina /lead close dana")
    seen = await circle.one('@amina press "I asked them"')
    assert seen.error == "not-now"
    assert "Dana R. is closed." in seen.text
    assert "/lead show" in seen.text


async def test_the_one_thing_to_do_now(circle):
    await circle.run(f"@amina {DANA}")
    seen = await circle.one("@amina /lead next")
    assert "Dana R., Nordik: they are on your list, and you did not write to them yet." in seen.text
    await circle.run("@amina /ask sent dana")
    seen = await circle.one("@amina /lead next")
    assert "There is nothing to do now. A new name is a good next step." in seen.text
    await circle.run("at 2026-03-16T10:00")
    seen = await circle.one("@amina /lead next")
    assert "Dana R., Nordik: no answer yet, so send one more short message." in seen.text
    await circle.run("@amina /ask replied dana", "at 2026-03-18T10:00")
    seen = await circle.one("@amina /lead next")
    assert "they answered, so propose a time." in seen.text


async def test_what_was_met_can_be_marked_as_done_from_the_one_thing_to_do(circle):
    await circle.run(f"@amina {DANA}", "@amina /meeting log dana reached:yes", "at 2026-03-10T10:00")
    seen = await circle.one("@amina /lead next")
    assert "you met, so say thank you." in seen.text
    seen = await circle.one('@amina press "I did it"')
    assert "Well done. You did this for Dana R." in seen.text
    assert "I remind you on: Tuesday 17 March 2026" in seen.text


async def test_a_person_found_last_week_counts_in_last_week(circle):
    await circle.run("at 2026-03-16T09:00")
    seen = await circle.one(f"@amina {DANA} when:yesterday")
    assert "late" not in seen.text
    assert "New names: 1" in (await circle.one("@amina /week last")).text
    await circle.run("at 2026-03-16T12:31")
    seen = await circle.one(f"@amina {TOM} when:yesterday")
    assert "This came late for the week of 9 March 2026. Thank you." in seen.text
