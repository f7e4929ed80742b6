"""A line that counts is asked about when the same one comes right after itself, so that a slip counts once."""

import json

import pytest

from bot.engine.invocation import CalledCommand, TypedLine
from bot.features import everything
from tests.support.console import Console, button, said

ASKED = "You typed the same less than a minute ago."
COUNTS = {
    "ask sent": "/ask sent lead:dana wording:chat",
    "ask undo": "/ask undo",
    "followup done": "/followup done dana",
    "meeting log": "/meeting log dana reached:yes another:yes",
    "meeting undo": "/meeting undo",
    "tip share": '/tip share text:"I write on Tuesday mornings."',
    "win share": '/win share text:"I have a job."',
}
"""Every command that counts or posts anew each time it is typed, with a line of it."""
REPEATED = {
    "ask replied": "the last message has one answer",
    "board join": "it sets how one appears",
    "board leave": "it sets how one appears",
    "buddy cheer": "one cheer a day",
    "buddy join": "one looks for a buddy or does not",
    "buddy leave": "one looks for a buddy or does not",
    "community digest now": "one digest a week",
    "community pack import": "each tip comes in once",
    "community report": "it only reads, and the look is counted for the members",
    "community settings": "it sets",
    "community setup": "it sets",
    "community welcome": "it sets",
    "followup all-later": "it sets a day",
    "followup off": "it sets",
    "followup rhythm": "it sets",
    "followup snooze": "it sets a day",
    "lead add": "the same person is there once",
    "lead close": "it sets",
    "lead edit": "it sets",
    "lead import": "a list is kept after a yes, and who is there is there once",
    "lead merge": "two entries become one once",
    "lead tag": "it sets",
    "me inbox": "a message is read once",
    "me link": "a code takes the place of the one before",
    "me pause": "it sets a week",
    "me settings": "it sets",
    "me undo": "it takes back one thing after the other, and says which",
    "meeting cancel": "a talk is cancelled once",
    "meeting plan": "it sets a day",
    "meeting prep": "it sets",
    "start": "it sets",
    "tip report": "a tip is hidden once",
    "tip tried": "it sets what one says of a tip",
    "week plan": "it sets",
    "week report": "it sets",
}
"""Why each other command that changes something may be typed twice."""
READING = {"ask check", "ask draft", "community digest preview"}
"""They change nothing that anybody sees."""


def test_every_command_that_changes_something_has_a_place_here() -> None:
    changing = {command.name for command in everything().listed if not command.reads}
    assert set(COUNTS) == {command.name for command in everything().listed if command.once}
    assert changing == {*COUNTS, *REPEATED, *READING}


BESIDE = {"agenda", "deliveries", "drafts", "notices"}
"""What the bot keeps of an answer and of what it has to say; nothing of it counts."""


async def made(circle: Console) -> dict[str, object]:
    """Read everything that a member has, but for what was answered."""
    told = json.loads((await circle.one("@amina /me export")).files[0].content)
    return {name: rows for name, rows in told.items() if name not in BESIDE}


@pytest.fixture
async def told(circle: Console) -> Console:
    """Amina, with two messages and two talks with Dana that could be taken back."""
    await circle.run('@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"')
    for minute in (2, 4):
        await circle.run(f"at 2026-03-09T09:0{minute}", "@amina /ask sent dana wording:coffee")
        await circle.run("@amina /meeting log dana reached:yes when:yesterday another:yes")
    await circle.run("at 2026-03-09T09:06")
    return circle


@pytest.mark.parametrize("line", COUNTS.values(), ids=COUNTS)
async def test_the_same_line_within_a_minute_is_asked_about_and_a_yes_does_it_once_more(
    told: Console, line: str
) -> None:
    first, *_ = await told.run(f"@amina {line}")
    assert first.error is None
    before = await made(told)
    asked = await told.one(f"@amina {line}")
    assert ASKED in asked.text
    assert [label for label, _ in asked.buttons] == ["Yes, once more", "No, once is enough"]
    assert await made(told) == before
    assert "Good. I did it once." in (await told.one('@amina press "No, once is enough"')).text
    assert await made(told) == before
    assert ASKED in (await told.one(f"@amina {line}")).text
    again, *_ = await told.run('@amina press "Yes, once more"')
    assert again.error is None
    assert ASKED not in again.text
    after = await made(told)
    assert after != before
    await told.run('@amina press "Yes, once more"')
    assert await made(told) == after


@pytest.mark.parametrize(
    "again",
    ['/hello ask sent lead:"dana" wording:chat', "/message envoyé dana terme-utilisé:chat", "/ask sent DANA chat"],
)
async def test_it_does_not_matter_how_the_line_is_spelled(told: Console, again: str) -> None:
    await told.run("@amina /ask sent dana wording:chat")
    assert ASKED in (await told.one(f"@amina {again}")).text


async def test_a_minute_later_or_of_another_member_or_otherwise_it_is_done(told: Console) -> None:
    line = "/ask sent dana wording:chat"
    await told.run(f"@amina {line}", '@omar /lead add name:"Dana" organisation:"Nordik" why:"x"')
    assert "Good. You asked" in (await told.one(f"@omar {line}")).text
    assert "Good. You asked" in (await told.one("@amina /ask sent dana wording:call")).text
    await told.run("at 2026-03-09T09:08")
    assert "Good. You asked" in (await told.one(f"@amina {line}")).text


async def test_what_was_taken_back_may_be_told_again_at_once(told: Console) -> None:
    line = "@amina /ask sent dana wording:chat"
    await told.run(line, '@amina press "Take it back"')
    assert "Good. You asked" in (await told.one(line)).text


async def test_what_would_be_refused_anyway_says_so_itself(told: Console) -> None:
    talk = "@amina /meeting log dana reached:yes"
    await told.run(talk)
    assert "You told me already that you met Dana R." in (await told.one(talk)).text
    news = '@amina /win share text:"I have a job." show:name'
    await told.run(news)
    assert "You share this news already." in (await told.one(news)).text


async def test_a_line_that_was_refused_may_be_typed_again(circle: Console) -> None:
    line = "@amina /ask sent dana"
    assert (await circle.one(line)).error == "not-found"
    await circle.run('@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"')
    assert "Good. You asked" in (await circle.one(line)).text


async def test_the_same_command_with_its_values_is_asked_about_too_and_a_delivery_is_answered_once(
    told: Console,
) -> None:
    called = CalledCommand("ask sent", {"lead": "dana", "wording": "chat"})
    await told.answer(called)
    asked = await told.answer(called, delivery="again")
    assert ASKED in said(asked)
    assert button(asked, "Yes, once more")
    assert said(await told.answer(called, delivery="again")) == said(asked)
    assert ASKED in said(await told.answer(TypedLine("/ask sent dana chat")))
