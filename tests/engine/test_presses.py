"""A button is used once: what a second press of each one does, right after the first and after something else."""

from datetime import timedelta
from typing import Any

import pytest

from bot.engine.access import Access
from bot.engine.answer import Answer
from bot.engine.command import Again, AnyCommand
from bot.engine.invocation import Called, Pressed, Submitted
from bot.engine.tokens import Audience, can_carry
from bot.features import everything
from tests.engine.test_access import acted_on, thing, values
from tests.support.console import Console, button, said
from tests.support.store import NOW
from tests.support.world import AMINA, OMAR, ORGANISER, SIGNER, Person, World, open_world

BEFORE = "You pressed this button before. Nothing changed now."
USED = {
    "ask answered": Again.CHANGED,
    "ask take-back": Again.NEVER,
    "ask told": Again.CHANGED,
    "ask unanswer": Again.NEVER,
    "board as-name": Again.CHANGED,
    "board hidden": Again.CHANGED,
    "board join": Again.CHANGED,
    "buddy maybe": Again.CHANGED,
    "buddy never": Again.CHANGED,
    "community no-welcome": Again.CHANGED,
    "community digest now": Again.CHANGED,
    "community digest preview": Again.ALWAYS,
    "community digest-post": Again.CHANGED,
    "community digest-there": Again.CHANGED,
    "community not-organiser": Again.CHANGED,
    "community pack-back": Again.CHANGED,
    "community report": Again.ALWAYS,
    "community settings": Again.CHANGED,
    "community tip-publish": Again.CHANGED,
    "community tip-refuse": Again.CHANGED,
    "followup did": Again.CHANGED,
    "followup off": Again.CHANGED,
    "followup on": Again.CHANGED,
    "guide off": Again.CHANGED,
    "guide on": Again.CHANGED,
    "lead close": Again.CHANGED,
    "lead reopen": Again.CHANGED,
    "me come-back": Again.CHANGED,
    "me forget-now": Again.NEVER,
    "me inbox": Again.ALWAYS,
    "me link-another": Again.CHANGED,
    "me link-new": Again.ALWAYS,
    "me link-no": Again.CHANGED,
    "me link-reminders": Again.CHANGED,
    "me link-same": Again.CHANGED,
    "me link-yes": Again.CHANGED,
    "me settings": Again.CHANGED,
    "me unlink": Again.CHANGED,
    "meeting add-names": Again.CHANGED,
    "meeting drop-question": Again.NEVER,
    "meeting cancel": Again.NEVER,
    "meeting knows": Again.CHANGED,
    "meeting leave-names": Again.CHANGED,
    "meeting off": Again.CHANGED,
    "lead merge": Again.NEVER,
    "meeting put-back": Again.NEVER,
    "meeting take-back": Again.NEVER,
    "tip report": Again.NEVER,
    "tip tried": Again.CHANGED,
    "week ask-me": Again.CHANGED,
    "week none": Again.CHANGED,
    "week pause-one": Again.CHANGED,
    "week reached": Again.CHANGED,
    "win about": Again.CHANGED,
    "win choose": Again.CHANGED,
    "win hide": Again.CHANGED,
    "win thanked": Again.NEVER,
}
"""Every button that does something at once; of one that is not here its declaration says what a second press does."""
FORMS = {
    "board as-nickname", "board nickname", "buddy cheer", "buddy join", "followup later", "lead add", "lead edit", "me link-code",
    "meeting learned", "meeting log", "meeting name", "meeting plan", "meeting prep", "tip share", "week need-help",
    "week plan", "week report", "week some", "win share",
}  # fmt: skip
"""Buttons that open a form: it opens each time, and what is sent is sent once."""
TYPED = {
    "ask check", "ask draft", "ask replied", "ask sent", "ask undo", "board leave", "buddy leave",
    "community setup", "followup done", "followup snooze", "me link", "me pause", "meeting undo", "start",
}  # fmt: skip
"""What has no button, or had one in older versions, or only one that opens what was kept."""


CHANGING = {command.name: command for command in everything() if not command.reads}
NEW = sorted(CHANGING.keys() - USED.keys() - FORMS - TYPED)
OPENING = sorted(FORMS | {name for name in NEW if CHANGING[name].form is not None})
DOING = USED | {name: CHANGING[name].again for name in NEW if CHANGING[name].form is None}


def test_every_button_that_changes_something_is_declared_as_it_is_here() -> None:
    assert CHANGING.keys() >= USED.keys() | FORMS | TYPED, "a name in USED, FORMS or TYPED is of no command"
    assert {name: CHANGING[name].again for name in USED} == USED
    # Every other button would be used once, if it had one.
    assert {CHANGING[name].again for name in FORMS | TYPED} == {Again.NEVER}


def raw_of(world: World, command: AnyCommand, who: Person) -> dict[str, str]:
    target = acted_on(command)
    raw = values(command) | ({target.name: thing(world, command, target, who)} if target else {})
    return {p.name: raw[p.name] for p in command.carried if p.name in raw and can_carry(raw[p.name])}


@pytest.mark.parametrize("name", OPENING)
async def test_a_button_that_opens_a_form_opens_it_each_time_and_changes_nothing(name: str) -> None:
    command = everything().get(name)
    assert command is not None
    who = ORGANISER if command.access is Access.ORGANISER else AMINA
    async with open_world() as world:
        raw = raw_of(world, command, who)
        unasked = {
            p.name: raw[p.name] for p in command.params if p.name in raw and (p.rule.subject or not p.rule.asked)
        }
        token = world.token(who, command, unasked)
        before = await world.rows()
        for _ in range(2):
            answer = await press(world, who, token)
            assert answer.form is not None
            later(world)
        assert await world.rows() == before


async def press(world: World, who: Person, token: str) -> Answer:
    return await world.ask(who, Pressed(token))


def later(world: World) -> None:
    """Let a moment pass."""
    world.console.clock.move(world.console.clock.now() + timedelta(seconds=1))


async def counted(world: World) -> Any:
    """Everything that counts: what was done, and the asks and meetings it tells of."""
    rows = await world.rows()
    return {key: row for key, row in rows.items() if key[0] in {"events", "asks", "meetings", "leads"}}


@pytest.mark.parametrize("name", DOING)
async def test_a_second_press_gets_the_first_answer_and_changes_nothing(name: str) -> None:
    command = everything().get(name)
    assert command is not None
    who = ORGANISER if command.access is Access.ORGANISER else AMINA
    async with open_world() as world:
        token = world.token(who, command, raw_of(world, command, who))
        first = await press(world, who, token)
        if first.reply.error is not None:
            return  # what cannot be done is said each time
        before = await world.rows()
        later(world)
        second = await press(world, who, token)
        if DOING[name] is Again.ALWAYS:
            assert second.reply.error is None
            return
        assert (said(second), second.reply) == (said(first), first.reply)
        assert await world.rows() == before


@pytest.mark.parametrize("name", [name for name, again in DOING.items() if again is Again.NEVER])
async def test_after_something_else_it_still_changes_nothing_and_says_so(name: str) -> None:
    command = everything().get(name)
    assert command is not None
    async with open_world() as world:
        token = world.token(AMINA, command, raw_of(world, command, AMINA))
        first = await press(world, AMINA, token)
        later(world)
        await world.call(AMINA, "lead add", name="Priya", organisation="Hydro", why="tests")
        before = await world.rows()
        later(world)
        second = await press(world, AMINA, token)
        assert await world.rows() == before
        if first.reply.error is None:
            assert said(second) == f"{said(first)}\n\n{BEFORE}"


@pytest.mark.parametrize("name", [name for name, again in DOING.items() if again is Again.CHANGED])
async def test_pressed_again_after_something_else_nothing_counts_twice(name: str) -> None:
    command = everything().get(name)
    assert command is not None
    who = ORGANISER if command.access is Access.ORGANISER else AMINA
    async with open_world() as world:
        token = world.token(who, command, raw_of(world, command, who))
        await press(world, who, token)
        later(world)
        await world.call(who, "win share", text="a good talk", show="private")
        before = await counted(world)
        later(world)
        assert (await press(world, who, token)).reply.error not in {"internal", "not-saved"}
        assert {key: len(rows) for key, rows in (await counted(world)).items()} == {
            key: len(rows) for key, rows in before.items()
        }


async def test_a_button_for_everyone_is_used_once_by_each_member() -> None:
    command = everything().get("week ask-me")
    assert command is not None
    async with open_world() as world:
        audience = Audience("console", AMINA.community, None)
        token = SIGNER.sign(command.code, (), audience, NOW)
        for who in (AMINA, OMAR):
            assert "I ask you on Sunday" in said(await press(world, who, token))
            later(world)
            settings = said(await world.call(who, "me settings", number="2"))
            assert "Sunday question: yes" in settings


DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


async def test_the_same_button_in_two_messages_of_one_minute_is_two_buttons(circle: Console) -> None:
    await circle.run(DANA)
    cards = [await circle.one("@amina /lead show dana") for _ in range(4)]
    tokens = {button.token for card in cards for label, button in card.buttons if label == "I asked them"}
    # There are two thousand marks, so two messages share one now and then, but never all of them.
    assert len(tokens) > 1


async def test_a_form_that_is_sent_twice_is_done_once_and_one_that_opens_again_is_another(circle: Console) -> None:
    await circle.run(DANA, '@amina press "Add another person"')
    form = circle.session.screen.forms["amina"]
    tom = {"name": "Tom", "organisation": "Hydro", "why": "tests"}
    first = await circle.answer(Submitted(form.token, tom))
    assert said(await circle.answer(Submitted(form.token, dict(reversed(tom.items()))))) == said(first)
    assert "2 people on your list" in (await circle.one("@amina /lead list")).text
    # Another person in the same form is another wish, and nothing that was typed is lost.
    assert "Priya" in said(await circle.answer(Submitted(form.token, tom | {"name": "Priya"})))
    await circle.run('@amina press "Add another person"')
    again = circle.session.screen.forms["amina"]
    assert again.token != form.token
    assert "is on your list already" in said(await circle.answer(Submitted(again.token, tom)))
    assert "3 people on your list" in (await circle.one("@amina /lead list")).text


async def test_changing_ones_mind_and_back_on_one_message_is_what_the_last_press_says(circle: Console) -> None:
    await circle.run(
        '@amina /win share text:"I have a job."',
        "at 2026-03-09T10:00",
        '@amina press "Share with my name"',
    )
    shared = next(seen for seen in circle.session.screen.seen if seen.command == "win share")
    token = {label: button.token for label, button in shared.buttons}
    for hour, label in ((11, "Keep it for me"), (12, "Share with my name")):
        await circle.run(f"at 2026-03-09T{hour}:00")
        assert (await circle.answer(Pressed(token[label]))).reply.error is None
    text = "\n".join(message.text for message in await circle.run("at 2026-03-16T12:30") if message.to == "#digest")
    assert "Amina: I have a job." in text


async def test_a_button_that_erases_does_nothing_to_who_began_anew(circle: Console) -> None:
    await circle.run(DANA, "@amina /me forget")
    first = await circle.one('@amina press "Yes, erase everything"')
    assert (await circle.one('@amina press "Yes, erase everything"')).text == first.text
    await circle.run("at 2026-03-10T10:00", DANA, "at 2026-03-10T10:05")
    seen = await circle.one('@amina press "Yes, erase everything"')
    assert seen.text == f"{first.text}\n\n{BEFORE}"
    assert "Dana R." in (await circle.one("@amina /lead list")).text
    await circle.run("at 2026-03-12T10:00")
    assert (await circle.one('@amina press "Yes, erase everything"')).error == "stale-button"


async def test_a_question_is_left_out_once_and_an_old_list_leaves_out_nothing_else(circle: Console) -> None:
    asked = "\n".join(f"Question {letter}?" for letter in "abcdefgh")
    await circle.run(DANA)
    first = await circle.answer(Called("meeting prep", {"lead": "dana", "goal": "tools", "questions": asked}))
    after = said(await circle.answer(Pressed(button(first, "Leave out question 2").token)))
    assert "That is 7 questions." in after
    assert "Question b?" not in after
    assert said(await circle.answer(Pressed(button(first, "Leave out question 2").token))) == after
    # In the first list, number 3 is c; in the list of now it is d.
    now = await circle.answer(Pressed(button(first, "Leave out question 3").token))
    assert "That is 7 questions." in said(now)
    assert "Question c?" in said(now)
    assert "Question d?" in said(now)
