"""Amina gets ready for a talk: a goal, her sentence, a few questions, and the sheet the evening before."""

import pytest

from tests.support.console import Console

SIX = "How did you begin? What is a good day? What is hard? Who helps you? What would you change? Your salary?"


@pytest.fixture
async def amina(circle: Console) -> Console:
    """Amina has Dana on her list."""
    await circle.run(
        '@amina /start language:en zone:"Toronto" work:"I test water." number:2 board:hidden',
        '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
    )
    return circle


async def test_the_form_opens_for_a_person_with_the_sentence_kept_from_last_time(amina: Console) -> None:
    seen = await amina.one('@amina /meeting prep lead:"dana"')
    assert seen.form is not None
    shown = {field.name: field.value for field in seen.form.fields}
    assert shown == {"goal": "", "fallback": "", "work": "I test water.", "questions": ""}


async def test_the_sentence_is_kept_for_the_next_talk(amina: Console) -> None:
    await amina.run('@amina /meeting prep lead:"dana"', '@amina fill goal:"their tools" work:"I keep rivers clean."')
    await amina.run('@amina /lead add name:"Priya" organisation:"Hydro" why:"studied what I studied"')
    seen = await amina.one('@amina /meeting prep lead:"priya"')
    assert seen.form is not None
    assert {field.name: field.value for field in seen.form.fields}["work"] == "I keep rivers clean."


async def test_the_sixth_question_is_asked_about_and_one_can_go(amina: Console) -> None:
    seen = await amina.one(f'@amina /meeting prep lead:"dana" goal:"their tools" questions:"{SIX}"')
    assert "That is 6 questions." in seen.text
    assert "Which question can you leave out?" in seen.text
    seen = await amina.one('@amina press "Leave out question 6"')
    assert "5. What would you change?" in seen.text
    assert "Your salary?" not in seen.text


async def test_the_sixth_question_may_be_kept(amina: Console) -> None:
    await amina.run(f'@amina /meeting prep lead:"dana" goal:"their tools" questions:"{SIX}"')
    seen = await amina.one('@amina press "Keep them all"')
    assert "6. Your salary?" in seen.text


async def test_five_questions_are_not_asked_about(amina: Console) -> None:
    five = SIX.removesuffix(" Your salary?")
    seen = await amina.one(f'@amina /meeting prep lead:"dana" goal:"their tools" questions:"{five}"')
    assert "Which question can you leave out?" not in seen.text
    assert "5. What would you change?" in seen.text


async def test_the_sheet_comes_the_evening_before_and_once(amina: Console) -> None:
    await amina.run(
        '@amina /meeting prep lead:"dana" goal:"their tools"', '@amina /meeting plan lead:"dana" when:"thursday 15:00"'
    )
    evening = await amina.run("at 2026-03-11T23:00")
    assert [(message.to, message.at.hour) for message in evening] == [("@amina", 22)]  # 18:00 in Toronto
    assert "Your goal: their tools" in evening[0].text
    assert await amina.run("at 2026-03-12T14:00") == []


async def test_a_talk_that_is_moved_moves_its_evening(amina: Console) -> None:
    await amina.run('@amina /meeting prep lead:"dana" goal:"their tools"')
    await amina.run(
        '@amina /meeting plan lead:"dana" when:"thursday 15:00" place:"phone"',
        '@amina /meeting plan lead:"dana" when:"friday 15:00"',
    )
    assert await amina.run("at 2026-03-11T23:00") == []
    (evening,) = await amina.run("at 2026-03-12T23:00")
    assert "Friday 13 March 2026" in evening.text
    assert "Your goal: their tools" in evening.text
    assert "Place: phone" in evening.text


async def test_two_talks_of_one_day_come_in_one_message(amina: Console) -> None:
    await amina.run(
        '@amina /lead add name:"Priya" organisation:"Hydro" why:"studied what I studied"',
        '@amina /meeting plan lead:"dana" when:"thursday 15:00"',
        '@amina /meeting plan lead:"priya" when:"thursday 11:00"',
    )
    (evening,) = await amina.run("at 2026-03-11T23:00")
    assert "Your talk with Dana R." in evening.text
    assert "Your talk with Priya" in evening.text


async def test_of_a_third_talk_the_evening_tells_the_hour_and_the_place(amina: Console) -> None:
    for name, hour in (("Priya", 11), ("Tom", 13)):
        await amina.run(
            f'@amina /lead add name:"{name}" organisation:"Hydro" why:"x"',
            f'@amina /meeting plan lead:"{name.lower()}" when:"thursday {hour}:00" place:"cafe"',
        )
    await amina.run('@amina /meeting plan lead:"dana" when:"thursday 15:00" place:"phone"')
    (evening,) = await amina.run("at 2026-03-11T23:00")
    assert evening.text.count("Your talk with") == 2
    assert "You also meet: Dana R., Nordik\nWhen: Thursday 12 March 2026 at 3:00 PM, Toronto time\nPlace: phone" in (
        evening.text
    )


async def test_a_talk_can_be_called_off_from_its_sheet(amina: Console) -> None:
    await amina.run('@amina /meeting plan lead:"dana" when:"thursday 15:00"', "at 2026-03-11T23:00")
    seen = await amina.one('@amina press "Cancel the talk"')
    assert "METHOD:CANCEL" in seen.files[0].content


async def test_who_wants_no_reminders_gets_no_evening(amina: Console) -> None:
    await amina.run("@amina /me settings reminders:no", '@amina /meeting plan lead:"dana" when:"thursday 15:00"')
    assert await amina.run("at 2026-03-12T14:00") == []


async def test_a_bot_that_was_down_in_the_evening_sends_the_sheet_in_the_morning(amina: Console) -> None:
    await amina.run('@amina /meeting plan lead:"dana" when:"thursday 15:00"')
    (late,) = await amina.run("restart 2026-03-12T08:00")
    assert "Your talk with Dana R." in late.text


async def test_a_sheet_is_not_sent_when_the_talk_is_over(amina: Console) -> None:
    await amina.run('@amina /meeting plan lead:"dana" when:"thursday 15:00"')
    assert await amina.run("restart 2026-03-12T16:00") == []


async def test_the_sheet_fits_on_one_screen_with_everything_on_it(amina: Console) -> None:
    await amina.run('@amina /lead add name:"Priya" organisation:"Hydro" source:"dana" why:"' + "w" * 300 + '"')
    for day in ("2026-03-09", "2026-03-10"):
        await amina.run(f'@amina /meeting log lead:"priya" reached:yes when:"{day}" human:"' + "h" * 200 + '"')
        await amina.run(f"at {day}T20:00")
    await amina.run('@amina /lead edit lead:"priya" notes:"' + "n" * 1000 + '"')
    long = {name: name[0] * 190 for name in ("goal", "fallback", "work")}
    fields = " ".join(f'{name}:"{words}"' for name, words in long.items())
    seen = await amina.one(f'@amina /meeting prep lead:"priya" {fields} questions:"' + "q? " * 4 + "r" * 400 + '"')
    assert len(seen.text) <= 2000
    assert len([line for line in seen.text.splitlines() if line]) <= 30
    assert all(mark in seen.text for mark in ("Your notes", "Outside work", "Name given by Dana R.", "You met on"))


async def test_the_calendar_file_holds_no_line_that_the_place_brought(amina: Console) -> None:
    await amina.run('@amina /meeting prep lead:"dana" goal:"their tools"')
    await amina.run('@amina /meeting plan lead:"dana" when:"thursday 15:00" place:"Room 2; ATTENDEE:mailto,x"')
    seen = await amina.one('@amina /meeting prep lead:"dana" goal:"their tools"')
    assert not seen.files
    seen = await amina.one('@amina press "Get the calendar file"')
    (file,) = seen.files
    assert "LOCATION:Room 2\\; ATTENDEE:mailto\\,x" in file.content
    assert not any(line.startswith("ATTENDEE") for line in file.content.splitlines())


async def test_logging_shows_the_goal_beside_the_question(amina: Console) -> None:
    await amina.run('@amina /meeting prep lead:"dana" goal:"how they find people"')
    seen = await amina.one('@amina /meeting log lead:"dana"')
    assert seen.form is not None
    hints = {field.name: field.hint for field in seen.form.fields}
    assert hints["reached"] is not None
    assert "how they find people" in str(hints["reached"])
    seen = await amina.one("@amina fill reached:partly talked:them")
    assert "Your goal: how they find people" in seen.text


async def test_a_talk_that_is_taken_back_keeps_its_sheet(amina: Console) -> None:
    await amina.run('@amina /meeting prep lead:"dana" goal:"how they find people"')
    await amina.run('@amina /meeting log lead:"dana" reached:no', "@amina /meeting undo")
    seen = await amina.one('@amina /meeting prep lead:"dana"')
    assert seen.form is not None
    assert {field.name: field.value for field in seen.form.fields}["goal"] == "how they find people"


async def test_after_a_talk_amina_says_if_they_know_which_work_she_wants(amina: Console) -> None:
    await amina.run('@amina /meeting log lead:"dana" reached:yes')
    seen = await amina.one('@amina press "They do not know"')
    assert "Next time, say early which work you want." in seen.text
    assert "Your sentence: I test water." in seen.text
    assert "After 0 of 1 talks, they knew which work you want." in seen.text


async def test_from_eight_talks_on_amina_sees_what_listening_brought(amina: Console) -> None:
    for number in range(8):
        await amina.run(f'@amina /lead add name:"Person {number}x" organisation:"Org" why:"good work"')
        talked = "them" if number < 6 else "me"
        seen = await amina.one(f'@amina /meeting log lead:"person {number}x" reached:yes talked:{talked} knows:yes')
        assert ("When they talked more" in seen.text) is (number == 7)
    await amina.run('@amina /meeting log lead:"person 0x" reached:yes talked:even knows:no another:yes')
    seen = await amina.one("@amina /meeting list")
    assert "After 8 of 9 talks, they knew which work you want." in seen.text
    assert "When they talked more, 1 of 6 stayed in touch. These are small numbers." in seen.text


async def test_nobody_else_can_use_the_buttons_of_aminas_sheet(amina: Console) -> None:
    await amina.run(f'@amina /meeting prep lead:"dana" goal:"their tools" questions:"{SIX}"')
    token = amina.session.screen.button("amina", "Leave out question 1")
    assert token is not None
    await amina.run("@omar /lead list")
    assert amina.session.screen.button("omar", "Leave out question 1") is None
    seen = await amina.one('@omar /meeting prep lead:"dana" goal:"their tools"')
    assert seen.error == "not-found"


@pytest.mark.parametrize(
    ("now", "when", "promised"),
    [
        ("2026-03-09T17:59", "tomorrow 9:00", True),
        ("2026-03-09T18:01", "tomorrow 9:00", False),
        ("2026-03-09T10:00", "today 15:00", False),
        ("2026-03-09T19:00", "wednesday 9:00", True),
    ],
)
async def test_the_sheet_is_promised_only_when_it_comes(amina, now, when, promised):
    await amina.run(f"at {now}", f'@amina /meeting plan dana when:"{when}"')
    seen = await amina.one('@amina /meeting prep dana goal:"how they test"')
    assert ("I send you this sheet again the evening before." in seen.text) is promised
    sheets = [
        message for message in await amina.run("at 2026-03-11T08:00") if "Your goal: how they test" in message.text
    ]
    assert bool(sheets) is promised


async def test_without_reminders_no_sheet_without_a_day_promises_one(amina):
    await amina.run("@amina /me settings reminders:no")
    seen = await amina.one('@amina /meeting prep dana goal:"how they test"')
    assert "When you know the day, I make a calendar file.\n" in f"{seen.text}\n"
