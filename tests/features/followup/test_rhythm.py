"""A rhythm of one's own: how often to say hello, everything later, and any day to come."""

import pytest

MET = "@amina /meeting log lead:dana reached:yes another:yes"


@pytest.fixture
async def in_touch(amina):
    """Amina met Dana, thanked her and told her news; the next hello is due a month later."""
    await amina.run(MET, "at 2026-03-10T09:00", "@amina /followup done dana", "at 2026-03-17T09:00")
    assert "I remind you on: Thursday 16 April 2026" in (await amina.one("@amina /followup done dana")).text
    return amina


@pytest.mark.parametrize(
    ("rhythm", "day", "why"),
    [
        ("two-weeks", "Tuesday 31 March", "two weeks ago"),
        ('"every 2 weeks"', "Tuesday 31 March", "two weeks ago"),
        ("month", "Thursday 16 April", "a month ago"),
        ('"3 months"', "Tuesday 16 June", "three months ago"),
    ],
)
async def test_a_hello_comes_in_the_rhythm_of_the_member(in_touch, rhythm, day, why):
    seen = await in_touch.one(f"@amina /followup rhythm dana rhythm:{rhythm}")
    assert f"I remind you on: {day} 2026" in seen.text
    assert why in seen.text


async def test_the_rhythm_goes_on_with_each_hello(in_touch):
    await in_touch.run("@amina /followup rhythm dana rhythm:two-weeks")
    heard = await in_touch.run("at 2026-03-31T09:00")
    assert any("you met or wrote two weeks ago, so send a short hello" in message.text for message in heard)
    assert "I remind you on: Tuesday 14 April 2026" in (await in_touch.one('@amina press "Done"')).text


async def test_a_shorter_rhythm_is_never_due_before_tomorrow(in_touch):
    await in_touch.run("@amina /followup rhythm dana rhythm:three-months", "at 2026-05-20T09:00")
    seen = await in_touch.one("@amina /followup rhythm dana rhythm:two-weeks")
    assert "I remind you on: Thursday 21 May 2026" in seen.text


async def test_before_a_talk_the_rhythm_waits_for_it(amina):
    seen = await amina.one("@amina /followup rhythm dana rhythm:two-weeks")
    assert "It begins when you have met." in seen.text
    await amina.run(MET, "at 2026-03-10T09:00", "@amina /followup done dana", "at 2026-03-17T09:00")
    assert "I remind you on: Tuesday 31 March 2026" in (await amina.one("@amina /followup done dana")).text


async def test_a_rhythm_takes_up_a_person_whose_reminders_were_stopped(in_touch):
    await in_touch.run("@amina /followup off dana")
    seen = await in_touch.one("@amina /followup rhythm dana rhythm:two-weeks")
    assert "I remind you on: Tuesday 31 March 2026" in seen.text


async def test_the_rhythm_of_a_person_is_on_their_card(in_touch):
    await in_touch.run("@amina /followup rhythm dana rhythm:three-months")
    seen = await in_touch.one("@amina /lead show dana")
    assert "Say hello: every 3 months" in seen.text
    seen = await in_touch.one('@amina press "How often"')
    assert [field.name for field in seen.form.fields] == ["rhythm"]


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("2026-04-15", "Wednesday 15 April"),
        ('"15 april"', "Wednesday 15 April"),
        ('"15 avril"', "Wednesday 15 April"),
        ('"in 2 weeks"', "Monday 23 March"),
        ("month", "Wednesday 8 April"),
        ('"In 3 months"', "Monday 8 June"),
        ('"in 10 days"', "Thursday 19 March"),
        ("friday", "Friday 13 March"),
    ],
)
async def test_a_step_waits_until_any_day(amina, until, day):
    await amina.run("@amina /ask sent dana")
    seen = await amina.one(f"@amina /followup snooze dana until:{until}")
    assert f"I remind you on: {day} 2026" in seen.text
    number, month = day.split()[1:]
    heard = await amina.run(f"at 2026-{ {'March': 3, 'April': 4, 'June': 6}[month]:02}-{int(number):02}T09:00")
    assert len([message for message in heard if message.to == "@amina"]) == 1


@pytest.mark.parametrize("until", ["today", "2026-03-09", "yesterday", "2026-03-01", "soon", "2031-01-01"])
async def test_what_is_no_day_to_come_changes_nothing(amina, until):
    await amina.run("@amina /ask sent dana")
    assert (await amina.one(f"@amina /followup snooze dana until:{until}")).error == "bad-value"
    assert "Monday 16 March 2026" in (await amina.one("@amina /lead show dana")).text


async def test_everything_waits_until_a_day_at_once(amina):
    await amina.run(
        '@amina /lead add name:"Tom L." organisation:"Hydro" why:"x"',
        '@amina /lead add name:"Wen H." organisation:"City" why:"x"',
        "@amina /ask sent dana",
        "@amina /ask sent tom",
        "at 2026-03-12T09:00",
        "@amina /ask sent wen",
    )
    seen = await amina.one("@amina /followup all-later until:2026-03-19")
    assert "2 people can wait until Thursday 19 March 2026." in seen.text
    heard = await amina.run("at 2026-03-18T12:00")
    assert not [message for message in heard if message.to == "@amina" and "thing" in message.text]
    (heard,) = [message for message in await amina.run("at 2026-03-19T09:00") if message.to == "@amina"]
    assert "3 things for today" in heard.text
    seen = await amina.one("@amina /followup list")
    assert [field.name for field in (await amina.one('@amina press "All of it later"')).form.fields] == ["until"]
    assert "3 people can wait until" in (await amina.one("@amina fill until:tomorrow")).text
    assert "There is nothing to do today." in (await amina.one("@amina /followup list")).text


async def test_before_the_day_there_may_be_nothing(amina):
    seen = await amina.one("@amina /followup all-later until:tomorrow")
    assert "Before Tuesday 10 March 2026 there is nothing to do." in seen.text


async def test_nobody_puts_off_what_others_do(amina):
    await amina.run("@amina /ask sent dana")
    assert (await amina.one("@omar /followup snooze dana until:friday")).error == "not-found"
    assert "there is nothing to do" in (await amina.one("@omar /followup all-later until:2026-06-01")).text
    assert "Monday 16 March 2026" in (await amina.one("@amina /lead show dana")).text
