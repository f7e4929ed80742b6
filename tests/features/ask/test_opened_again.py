"""A "no" or a closing that was a slip is taken back whole: the stage, what is due, the talk, the calendar."""

import pytest
from icalendar import Calendar

from adapters.console.screen import ScreenEntry
from tests.support.console import Console

ASKED = ["@amina /ask sent dana", "@amina /ask replied dana"]
PLAN = '@amina /meeting plan dana when:"2026-03-12 15:00" place:"phone"'
AGAIN = "Your talk with Dana R. on Thursday 12 March 2026 at 3:00 PM, Toronto time is planned again."
SLIPS = {
    "a no": ("/ask replied dana answer:no", "Take it back"),
    "a no undone": ("/ask replied dana answer:no", "/ask undo"),
    "a closing": ("/lead close dana", "Open again"),
}


def event(seen: ScreenEntry) -> tuple[str, str, str, str]:
    (file,) = seen.files
    calendar = Calendar.from_ical(file.content)
    (meeting,) = calendar.walk("VEVENT")
    return (str(meeting["UID"]), str(meeting["SEQUENCE"]), str(meeting["STATUS"]), str(calendar["METHOD"]))


async def taken_back(circle: Console, way: str) -> ScreenEntry:
    return await circle.one(f"@amina {way}" if way.startswith("/") else f'@amina press "{way}"')


async def card(circle: Console) -> str:
    return (await circle.one("@amina /lead show dana")).text


@pytest.mark.parametrize(("slip", "way"), SLIPS.values(), ids=SLIPS)
async def test_the_talk_is_planned_again_with_its_sheet_and_in_the_calendar(
    amina: Console, slip: str, way: str
) -> None:
    await amina.run(*ASKED)
    uid, *_ = event(await amina.one(PLAN))
    await amina.run('@amina /meeting prep dana goal:"how they test"')
    before = await card(amina)
    assert event(await amina.one(f"@amina {slip}")) == (uid, "1", "CANCELLED", "CANCEL")
    seen = await taken_back(amina, way)
    assert AGAIN in seen.text
    assert event(seen) == (uid, "2", "CONFIRMED", "PUBLISH")
    assert await card(amina) == before
    (evening,) = [message for message in await amina.run("at 2026-03-11T18:00") if message.to == "@amina"]
    assert "Your goal: how they test" in evening.text
    (morning,) = [message for message in await amina.run("at 2026-03-13T09:00") if message.to == "@amina"]
    assert "Did you meet?" in morning.text


@pytest.mark.parametrize(("slip", "way"), SLIPS.values(), ids=SLIPS)
@pytest.mark.parametrize(
    "told",
    [
        ["@amina /ask sent dana"],
        ASKED,
        [*ASKED, "@amina /ask replied dana answer:later"],
        [*ASKED, "@amina /meeting log dana reached:yes", "@amina /followup done dana"],
    ],
    ids=["asked", "answered", "later", "met"],
)
async def test_the_person_stands_where_they_stood(amina: Console, told: list[str], slip: str, way: str) -> None:
    await amina.run(*told)
    before = await card(amina)
    await amina.run(f"@amina {slip}")
    assert "Stage: closed" in await card(amina)
    await taken_back(amina, way)
    assert await card(amina) == before


async def test_the_answer_before_the_last_one_holds_again(amina: Console) -> None:
    await amina.run(*ASKED, "@amina /ask replied dana answer:later", "@amina /ask replied dana answer:no")
    assert "The answer is again: later." in (await amina.one("@amina /ask undo")).text
    await amina.run("at 2026-03-09T09:02")
    assert "The answer is again: yes." in (await amina.one("@amina /ask undo")).text
    await amina.run("at 2026-03-09T09:04")
    seen = await amina.one("@amina /ask undo")
    assert seen.text.startswith("I took back the answer of Dana R.\n")
    assert "Stage: asked" in await card(amina)


async def test_an_answer_that_was_changed_can_be_taken_back_for_a_day_from_the_change(amina: Console) -> None:
    await amina.run(*ASKED, "at 2026-03-13T10:00", "@amina /ask replied dana answer:no", "at 2026-03-14T09:00")
    assert "The answer is again: yes." in (await amina.one('@amina press "Take it back"')).text
    assert "Stage: replied" in await card(amina)
    await amina.run("@amina /ask replied dana answer:no", "at 2026-03-15T09:01")
    assert (await amina.one('@amina press "Take it back"')).error == "not-now"


async def test_a_talk_whose_time_is_over_is_not_planned_again(amina: Console) -> None:
    await amina.run(*ASKED, PLAN, "@amina /lead close dana", "at 2026-03-12T15:00")
    seen = await amina.one('@amina press "Open again"')
    assert not seen.files
    assert "Because: your talk is cancelled, so propose another day" in seen.text


async def test_a_talk_that_was_called_off_by_itself_stays_off(amina: Console) -> None:
    await amina.run(*ASKED, PLAN, "@amina /meeting cancel dana", "@amina /lead close dana")
    seen = await amina.one('@amina press "Open again"')
    assert not seen.files
    assert "Stage: replied" in seen.text
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text


async def test_who_was_let_go_is_tried_anew_and_it_is_not_said_that_nobody_wrote_to_them(amina: Console) -> None:
    for minute in range(2, 8, 2):
        await amina.run("@amina /ask sent dana", f"at 2026-03-09T09:0{minute}")
    await amina.run("at 2026-03-17T10:00", "@amina /lead show dana")
    assert "Stage: new" in (await amina.one('@amina press "Open again"')).text
    seen = await amina.one("@amina /lead next")
    assert "Dana R., Nordik: you opened them again, so write to them once more." in seen.text


async def test_what_was_taken_back_while_they_were_closed_is_not_there_again(amina: Console) -> None:
    await amina.run("@amina /meeting log dana reached:yes", "@amina /lead close dana", "@amina /meeting undo")
    assert "Stage: new" in (await amina.one('@amina press "Open again"')).text
    sent = await amina.one("@amina /ask sent dana")
    assert "first message" in sent.text
    await amina.run("@amina /lead close dana", "@amina /ask undo")
    assert "Stage: new" in (await amina.one('@amina press "Open again"')).text


async def test_a_list_on_which_everybody_is_closed_is_not_called_empty(amina: Console) -> None:
    await amina.run("@amina /lead close dana")
    for line in ("@amina /lead next", "@amina /lead list"):
        seen = await amina.one(line)
        assert seen.text.startswith("You closed every person on your list."), line
        assert [label for label, _ in seen.buttons] == ["Add a person", "Show closed people"]
    assert "1. Dana R., Nordik: closed" in (await amina.one('@amina press "Show closed people"')).text


async def test_a_yes_taken_back_does_not_plan_the_talk_of_a_person_who_is_closed(amina: Console) -> None:
    await amina.run(*ASKED, PLAN, "@amina /lead close dana")
    seen = await amina.one("@amina /ask undo")
    assert not seen.files
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text
    assert not [message for message in await amina.run("at 2026-03-13T12:00") if message.to == "@amina"]


async def test_a_message_taken_back_while_they_were_closed_leaves_the_rest_as_it_stood(amina: Console) -> None:
    await amina.run(
        "@amina /ask sent dana",
        "at 2026-03-09T09:02",
        "@amina /ask sent dana",
        "@amina /lead close dana",
        "@amina /ask undo",
    )
    seen = await amina.one('@amina press "Open again"')
    assert "Stage: asked" in seen.text
