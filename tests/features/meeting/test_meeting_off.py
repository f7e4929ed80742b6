"""A talk that is called off, moved, or ended by a "no": no sheet comes, and the member's calendar learns of it."""

import pytest
from icalendar import Calendar

from adapters.console.screen import ScreenEntry
from bot.engine.invocation import PressedButton
from bot.ui.button import Button
from tests.support.console import Console

PLAN = '@amina /meeting plan dana when:"2026-03-12 15:00" place:"phone"'
PLANNED = "planned for Thursday 12 March 2026 at 3:00 PM, Toronto time"
THE_END = [
    "/meeting cancel dana",
    "/lead close dana",
    '/lead close dana reason:"they said no"',
    "/ask replied dana answer:no",
]


def event(seen: ScreenEntry) -> dict[str, str]:
    """What a calendar reads in the one file of an answer."""
    (file,) = seen.files
    calendar = Calendar.from_ical(file.content)
    (meeting,) = calendar.walk("VEVENT")
    texts = {name: str(meeting[name]) for name in ("UID", "SEQUENCE", "STATUS", "SUMMARY")}
    return texts | {"METHOD": str(calendar["METHOD"]), "START": meeting.decoded("DTSTART").isoformat()}


def press(button: Button) -> PressedButton:
    """A press of a button that was shown some time ago."""
    return PressedButton(button.token)


@pytest.fixture
async def planned(amina: Console) -> Console:
    """Amina asked Dana and planned a talk on Thursday."""
    await amina.run("@amina /ask sent dana", PLAN)
    return amina


@pytest.mark.parametrize("line", THE_END)
async def test_an_end_calls_the_talk_off_in_the_calendar_too(amina: Console, line: str) -> None:
    await amina.run("@amina /ask sent dana")
    before = event(await amina.one(PLAN))
    seen = await amina.one(f"@amina {line}")
    assert "Your talk with Dana R. on Thursday 12 March 2026 at 3:00 PM, Toronto time is cancelled." in seen.text
    assert event(seen) == before | {"METHOD": "CANCEL", "STATUS": "CANCELLED", "SEQUENCE": "1"}
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text


@pytest.mark.parametrize("line", THE_END)
async def test_after_an_end_no_sheet_comes(planned: Console, line: str) -> None:
    await planned.run(f"@amina {line}")
    assert [message.text for message in await planned.run("at 2026-03-13T08:00") if "talk with" in message.text] == []


async def test_a_talk_with_somebody_else_keeps_its_sheet(planned: Console) -> None:
    await planned.run(
        '@amina /lead add name:"Priya" organisation:"Hydro" why:"x"',
        '@amina /meeting plan priya when:"2026-03-12 17:00"',
        "@amina /meeting cancel dana",
    )
    evening = (await planned.run("at 2026-03-11T18:00"))[-1]
    assert "Your talk with Priya" in evening.text
    assert "Dana" not in evening.text


async def test_the_hour_moved_twice_has_a_higher_number_each_time(amina: Console) -> None:
    lines = [PLAN, PLAN.replace("15:00", "16:00"), PLAN.replace('"phone"', '"the library"'), PLAN]
    files = [event(await amina.one(line)) for line in lines]
    assert [invitation["SEQUENCE"] for invitation in files] == ["0", "1", "2", "3"]
    assert len({invitation["UID"] for invitation in files}) == 1
    assert {invitation["METHOD"] for invitation in files} == {"PUBLISH"}
    assert [invitation["START"][11:13] for invitation in files] == ["19", "20", "19", "19"]


async def test_the_same_plan_again_is_no_change(amina: Console) -> None:
    first, again = event(await amina.one(PLAN)), event(await amina.one(PLAN))
    assert first == again


async def test_the_file_of_a_moved_talk_says_what_it_does(planned: Console) -> None:
    seen = await planned.one(PLAN.replace("15:00", "16:00"))
    assert "Open the file. It moves the talk in your calendar." in seen.text


async def test_a_new_talk_after_one_that_was_off_is_another_event_and_keeps_what_was_prepared(planned: Console) -> None:
    first = event(await planned.one(PLAN))
    await planned.run('@amina /meeting prep dana goal:"how they find people" questions:"How did you begin?"')
    await planned.run("@amina /meeting cancel dana")
    seen = await planned.one('@amina press "Plan another day"')
    assert seen.form is not None
    seen = await planned.one('@amina fill when:"2026-03-17 11:00"')
    assert event(seen)["UID"] != first["UID"]
    assert event(seen)["SEQUENCE"] == "0"
    evening = (await planned.run("at 2026-03-16T18:00"))[-1]
    assert "Your goal: how they find people" in evening.text
    assert "How did you begin?" in evening.text


async def test_after_a_talk_is_off_another_day_is_proposed(planned: Console) -> None:
    seen = await planned.one("@amina /meeting cancel dana")
    assert (
        "I remind you on: Wednesday 11 March 2026\nBecause: your talk is cancelled, so propose another day" in seen.text
    )
    assert "Stage: replied" in (await planned.one("@amina /lead show dana")).text
    (morning,) = await planned.run("at 2026-03-11T10:00")
    assert "Dana R.: your talk is cancelled, so propose another day." in morning.text


async def test_who_was_met_before_stays_met(amina: Console) -> None:
    await amina.run("@amina /meeting log dana reached:yes", PLAN, "@amina /meeting cancel dana")
    assert "Stage: met" in (await amina.one("@amina /lead show dana")).text


async def test_without_a_name_the_planned_talks_are_offered(planned: Console) -> None:
    seen = await planned.one("@amina /meeting cancel")
    assert "Which talk is cancelled?" in seen.text
    assert [label for label, _ in seen.buttons] == ["Dana R."]
    assert "is cancelled." in (await planned.one('@amina press "Dana R."')).text
    seen = await planned.one("@amina /meeting cancel")
    assert seen.error == "not-now"
    assert "You have planned no talk." in seen.text


async def test_a_person_without_a_planned_talk_is_said(planned: Console) -> None:
    await planned.run('@amina /lead add name:"Priya" organisation:"Hydro" why:"x"')
    seen = await planned.one("@amina /meeting cancel priya")
    assert "You have planned no talk with Priya." in seen.text
    assert [label for label, _ in seen.buttons] == ["Dana R."]


async def test_an_old_button_does_not_call_off_the_new_hour(amina: Console) -> None:
    first = await amina.one(PLAN)
    off = dict(first.buttons)["Cancel the talk"]
    await amina.run(PLAN.replace("2026-03-12", "2026-03-17"))
    seen = await amina.session.ask("amina", press(off))
    assert "You moved this talk to Tuesday 17 March 2026 at 3:00 PM, Toronto time." in seen.text
    assert "Dana R.: planned for Tuesday 17 March" in (await amina.one("@amina /meeting list")).text


async def test_a_talk_that_is_off_is_not_called_off_twice(planned: Console) -> None:
    seen = await planned.one(PLAN)
    off = press(dict(seen.buttons)["Cancel the talk"])
    for _ in range(2):
        assert event(await planned.session.ask("amina", off))["SEQUENCE"] == "1"
    await planned.run("at 2026-03-09T10:00", '@amina /lead add name:"Tom" organisation:"Hydro" why:"x"')
    seen = await planned.session.ask("amina", off)
    assert "This talk is cancelled already." in seen.text
    assert not seen.files


async def test_a_talk_that_was_told_cannot_be_called_off(planned: Console) -> None:
    off = press(dict((await planned.one(PLAN)).buttons)["Cancel the talk"])
    await planned.run("@amina /meeting log dana reached:yes")
    seen = await planned.session.ask("amina", off)
    assert seen.error == "stale-button"
    assert "You told me how this talk went." in seen.text


async def test_undo_names_the_way_to_call_a_talk_off(planned: Console) -> None:
    seen = await planned.one("@amina /meeting undo")
    assert "There is no meeting to take back." in seen.text
    await planned.run('@amina press "Cancel a talk"', '@amina press "Dana R."')
    assert "You have no meeting yet." in (await planned.one("@amina /meeting list")).text


async def test_the_card_of_a_person_has_the_day_the_hour_and_the_place(planned: Console) -> None:
    shown = (await planned.one("@amina /lead show dana")).text
    assert "When: Thursday 12 March 2026 at 3:00 PM, Toronto time\nPlace: phone" in shown
    assert PLANNED + ", phone" in (await planned.one("@amina /meeting list")).text
    await planned.run("@amina /meeting cancel dana")
    assert "When:" not in (await planned.one("@amina /lead show dana")).text


async def test_a_prepared_talk_without_a_day_ends_with_the_person(amina: Console) -> None:
    await amina.run('@amina /meeting prep dana goal:"x"')
    seen = await amina.one("@amina /lead close dana")
    assert not seen.files
    assert "You have no meeting yet." in (await amina.one("@amina /meeting list")).text


async def test_nobody_else_can_call_it_off_or_get_its_file(planned: Console) -> None:
    seen = await planned.one('@amina /meeting prep dana goal:"x"')
    answer = await planned.session.ask("omar", press(dict(seen.buttons)["Get the calendar file"]))
    assert answer.error == "stale-button"


async def test_a_talk_that_is_over_needs_no_file(planned: Console) -> None:
    await planned.run("at 2026-03-13T08:00")
    seen = await planned.one("@amina /meeting cancel dana")
    assert "is cancelled." in seen.text
    assert not seen.files


async def card(circle: Console) -> str:
    """What Amina sees of Dana."""
    return (await circle.one("@amina /lead show dana")).text


@pytest.mark.parametrize("way", ['press "Take it back"', "/meeting undo"])
async def test_within_a_day_a_cancelled_talk_comes_back_with_its_place_in_the_list_and_the_calendar(
    planned: Console, way: str
) -> None:
    before = await card(planned)
    off = event(await planned.one("@amina /meeting cancel dana"))
    seen = await planned.one(f"@amina {way}")
    assert "Your talk with Dana R. on Thursday 12 March 2026 at 3:00 PM, Toronto time is planned again." in seen.text
    assert event(seen) == off | {"METHOD": "PUBLISH", "STATUS": "CONFIRMED", "SEQUENCE": "2"}
    assert PLANNED in (await planned.one("@amina /meeting list")).text
    assert await card(planned) == before


async def test_after_a_day_a_cancelled_talk_stays_cancelled(planned: Console) -> None:
    await planned.run("@amina /meeting cancel dana", "at 2026-03-10T09:01")
    for way in ('press "Take it back"', "/meeting undo"):
        assert "There is no meeting to take back." in (await planned.one(f"@amina {way}")).text
    assert "You have no meeting yet." in (await planned.one("@amina /meeting list")).text


async def test_a_cancelled_talk_comes_back_once_and_a_second_press_changes_nothing(planned: Console) -> None:
    seen = await planned.one("@amina /meeting cancel dana")
    back = press(dict(seen.buttons)["Take it back"])
    await planned.session.ask("amina", back)
    await planned.run("@amina /meeting log dana reached:yes")
    await planned.session.ask("amina", back)
    assert "Dana R.: held on Monday 9 March 2026" in (await planned.one("@amina /meeting list")).text


async def test_beside_another_plan_a_cancelled_talk_does_not_come_back(planned: Console) -> None:
    await planned.run("@amina /meeting cancel dana", '@amina /meeting plan dana when:"2026-03-20 10:00"')
    seen = await planned.one("@amina /meeting undo")
    assert "You planned another talk with Dana R." in seen.text
    await planned.run('@amina press "Cancel the talk"')
    assert "Friday 20 March 2026" in (await planned.one("@amina /meeting undo")).text


async def test_the_last_thing_told_of_a_meeting_is_taken_back_first(planned: Console) -> None:
    await planned.run("@amina /meeting log dana reached:yes", PLAN, "@amina /meeting cancel dana")
    assert "is planned again." in (await planned.one("@amina /meeting undo")).text
    await planned.run("at 2026-03-09T09:05")
    assert "I took back your meeting with Dana R." in (await planned.one("@amina /meeting undo")).text


async def test_what_came_after_a_cancelled_talk_stays_when_it_comes_back(planned: Console) -> None:
    await planned.run("@amina /meeting cancel dana", "@amina /lead close dana")
    assert "Dana R. is closed." in (await planned.one("@amina /meeting undo")).text
    await planned.run('@amina press "Open again"')
    assert "is planned again." in (await planned.one("@amina /meeting undo")).text
