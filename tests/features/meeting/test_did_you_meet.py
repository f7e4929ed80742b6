"""The day after a planned talk, the morning message asks whether it took place, and each answer can be pressed."""

import pytest

from adapters.console.screen import ScreenEntry
from tests.support.console import Console

PLAN = '@amina /meeting plan dana when:"2026-03-11 15:00" place:"phone"'


@pytest.fixture
async def amina(circle: Console) -> Console:
    """Amina planned a talk with Dana on Wednesday."""
    await circle.run('@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"', PLAN)
    return circle


async def mornings(circle: Console, until: str) -> list[ScreenEntry]:
    """What came to Amina in mornings."""
    return [message for message in await circle.run(f"at {until}") if message.to == "@amina" and message.at.hour == 13]


async def test_the_morning_after_asks_once(amina: Console) -> None:
    (asked,) = await mornings(amina, "2026-03-20T08:00")
    assert asked.at.day == 12
    assert "Did you meet?\n\nYou planned to meet Dana R., Nordik on Wednesday 11 March 2026." in asked.text
    assert [label for label, _ in asked.buttons] == ["We met", "Plan another day", "Cancel the talk"]


async def test_we_met_tells_it_for_its_day(amina: Console) -> None:
    await amina.run("at 2026-03-12T10:00", '@amina press "We met"')
    seen = await amina.one("@amina fill reached:yes")
    assert "Day: Wednesday 11 March 2026" in seen.text


async def test_another_day_moves_it_and_asks_again_after_that(amina: Console) -> None:
    await amina.run("at 2026-03-12T10:00", '@amina press "Plan another day"', '@amina fill when:"2026-03-16 15:00"')
    (asked,) = [message for message in await mornings(amina, "2026-03-20T08:00") if "Did you meet?" in message.text]
    assert asked.at.day == 17
    assert "Monday 16 March 2026" in asked.text


async def test_it_is_off_ends_it_without_a_file_because_its_hour_is_over(amina: Console) -> None:
    await amina.run("at 2026-03-12T10:00")
    seen = await amina.one('@amina press "Cancel the talk"')
    assert "Your talk with Dana R. on Wednesday 11 March 2026 at 3:00 PM, Toronto time is cancelled." in seen.text
    assert not seen.files
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text


@pytest.mark.parametrize(
    "line",
    [
        "/meeting log dana reached:yes",
        "/meeting cancel dana",
        "/lead close dana",
        "/me settings reminders:no",
    ],
)
async def test_nobody_is_asked_who_told_it_called_it_off_or_wants_no_reminders(amina: Console, line: str) -> None:
    await amina.run("at 2026-03-11T20:00", f"@amina {line}")
    assert [message for message in await mornings(amina, "2026-03-13T08:00") if "Did you meet?" in message.text] == []


async def test_in_a_pause_it_waits_for_the_first_morning_after(amina: Console) -> None:
    await amina.run("@amina /me pause weeks:2")
    (asked,) = [message for message in await mornings(amina, "2026-03-31T08:00") if "Did you meet?" in message.text]
    assert asked.at.day == 23


async def test_a_bot_that_was_down_asks_when_it_is_back(amina: Console) -> None:
    messages = [message for message in await amina.run("restart 2026-03-14T11:00") if message.to == "@amina"]
    assert ["Did you meet?" in message.text for message in messages] == [True]


async def test_two_talks_of_one_day_are_asked_in_one_message(amina: Console) -> None:
    await amina.run(
        '@amina /lead add name:"Priya" organisation:"Hydro" why:"x"',
        '@amina /meeting plan priya when:"2026-03-11 18:00"',
    )
    (asked,) = await mornings(amina, "2026-03-20T08:00")
    assert asked.text.count("You planned to meet") == 2
    assert asked.text.count("Did you meet?") == 1


async def test_a_third_talk_is_asked_about_on_the_next_morning(amina: Console) -> None:
    for name in ("Priya", "Tom"):
        await amina.run(
            f'@amina /lead add name:"{name}" organisation:"Hydro" why:"x"',
            f'@amina /meeting plan {name.lower()} when:"2026-03-11 18:00"',
        )
    messages = await mornings(amina, "2026-03-20T08:00")
    assert [(message.at.day, message.text.count("You planned to meet")) for message in messages] == [(12, 2), (13, 1)]


async def test_a_talk_just_after_midnight_is_asked_about_on_the_morning_after_its_own_day(amina: Console) -> None:
    await amina.run(PLAN.replace("15:00", "00:30"))
    (asked,) = await mornings(amina, "2026-03-20T08:00")
    assert asked.at.day == 12
