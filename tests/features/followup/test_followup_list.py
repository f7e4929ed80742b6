"""Amina is reminded once a day, by one message, and each person can wait, be done, or be let go."""

import pytest

from tests.support.console import Console


@pytest.fixture
async def amina(circle: Console) -> Console:
    """Amina asked Dana and Tom on Monday."""
    await circle.run(
        '@amina /start language:en zone:"Toronto" work:"I test water." number:2 board:hidden',
        '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
        '@amina /lead add name:"Tom" organisation:"Hydro" why:"good work"',
        '@amina /ask sent lead:"dana"',
        '@amina /ask sent lead:"tom"',
    )
    return circle


def private(seen: list) -> list:
    return [message for message in seen if message.to == "@amina"]


async def test_what_comes_is_listed_with_its_day_and_reason(amina: Console) -> None:
    seen = await amina.one("@amina /followup list")
    assert "There is nothing to do today." in seen.text
    assert "Dana R., Monday 16 March 2026: no answer yet, so send one more short message" in seen.text


async def test_everything_of_a_day_comes_in_one_message_with_its_buttons(amina: Console) -> None:
    (morning,) = private(await amina.run("at 2026-03-16T12:00"))
    assert "2 things for today" in morning.text
    labels = [label for label, _ in morning.buttons]
    assert labels == ["Done", "Remind me later", "Stop reminders"] * 2


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("tomorrow", "Tuesday 17 March 2026"),
        ("three-days", "Thursday 19 March 2026"),
        ("monday", "Monday 23 March 2026"),
    ],
)
async def test_a_person_can_wait(amina: Console, until: str, day: str) -> None:
    await amina.run("at 2026-03-16T12:00")
    seen = await amina.one(f'@amina /followup snooze lead:"dana" until:{until}')
    assert f"I remind you on: {day}" in seen.text


async def test_a_second_message_counts_as_an_ask_and_starts_the_clock_again(amina: Console) -> None:
    await amina.run("at 2026-03-16T10:00", '@amina /followup done lead:"dana"')
    seen = await amina.one("@amina /board me")
    assert "Asks this week: 1" in seen.text
    seen = await amina.one("@amina /followup list")
    assert "Dana R., Monday 23 March 2026" in seen.text


async def test_after_three_tries_the_goodbye_names_the_next_and_who_gave_the_name(amina: Console) -> None:
    await amina.run('@amina /lead add name:"Priya" organisation:"City" why:"studied" source:"tom"')
    for day in ("16", "23"):
        await amina.run(f"at 2026-03-{day}T10:00", '@amina /ask sent lead:"dana"', '@amina /ask sent lead:"tom"')
    await amina.run('@amina /ask replied lead:"tom" answer:yes')
    (morning, *_) = [message for message in private(await amina.run("at 2026-03-30T10:00")) if "Dana" in message.text]
    assert "Dana R. did not answer. You did what you could. Your next name: Priya, from Tom." in morning.text
    seen = await amina.one("@amina /lead list stage:closed")
    assert "Dana R." in seen.text


async def test_goodbye_by_hand_says_the_same_and_closes(amina: Console) -> None:
    for minute in (2, 4):
        await amina.run(f"at 2026-03-09T09:0{minute}", '@amina /ask sent lead:"dana"')
    await amina.run("@amina /followup off")
    seen = await amina.one('@amina /followup done lead:"dana"')
    assert seen.text == "Until Monday 16 March 2026 you wait for an answer of Dana R."
    await amina.run("at 2026-03-16T10:00")
    seen = await amina.one('@amina /followup done lead:"dana"')
    assert "You did what you could. A new name is a good next step." in seen.text
    seen = await amina.one('@amina /lead show lead:"dana"')
    assert "Stage: closed" in seen.text


async def test_who_wants_no_reminders_is_told_nothing_and_nobody_is_closed_in_silence(amina: Console) -> None:
    for _ in range(2):
        await amina.run('@amina /ask sent lead:"dana"')
    await amina.run("@amina /followup off")
    assert private(await amina.run("at 2026-03-16T12:00")) == []
    seen = await amina.one('@amina /lead show lead:"dana"')
    assert "Stage: asked" in seen.text
    seen = await amina.one('@amina press "Turn reminders on"')
    assert "I remind you in the morning" in seen.text


async def test_one_person_can_be_left_out_of_the_reminders(amina: Console) -> None:
    await amina.run('@amina /followup off lead:"dana"')
    (morning,) = private(await amina.run("at 2026-03-16T12:00"))
    assert "Tom" in morning.text
    assert "Dana" not in morning.text


async def test_nothing_due_is_said_kindly(amina: Console) -> None:
    await amina.run('@amina /followup off lead:"dana"', '@amina /followup off lead:"tom"')
    assert "There is nothing to do now, and nothing comes next." in (await amina.one("@amina /followup list")).text
    assert "There is nothing to do for Dana R." in (await amina.one('@amina /followup done lead:"dana"')).text


async def test_a_thank_you_is_made_of_what_was_learned_with_brackets_for_the_rest(amina: Console) -> None:
    await amina.run(
        '@amina /meeting log lead:"dana" reached:yes human:"has two dogs" names:"Priya at City"', "at 2026-03-10T10:00"
    )
    seen = await amina.one('@amina press "Draft a thank-you"')
    assert "Thank you for talking with me on Monday 9 March 2026." in seen.text
    assert "[has two dogs]" in seen.text
    assert "[what you learned]" in seen.text
    assert "I will write to Priya, as you said." in seen.text
    assert len(seen.text.split()) <= 75
    seen = await amina.one('@amina press "I sent it"')
    assert "Because: you met a week ago, so tell them what you did since then" in seen.text


async def test_who_gave_a_name_is_shown_back_to_the_first(amina: Console) -> None:
    await amina.run(
        '@amina /lead add name:"Priya" organisation:"City" why:"studied" source:"tom"',
        '@amina /lead edit lead:"tom" source:"dana"',
    )
    seen = await amina.one('@amina /lead show lead:"priya"')
    assert "Name given by: Tom, from Dana R." in seen.text
    seen = await amina.one('@amina /lead edit lead:"dana" source:"priya"')
    assert seen.error == "bad-value"


async def test_the_one_thing_to_do_says_why(amina: Console) -> None:
    await amina.run('@amina /meeting plan lead:"dana" when:"tuesday 15:00"')
    seen = await amina.one("@amina /lead next")
    assert "Dana R., Nordik: you meet on Tuesday 10 March 2026, so choose a goal." in seen.text
    await amina.run("at 2026-03-10T17:00")
    seen = await amina.one("@amina /lead next")
    assert "you planned to meet on Tuesday 10 March 2026, so tell me how it went." in seen.text


async def test_others_people_are_not_found(amina: Console) -> None:
    for line in ("done", "off", "snooze until:tomorrow"):
        assert (await amina.one(f'@omar /followup {line} lead:"dana"')).error == "not-found"


async def test_a_planned_talk_comes_next_among_the_follow_ups_by_its_day(amina: Console) -> None:
    for day, line in (
        ("2026-03-12 15:00", "- Dana R., Thursday 12 March 2026 at 3:00 PM, Toronto time: your talk\n- Tom, Monday 16"),
        (
            "2026-03-19 09:00",
            "more short message\n- Dana R., Thursday 19 March 2026 at 9:00 AM, Toronto time: your talk",
        ),
    ):
        await amina.run(f'@amina /meeting plan dana when:"{day}"')
        assert line in (await amina.one("@amina /followup list")).text


async def test_with_nothing_but_a_talk_the_list_is_not_empty_and_after_it_asks_how_it_went(amina: Console) -> None:
    await amina.run("@amina /followup off tom", '@amina /meeting plan dana when:"2026-03-12 15:00"')
    seen = await amina.one("@amina /followup list")
    assert "There is nothing to do today.\n\nComing\n\n- Dana R., Thursday 12 March" in seen.text
    await amina.run("at 2026-03-12T17:00")
    seen = await amina.one("@amina /followup list")
    assert "1 thing for today\n\nYou planned to meet Dana R., Nordik on Thursday 12 March 2026." in seen.text
    assert [label for label, _ in seen.buttons] == ["We met", "Plan another day", "Cancel the talk"]
    assert "Well done" in (await amina.one("@amina /meeting log dana reached:yes")).text
    assert "You planned to meet" not in (await amina.one("@amina /followup list")).text
