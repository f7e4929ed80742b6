"""The buttons of the morning message: done, later, stop."""

import pytest

from bot.engine.invocation import PressedButton


@pytest.fixture
async def morning(amina):
    """It is the morning on which a short second message to Dana is due."""
    await amina.run("@amina /ask sent dana", "at 2026-03-16T09:00")
    return amina


async def test_done_counts_as_the_next_message(morning):
    seen = await morning.one('@amina press "Done"')
    assert "Well done. You did this for Dana R." in seen.text
    assert "I remind you on: Monday 23 March 2026" in seen.text
    assert "Asks this week: 1" in (await morning.one("@amina /board me")).text


@pytest.mark.parametrize(
    ("choice", "day"),
    [("tomorrow", "Tuesday 17 March"), ("three-days", "Thursday 19 March"), ("monday", "Monday 23 March")],
)
async def test_later_puts_it_off(morning, choice, day):
    seen = await morning.one('@amina press "Remind me later"')
    assert [field.name for field in seen.form.fields] == ["until"]
    seen = await morning.one(f"@amina fill until:{choice}")
    assert "Good. Dana R. can wait." in seen.text
    assert f"I remind you on: {day} 2026" in seen.text
    number = day.split()[1]
    assert len([message for message in await morning.run(f"at 2026-03-{number}T09:00") if message.to == "@amina"]) == 1


async def test_stop_is_silent_until_something_new_is_logged(morning):
    seen = await morning.one('@amina press "Stop reminders"')
    assert "I remind you of Dana R. no more, until you log something new." in seen.text
    assert not [message for message in await morning.run("at 2026-04-20T12:00") if message.to == "@amina"]
    seen = await morning.one("@amina /ask sent dana")
    assert "I remind you on: Monday 27 April 2026" in seen.text


async def test_done_after_a_meeting_goes_on_to_the_monthly_hello(amina):
    await amina.run("@amina /meeting log dana reached:yes", "at 2026-03-10T09:00")
    answers = []
    for day in ("03-17", "04-16", "05-18"):
        answers.append((await amina.one('@amina press "Done"')).text)
        assert [message for message in await amina.run(f"at 2026-{day}T09:00") if message.to == "@amina"]
    assert "you met a week ago, so tell them what you did since then" in answers[0]
    assert "you met or wrote a month ago, so send a short hello" in answers[1]
    assert "Stage: in touch" in (await amina.one("@amina /lead show dana")).text
    assert (await amina.one('@amina press "Plan a meeting"')).form is not None


async def test_the_button_of_a_person_who_is_gone_says_so(morning):
    await morning.run("@amina /me forget", '@amina press "Yes, erase everything"')
    seen = await morning.one('@amina press "Done"')
    assert seen.error == "not-found"


async def test_done_counts_once_and_says_what_is_true_after_something_else(morning):
    message = next(seen for seen in reversed(morning.session.screen.seen) if seen.to == "@amina")
    press, later = (PressedButton(dict(message.buttons)[label].token) for label in ("Done", "Remind me later"))
    first = await morning.session.ask("amina", press)
    assert (await morning.session.ask("amina", press)).text == first.text
    await morning.run('@amina /lead add name:"Tom" organisation:"Hydro" why:"x"')
    seen = await morning.session.ask("amina", press)
    assert seen.text.startswith("Dana R.: asked.\n\nI remind you on: Monday 23 March 2026")
    assert "Nothing changed now." in seen.text
    # Nor does the old message move what is due a week later.
    refused = await morning.session.ask("amina", later)
    assert refused.error == "not-now"
    assert refused.form is None
    assert "Asks this week: 1" in (await morning.one("@amina /board me")).text
    assert "Stage: asked" in (await morning.one("@amina /lead show dana")).text


async def test_done_works_after_later_because_it_is_the_same_thing(morning):
    message = next(seen for seen in reversed(morning.session.screen.seen) if seen.to == "@amina")
    await morning.run('@amina press "Remind me later"', "@amina fill until:monday", "at 2026-03-17T10:00")
    seen = await morning.session.ask("amina", PressedButton(dict(message.buttons)["Done"].token))
    assert "Well done. You did this for Dana R." in seen.text


async def test_done_counts_as_a_message_that_can_be_taken_back(morning):
    await morning.run('@amina press "Done"')
    seen = await morning.one('@amina press "Take it back"')
    assert "I took back your message to Dana R." in seen.text
    assert "I remind you on: Monday 16 March 2026" in seen.text


async def test_after_proposing_a_time_the_next_thing_is_not_to_propose_it_again(amina):
    await amina.run("@amina /ask sent dana", "@amina /ask replied dana")
    seen = await amina.one("@amina /followup done dana")
    assert "Because: they answered once, but not again yet, so send a short message" in seen.text
    assert "There is nothing to do now." in (await amina.one("@amina /lead next")).text
    (told,) = [message for message in await amina.run("at 2026-03-16T10:00") if message.to == "@amina"]
    assert "they answered once" in told.text
    seen = await amina.one("@amina /lead next")
    assert seen.buttons[0][0] == "I did it"


async def test_what_was_put_off_is_not_the_next_thing(amina):
    await amina.run("@amina /ask sent dana", "@amina /ask replied dana", "@amina /followup snooze dana until:monday")
    assert "There is nothing to do now." in (await amina.one("@amina /lead next")).text
    assert "propose a time" in (await amina.one("@amina /followup list")).text


@pytest.mark.parametrize("line", ["/followup done dana", "/followup snooze dana until:monday"])
async def test_where_nothing_is_due_that_is_said(amina, line):
    assert (await amina.one(f"@amina {line}")).text == "There is nothing to do for Dana R."
