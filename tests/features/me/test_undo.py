"""/me undo takes back the last thing, whatever it was; what is in a posted week stays there, and that is said."""

import pytest

from bot.engine.invocation import PressedButton

DANA = '/lead add name:"Dana R." organisation:"Nordik" why:"rivers"'
UNDO = "@amina /me undo"


async def test_the_last_things_go_one_after_the_other_in_their_order(circle):
    await circle.run(
        f"@amina {DANA}",
        "@amina /ask sent lead:dana",
        "@amina /ask replied lead:dana answer:yes",
        '@amina /meeting plan lead:dana when:"2026-03-12 15:00"',
        "@amina /meeting log lead:dana reached:yes",
        "@amina /week report asks:1",
        "@amina /week report asks:3",
        '@amina /win share text:"a good talk" show:name',
        '@amina /lead import rows:"Tom; Hydro; tests"',
        '@amina press "Yes, add 1 person"',
    )
    for words in (
        "1 person is off your list again.",
        "I took back your good news.",
        "Your earlier report counts again.",
        "I took back your report of the week of",
        "I took back your meeting with Dana R.",
        "Your talk with Dana R. on Thursday 12 March 2026",
        "I took back the answer of Dana R.",
        "I took back your message to Dana R.",
        "Dana R., Nordik is off your list again.",
        "There is nothing to take back.",
    ):
        assert words in (await circle.one(UNDO)).text
    assert "Your list is empty." in (await circle.one("@amina /lead list")).text


async def test_a_closed_person_is_open_again_and_a_changed_answer_is_as_before(circle):
    await circle.run(f"@amina {DANA}", "@amina /ask sent lead:dana", "@amina /ask replied lead:dana answer:later")
    await circle.run(
        '@amina /lead add name:"Tom" organisation:"Hydro" why:"tests"', "@amina /ask replied lead:dana answer:yes"
    )
    assert "The answer is again: later" in (await circle.one(UNDO)).text
    await circle.run("@amina /lead close lead:dana")
    assert "Dana R. is on your list again." in (await circle.one(UNDO)).text
    assert "Tom, Hydro is off your list again." in (await circle.one(UNDO)).text


async def test_two_people_who_became_one_are_two_again(circle):
    await circle.run(f"@amina {DANA}", '@amina /lead add name:"Tom" organisation:"Hydro" why:"tests"')
    await circle.run('@amina /lead merge lead:"dana" other:"tom"')
    assert "are two people again" in (await circle.one(UNDO)).text


async def test_what_was_refused_is_nothing_that_was_done(circle):
    await circle.run(f"@amina {DANA}", '@amina /lead merge lead:"dana" other:"nobody"')
    assert "Dana R., Nordik is off your list again." in (await circle.one(UNDO)).text


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (DANA, "Dana R., Nordik is off your list again."),
        ("/week report asks:2", "I took back your report"),
        ('/win share text:"a job" show:name', "I took back your good news."),
    ],
)
async def test_a_button_under_the_answer_does_the_same(circle, line, sentence):
    await circle.run(f"@amina {line}")
    assert sentence in (await circle.one('@amina press "Take it back"')).text
    assert "There is nothing to take back." in (await circle.one(UNDO)).text


async def test_after_a_day_nothing_is_taken_back(circle):
    await circle.run(f"@amina {DANA}", "at 2026-03-10T09:01")
    assert "There is nothing to take back." in (await circle.one(UNDO)).text


async def test_somebody_of_whom_more_came_stays(circle):
    await circle.run(f"@amina {DANA}", "@amina /ask sent lead:dana")
    await circle.run(f"@amina {DANA.replace('Dana R.', 'Priya').replace('rivers', 'x')} source:dana")
    seen = await circle.one('@amina press "Take it back"')
    assert "Priya, Nordik is off your list again." in seen.text
    assert "Dana R." in (await circle.one("@amina /lead list")).text


async def test_what_a_posted_week_counted_stays_there_and_that_is_said(circle):
    await circle.run("at 2026-03-15T18:00", f"@amina {DANA}", "at 2026-03-16T13:00")
    seen = await circle.one(UNDO)
    assert "Dana R., Nordik is off your list again." in seen.text
    assert "The numbers of the week of 9 March 2026 are posted, so they do not change." in seen.text


async def test_good_news_that_a_digest_showed_stays(circle):
    for who in ("amina", "omar", "li"):
        await circle.run(f"@{who} {DANA}")
    await circle.run("at 2026-03-15T18:00", '@amina /win share text:"a job" show:name', "at 2026-03-16T12:31")
    assert "This good news was in the digest of Monday 16 March 2026." in (await circle.one(UNDO)).text


async def test_a_talk_that_was_moved_has_its_earlier_day_again_and_then_the_person_stands_as_before(circle):
    await circle.run(
        f"@amina {DANA}",
        '@amina /meeting plan lead:dana when:"2026-03-12 15:00" place:"phone"',
        '@amina /meeting plan lead:dana when:"2026-03-13 16:00" place:"café"',
    )
    seen = await circle.one(UNDO)
    assert "Your talk with Dana R. is on Thursday 12 March 2026 at 3:00 PM, Toronto time again." in seen.text
    assert b"SEQUENCE:2" in seen.files[0].data
    assert b"phone" in seen.files[0].data
    seen = await circle.one(UNDO)
    assert "is cancelled." in seen.text
    assert b"METHOD:CANCEL" in seen.files[0].data
    card = (await circle.one("@amina /lead show lead:dana")).text
    assert "Stage: new" in card
    assert "Due" not in card
    assert "Dana R., Nordik is off your list again." in (await circle.one(UNDO)).text


async def test_a_cancelled_talk_is_planned_again(circle):
    await circle.run(f"@amina {DANA}", '@amina /meeting plan lead:dana when:"2026-03-12 15:00"')
    await circle.run("@amina /meeting cancel lead:dana")
    assert "I took back that you cancelled it." in (await circle.one(UNDO)).text
    assert "12 March 2026" in (await circle.one("@amina /meeting list")).text


async def test_what_was_prepared_for_a_talk_stays_when_its_day_goes(circle):
    await circle.run(f"@amina {DANA}", '@amina /meeting prep lead:dana goal:"know rivers"')
    await circle.run('@amina /meeting plan lead:dana when:"2026-03-12 15:00"', UNDO)
    assert "Dana R.: prepared, not planned yet" in (await circle.one("@amina /meeting list")).text
    form = (await circle.one("@amina /meeting prep lead:dana")).form
    assert form.fields[0].value == "know rivers"


async def test_after_what_stays_the_thing_before_it_is_offered(circle):
    for who in ("amina", "omar", "li"):
        await circle.run(f"@{who} {DANA}")
    await circle.run("at 2026-03-15T18:00", "@amina /ask sent lead:dana", "@amina /week report asks:1")
    await circle.run('@amina /win share text:"a job" show:name', "at 2026-03-16T12:31", "restart")
    for words in ("I took back your report", "I took back your message to Dana R."):
        assert "This good news was in the digest" in (await circle.one(UNDO)).text
        assert words in (await circle.one('@amina press "Take back what came before"')).text
    assert not (await circle.one(UNDO)).buttons


async def test_notes_of_a_person_are_not_lost_and_what_was_typed_can_be_added_again(circle):
    added = await circle.one(f"@amina {DANA}")
    await circle.run('@amina /lead edit lead:dana notes:"plays chess"')
    seen = await circle.session.ask("amina", PressedButton(dict(added.buttons)["Take it back"].token))
    assert "Dana R. stays on your list, because you did more with them since." in seen.text
    await circle.run('@amina /lead add name:"Tom" organisation:"Hydro" why:"tests"', UNDO)
    form = (await circle.one('@amina press "Add them again"')).form
    assert [field.value for field in form.fields] == ["Tom", "Hydro", "tests"]


async def test_nobody_takes_back_what_is_anothers(circle):
    await circle.run(f"@amina {DANA}")
    assert "There is nothing to take back." in (await circle.one("@omar /me undo")).text
    assert "Dana R." in (await circle.one("@amina /lead list")).text
