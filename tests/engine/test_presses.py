"""A button is used once: what a second press of each one does, right after the first and after something else."""

from datetime import timedelta
from typing import Any

import pytest

from bot.engine.access import Access
from bot.engine.answer import Answer
from bot.engine.command import AnyCommand, SecondPress
from bot.engine.invocation import CalledCommand, PressedButton, SubmittedForm
from bot.engine.tokens import Audience, can_carry
from bot.features import everything
from tests.engine.test_access import acted_on, thing, values
from tests.support.console import Console, button, said
from tests.support.store import NOW
from tests.support.world import AMINA, OMAR, ORGANISER, SIGNER, Person, World, open_world

BEFORE = "You pressed this button before. Nothing changed now."
USED = {
    "ask answered": SecondPress.CHANGED,
    "ask take-back": SecondPress.NEVER,
    "ask told": SecondPress.CHANGED,
    "ask unanswer": SecondPress.NEVER,
    "board as-name": SecondPress.CHANGED,
    "board hidden": SecondPress.CHANGED,
    "board join": SecondPress.CHANGED,
    "buddy maybe": SecondPress.CHANGED,
    "buddy never": SecondPress.CHANGED,
    "community no-welcome": SecondPress.CHANGED,
    "community digest now": SecondPress.CHANGED,
    "community digest preview": SecondPress.ALWAYS,
    "community digest-post": SecondPress.CHANGED,
    "community digest-there": SecondPress.CHANGED,
    "community not-organiser": SecondPress.CHANGED,
    "community pack-back": SecondPress.CHANGED,
    "community report": SecondPress.ALWAYS,
    "community settings": SecondPress.CHANGED,
    "community tip-publish": SecondPress.CHANGED,
    "community tip-refuse": SecondPress.CHANGED,
    "followup did": SecondPress.CHANGED,
    "followup off": SecondPress.CHANGED,
    "followup on": SecondPress.CHANGED,
    "guide off": SecondPress.CHANGED,
    "guide on": SecondPress.CHANGED,
    "lead close": SecondPress.CHANGED,
    "lead reopen": SecondPress.CHANGED,
    "me come-back": SecondPress.CHANGED,
    "me forget-now": SecondPress.NEVER,
    "me inbox": SecondPress.ALWAYS,
    "me link-another": SecondPress.CHANGED,
    "me link-new": SecondPress.ALWAYS,
    "me link-no": SecondPress.CHANGED,
    "me link-reminders": SecondPress.CHANGED,
    "me link-same": SecondPress.CHANGED,
    "me link-yes": SecondPress.CHANGED,
    "me settings": SecondPress.CHANGED,
    "me unlink": SecondPress.CHANGED,
    "meeting add-names": SecondPress.CHANGED,
    "meeting drop-question": SecondPress.NEVER,
    "meeting cancel": SecondPress.NEVER,
    "meeting knows": SecondPress.CHANGED,
    "meeting leave-names": SecondPress.CHANGED,
    "meeting off": SecondPress.CHANGED,
    "lead merge": SecondPress.NEVER,
    "meeting put-back": SecondPress.NEVER,
    "meeting take-back": SecondPress.NEVER,
    "tip report": SecondPress.NEVER,
    "tip tried": SecondPress.CHANGED,
    "week ask-me": SecondPress.CHANGED,
    "week none": SecondPress.CHANGED,
    "week pause-one": SecondPress.CHANGED,
    "week reached": SecondPress.CHANGED,
    "win about": SecondPress.CHANGED,
    "win choose": SecondPress.CHANGED,
    "win hide": SecondPress.CHANGED,
    "win thanked": SecondPress.NEVER,
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
    assert {CHANGING[name].again for name in FORMS | TYPED} == {SecondPress.NEVER}


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
    return await world.ask(who, PressedButton(token))


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
        if DOING[name] is SecondPress.ALWAYS:
            assert second.reply.error is None
            return
        assert (said(second), second.reply) == (said(first), first.reply)
        assert await world.rows() == before


@pytest.mark.parametrize("name", [name for name, again in DOING.items() if again is SecondPress.NEVER])
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


@pytest.mark.parametrize("name", [name for name, again in DOING.items() if again is SecondPress.CHANGED])
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
    first = await circle.answer(SubmittedForm(form.token, tom))
    assert said(await circle.answer(SubmittedForm(form.token, dict(reversed(tom.items()))))) == said(first)
    assert "2 people on your list" in (await circle.one("@amina /lead list")).text
    # Another person in the same form is another wish, and nothing that was typed is lost.
    assert "Priya" in said(await circle.answer(SubmittedForm(form.token, tom | {"name": "Priya"})))
    await circle.run('@amina press "Add another person"')
    again = circle.session.screen.forms["amina"]
    assert again.token != form.token
    assert "is on your list already" in said(await circle.answer(SubmittedForm(again.token, tom)))
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
        assert (await circle.answer(PressedButton(token[label]))).reply.error is None
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
    first = await circle.answer(CalledCommand("meeting prep", {"lead": "dana", "goal": "tools", "questions": asked}))
    after = said(await circle.answer(PressedButton(button(first, "Leave out question 2").token)))
    assert "That is 7 questions." in after
    assert "Question b?" not in after
    assert said(await circle.answer(PressedButton(button(first, "Leave out question 2").token))) == after
    # In the first list, number 3 is c; in the list of now it is d.
    now = await circle.answer(PressedButton(button(first, "Leave out question 3").token))
    assert "That is 7 questions." in said(now)
    assert "Question c?" in said(now)
    assert "Question d?" in said(now)
