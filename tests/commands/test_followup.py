"""The buttons of the morning message: done, later, stop."""

import pytest


@pytest.fixture
async def morning(amina):
    """It is the morning on which a short second message to Dana is due."""
    await amina.run("@amina /ask sent dana", "at 2026-03-16T09:00")
    return amina


async def test_done_counts_as_the_next_message(morning):
    seen = await morning.one('@amina press "Done"')
    assert "Well done with Dana R." in seen.text
    assert "I remind you on: Monday 23 March 2026" in seen.text
    assert "Asks this week: 1" in (await morning.one("@amina /board me")).text


@pytest.mark.parametrize(
    ("choice", "day"),
    [("tomorrow", "Tuesday 17 March"), ("three-days", "Thursday 19 March"), ("monday", "Monday 23 March")],
)
async def test_later_puts_it_off(morning, choice, day):
    seen = await morning.one('@amina press "Later"')
    assert [field.name for field in seen.form.fields] == ["until"]
    seen = await morning.one(f"@amina fill until:{choice}")
    assert "Good. Dana R. can wait." in seen.text
    assert f"I remind you on: {day} 2026" in seen.text
    number = day.split()[1]
    assert len([each for each in await morning.run(f"at 2026-03-{number}T09:00") if each.to == "@amina"]) == 1


async def test_stop_is_silent_until_something_new_is_logged(morning):
    seen = await morning.one('@amina press "Stop reminders"')
    assert "I remind you of Dana R. no more, until you log something new." in seen.text
    assert not [each for each in await morning.run("at 2026-04-20T12:00") if each.to == "@amina"]
    seen = await morning.one("@amina /ask sent dana")
    assert "I remind you on: Monday 27 April 2026" in seen.text


async def test_done_after_a_meeting_goes_on_to_the_monthly_hello(amina):
    await amina.run("@amina /meeting log dana reached:yes", "at 2026-03-10T09:00")
    said = []
    for day in ("03-17", "04-16", "05-18"):
        said.append((await amina.one('@amina press "Done"')).text)
        assert [each for each in await amina.run(f"at 2026-{day}T09:00") if each.to == "@amina"]
    assert "you met a week ago, so tell them how it goes" in said[0]
    assert "it is a month, so say a short hello" in said[1]
    assert "Stage: in touch" in (await amina.one("@amina /lead show dana")).text
    assert (await amina.one('@amina press "Plan a meeting"')).form is not None


async def test_the_button_of_a_person_who_is_gone_says_so(morning):
    await morning.run("@amina /me forget", '@amina press "Yes, erase everything"')
    seen = await morning.one('@amina press "Done"')
    assert seen.error == "not-found"
