"""What was told of an ask can be told once, and taken back; an old button says what is true now."""

import pytest

from adapters.console.screen import ScreenEntry
from bot.engine.invocation import PressedButton
from tests.support.console import Console

PASSED = "This button was for an earlier step. Nothing changed now."


def token(seen: ScreenEntry, label: str) -> PressedButton:
    return PressedButton(dict(seen.buttons)[label].token)


async def press(circle: Console, seen: ScreenEntry, label: str) -> ScreenEntry:
    """Press a button of this message, whatever came after it."""
    return await circle.session.ask("amina", token(seen, label))


async def asks(circle: Console) -> str:
    text = (await circle.one("@amina /board me")).text
    return next(line for line in text.splitlines() if line.startswith("Asks this week"))


async def test_an_old_message_says_that_the_message_was_told_already(amina: Console) -> None:
    card = await amina.one("@amina /lead show dana")
    await amina.run("at 2026-03-09T10:00", "@amina /ask sent dana")
    seen = await press(amina, card, "I asked them")
    assert "You asked Dana R. on Monday 9 March 2026." in seen.text
    assert "This was your first message to them." in seen.text
    assert "You told me this already, so it counts once." in seen.text
    assert await asks(amina) == "Asks this week: 1"
    seen = await press(amina, seen, "I asked again")
    assert "This was your message number 2." in seen.text
    assert await asks(amina) == "Asks this week: 2"


async def test_i_asked_again_after_they_answered_on_one_message_says_that_they_answered(amina: Console) -> None:
    await amina.run("@amina /ask sent dana", "at 2026-03-10T10:00")
    card = await amina.one("@amina /lead show dana")
    assert "Well done" in (await press(amina, card, "They answered")).text
    seen = await press(amina, card, "I asked again")
    assert seen.text.startswith("Dana R.: replied.")
    assert "Because: they answered, so propose a time" in seen.text
    assert PASSED in seen.text
    assert [label for label, _ in seen.buttons] == ["Plan a meeting"]
    assert await asks(amina) == "Asks this week: 1"


async def test_they_answered_is_told_once_for_each_message(amina: Console) -> None:
    await amina.run("@amina /ask sent dana", "at 2026-03-10T10:00")
    card = await amina.one("@amina /lead show dana")
    await amina.run("@amina /ask replied dana", "at 2026-03-10T11:00")
    seen = await press(amina, card, "They answered")
    assert seen.text.startswith("Dana R.: replied.")
    assert PASSED in seen.text


async def test_an_ask_is_taken_back_and_everything_is_as_before(amina: Console) -> None:
    before = (await amina.one("@amina /lead show dana")).text
    sent = await amina.one("@amina /ask sent dana")
    seen = await press(amina, sent, "Take it back")
    assert "I took back your message to Dana R. It counts no more." in seen.text
    assert (await amina.one("@amina /lead show dana")).text == before
    assert await asks(amina) == "Asks this week: 0"
    assert not [message for message in await amina.run("at 2026-03-17T10:00") if message.to == "@amina"]
    odds = (await amina.one("@amina /me odds")).text
    assert "Dana" not in odds
    assert "This was your first message to them." in (await press(amina, seen, "I asked them")).text


async def test_an_answer_is_taken_back_before_the_message_it_is_to(amina: Console) -> None:
    sent = await amina.one("@amina /ask sent dana")
    await amina.run("@amina /ask replied dana answer:no")
    refused = await press(amina, sent, "Take it back")
    assert refused.error == "not-now"
    assert "Dana R. answered this message." in refused.text
    seen = await press(amina, refused, "Take back the answer")
    assert "I took back the answer of Dana R." in seen.text
    assert "Because: no answer yet, so send one more short message" in seen.text
    assert "Stage: asked" in (await amina.one("@amina /lead show dana")).text
    assert "It counts no more." in (await press(amina, sent, "Take it back")).text


async def test_undo_takes_back_what_was_told_last_and_no_more_than_that(amina: Console) -> None:
    await amina.run('@amina /lead add name:"Tom" organisation:"Hydro" why:"x"')
    await amina.run("@amina /ask sent dana", "@amina /ask sent tom", "@amina /ask replied dana")
    assert "I took back the answer of Dana R." in (await amina.one("@amina /ask undo")).text
    await amina.run("at 2026-03-09T09:02")
    assert "your message to Tom" in (await amina.one("@amina /ask undo")).text
    await amina.run("at 2026-03-09T09:04")
    assert "your message to Dana R." in (await amina.one("@amina /ask undo")).text
    refused = await amina.one("@amina /ask undo")
    assert refused.error == "not-now"
    assert "There is no message to take back." in refused.text


async def test_only_the_latest_message_can_be_taken_back_and_only_for_a_day(amina: Console) -> None:
    first = await amina.one("@amina /ask sent dana when:yesterday")
    await amina.run("@amina /ask sent dana")
    refused = await press(amina, first, "Take it back")
    assert "You told me of a later message to Dana R." in refused.text
    await press(amina, refused, "Take it back")
    await amina.run("at 2026-03-10T09:02")
    assert (await press(amina, first, "Take it back")).error == "not-now"


async def test_what_is_in_a_posted_week_stays_there_and_that_is_said(amina: Console) -> None:
    await amina.run("at 2026-03-16T12:00")
    sent = await amina.one("@amina /ask sent dana when:yesterday")
    await amina.run("at 2026-03-16T12:30")
    seen = await press(amina, sent, "Take it back")
    assert "The numbers of the week of 9 March 2026 are posted, so they do not change." in seen.text


async def test_what_was_done_since_stays_when_the_message_before_it_is_taken_back(amina: Console) -> None:
    sent = await amina.one("@amina /ask sent dana")
    await amina.run('@amina /meeting plan dana when:"2026-03-12 15:00"')
    await press(amina, sent, "Take it back")
    assert "Stage: meeting planned" in (await amina.one("@amina /lead show dana")).text


async def test_a_message_after_later_is_not_the_first_and_is_not_due_because_nobody_answered(amina: Console) -> None:
    await amina.run("@amina /ask sent dana", "@amina /ask replied dana answer:later", "at 2026-03-09T09:02")
    seen = await amina.one("@amina /ask sent dana")
    assert "This was your message number 2." in seen.text
    assert "Because: they answered once, but not again yet, so send a short message" in seen.text
    seen = await amina.one("@amina /lead show dana")
    assert "no answer yet" not in seen.text
    assert [label for label, _ in seen.buttons][:2] == ["They answered", "Plan a meeting"]


@pytest.mark.parametrize("line", ["/ask sent dana", "/ask replied dana", "/meeting plan dana", "/followup done dana"])
async def test_a_closed_person_is_named_with_the_way_to_open_them_again(amina: Console, line: str) -> None:
    await amina.run("@amina /ask sent dana", "@amina /lead close dana")
    seen = await amina.one(f"@amina {line}")
    assert seen.error == "not-now"
    assert seen.text.startswith("Dana R. is closed.")
    assert "Dana R. is on your list again." in (await press(amina, seen, "Open again")).text
    again = await amina.one("@amina /lead show dana")
    assert [label for label, _ in again.buttons][:2] == ["They answered", "I asked again"]


async def test_who_answers_after_the_third_try_closed_them_is_opened_again(amina: Console) -> None:
    for minute in range(2, 8, 2):
        await amina.run("@amina /ask sent dana", f"at 2026-03-09T09:0{minute}")
    await amina.run("at 2026-03-17T10:00")
    seen = await amina.one("@amina /ask replied dana")
    await press(amina, seen, "Open again")
    card = await amina.one("@amina /lead show dana")
    assert "Dana R. answered. Well done." in (await press(amina, card, "They answered")).text


async def test_a_message_while_a_meeting_is_planned_leaves_the_meeting(amina: Console) -> None:
    await amina.run("@amina /ask sent dana", '@amina /meeting plan dana when:"2026-03-12 15:00"')
    assert "no answer yet" not in (await amina.one("@amina /ask sent dana")).text
    seen = await amina.one("@amina /ask replied dana")
    assert "propose" not in seen.text
    assert "Stage: meeting planned" in (await amina.one("@amina /lead show dana")).text


async def test_undo_takes_back_an_answer_that_was_changed_after_anything_else_was_told(amina: Console) -> None:
    await amina.run('@amina /lead add name:"Tom" organisation:"Hydro" why:"x"')
    await amina.run("@amina /ask sent dana", "@amina /ask replied dana answer:later", "@amina /ask sent tom")
    await amina.run("@amina /ask replied dana answer:yes", '@amina /lead edit tom why:"y"')
    assert "The answer is again: later." in (await amina.one("@amina /ask undo")).text
    await amina.run("at 2026-03-09T09:02")
    assert "your message to Tom" in (await amina.one("@amina /ask undo")).text
    await amina.run("at 2026-03-09T09:04")
    assert "I took back the answer of Dana R." in (await amina.one("@amina /ask undo")).text
