from datetime import timedelta
from typing import Any

import pytest

from adapters.discord import answering, showing
from bot.domain.ids import Who
from bot.store import communities, members, notices
from bot.ui.codec import encode
from bot.ui.reply import reply
from bot.ui.text import t
from tests.support.hasty import Hasty
from tests.support.present import present
from tests.support.simulated import Said, Simulated, drawn, walk

DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "built the river sensor"}


async def many_questions(server: Simulated) -> Said:
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **DANA)
    form = await server.type(amina, "meeting prep", lead="dana")
    questions = "\n".join(f"Question number {n}?" for n in "abcdefg")
    return await server.send(amina, form, goal="hear how she began", questions=questions)


async def test_a_button_works_after_a_restart(server: Simulated):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", **DANA)
    await server.restart()
    asked = await server.press(amina, reply, "I asked them")
    assert "You asked Dana R." in asked.text
    assert asked.private


async def test_a_button_that_is_too_old_says_so_privately(server: Simulated):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", **DANA)
    server.clock.move(server.clock.now() + timedelta(days=31))
    late = await server.press(amina, reply, "I asked them")
    assert "This button does not work any more." in late.text
    assert late.private


async def test_a_button_made_for_somebody_else_changes_nothing(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    hers = await server.type(amina, "lead add", **DANA)
    his = await server.type(omar, "lead add", **DANA)
    stored = server.env.backend.get_message(server.general.id, his.message.id)
    token = next(
        component["custom_id"]
        for component in walked(hers.message.components)
        if component.get("label") == "I asked them"
    )
    for component in walked(stored.components):
        if component.get("label") == "I asked them":
            component["custom_id"] = token
    pressed = await server.press(omar, his, "I asked them")
    assert "This button does not work any more." in pressed.text
    assert "Dana R., Nordik: new" in (await server.type(amina, "lead list")).text


async def test_ones_own_data_comes_as_a_file(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", **DANA)
    reply = await server.type(amina, "me export")
    assert [file.filename for file in reply.message.attachments] == ["hello-circle.json"]
    assert reply.private


async def test_turning_pages_works_after_a_restart(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead list")
    sentence = "A thing that is due and takes a long line to explain, so that pages are needed. " * 10

    def at(number: int):
        return server.clock.now() - timedelta(seconds=60 - number)

    def fill(tx) -> None:
        community = communities.find(tx, "discord", str(server.guild.id))
        member = present(members.find(tx, present(community).id, str(amina.id)))
        for number in range(9):
            who = Who(member.community, member.id)
            notices.put(tx, who, f"k{number}", encode(reply(t(f"Message {number}."), t(sentence))), at(number))
        for notice in notices.claim(tx, server.clock.now(), "test", timedelta(0), platforms=("discord",), limit=50):
            notices.to_inbox(tx, notice)

    await server.circle.db.write(fill)
    first = await server.type(amina, "me inbox")
    told = first.text
    assert "Message 8." not in told
    assert "Page 1 of 3." in told
    await server.restart()
    second = await server.press(amina, first, "Next page")
    assert "Page 2 of 3." in second.text
    told += second.text
    last = await server.press(amina, second, "Next page")
    assert "Page 3 of 3." in last.text
    told += last.text
    assert first.message.id == second.message.id == last.message.id, "a page takes the place of the one before"
    assert [told.count(f"Message {number}.") for number in range(9)] == [1] * 9
    assert "Page before" in last.labels


def walked(components):
    for component in components:
        yield component
        yield from walked(component.get("components") or [])


async def test_a_question_that_is_left_out_is_gone_from_the_same_message(server: Simulated):
    amina, many = server.someone("Amina"), await many_questions(server)
    assert "That is 7 questions." in many.text
    fewer = await server.press(amina, many, "Leave out question 1")
    assert fewer.message.id == many.message.id
    assert "That is 6 questions." in fewer.text
    assert "Question number a?" not in fewer.text
    sheet = await server.press(amina, fewer, "Keep them all")
    assert sheet.message.id == many.message.id
    assert sheet.message.ephemeral


async def test_what_is_done_leaves_the_list_and_the_other_people_stay_on_it(server: Simulated):
    amina = server.someone("Amina")
    for name in ("Dana R.", "Ben O."):
        await server.type(amina, "lead add", name=name, organisation="Nordik", why="rivers")
        await server.type(amina, "ask sent", lead=name, wording="chat")
    await server.move(server.clock.now() + timedelta(days=8))
    due = await server.type(amina, "followup list")
    assert due.labels.count("Done") == 2
    buttons = [component["custom_id"] for component in walk(due.message.components) if component.get("label") == "Done"]
    answer = Said(await amina.click(due.message, custom_id=buttons[0]))
    assert answer.message.id == due.message.id
    assert "Well done." in answer.text
    assert answer.labels.count("Done") == 1, "the button that was used is gone"
    assert answer.labels.count("Remind me later") == 1
    assert "Dana R." in answer.text
    assert "Ben O." in answer.text


async def test_a_press_that_fails_leaves_its_message_as_it_is(server: Simulated):
    amina, many = server.someone("Amina"), await many_questions(server)
    await server.move(server.clock.now() + timedelta(days=40))
    stale = await server.press(amina, many, "Leave out question 1")
    assert stale.message.id != many.message.id
    assert "This button does not work any more." in stale.text
    assert "That is 7 questions." in many.text


async def test_a_press_that_is_answered_late_changes_its_message_all_the_same(
    server: Simulated, monkeypatch: pytest.MonkeyPatch
):
    many = await many_questions(server)
    monkeypatch.setattr(answering, "DelayedAck", Hasty)
    fewer = await server.press(server.someone("Amina"), many, "Leave out question 1")
    assert fewer.message.id == many.message.id
    assert "That is 6 questions." in many.text, "and no message with old buttons stays above it"
    assert fewer.result.followups == []


async def test_an_error_that_comes_late_stands_below_what_was_pressed(
    server: Simulated, monkeypatch: pytest.MonkeyPatch
):
    amina, many = server.someone("Amina"), await many_questions(server)
    await server.type(amina, "lead close", lead="dana")
    monkeypatch.setattr(answering, "DelayedAck", Hasty)
    stale = await server.press(amina, many, "Leave out question 1")
    (word,) = stale.result.followups
    assert "This meeting is not there any more." in drawn(word.components)
    assert word.ephemeral
    assert "That is 7 questions." in many.text


async def test_a_fault_of_ours_that_comes_late_leaves_what_was_pressed_as_it_is(
    server: Simulated, monkeypatch: pytest.MonkeyPatch
):
    many = await many_questions(server)
    monkeypatch.setattr(answering, "DelayedAck", Hasty)
    real = showing.render

    def once(*values: Any) -> Any:
        monkeypatch.setattr(showing, "render", real)
        raise RuntimeError("a canary that no log may show")

    monkeypatch.setattr(showing, "render", once)
    broken = await server.press(server.someone("Amina"), many, "Leave out question 1")
    (word,) = broken.result.followups
    assert "I made an error." in drawn(word.components)
    assert word.ephemeral
    assert "That is 7 questions." in many.text
