"""Answers over real sockets: private, in time, once, and whole when a connection breaks in the middle."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.discord import answering
from adapters.serving import serve
from tests.support.discord.faults import Dropped, Fault, Held, Refused, Reset, TooMany
from tests.support.discord.hurry import hurried
from tests.support.discord.interactions import COMMAND, MODAL
from tests.support.discord.person import private
from tests.support.discord.running import Running, prepared, running
from tests.support.hasty import Hasty

CALLBACK = "POST /interactions/{interaction}/{token}/callback"
EDIT = "PATCH /webhooks/{application}/{token}/messages/@original"
DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "rivers"}


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as running_bot:
        yield running_bot


async def test_what_a_member_does_is_answered_only_to_that_member(bot: Running):
    amina, omar = bot.someone("Amina"), bot.someone("Omar")
    await amina.types("/lead add", **DANA)
    assert private(amina.answer)
    assert "Dana" in amina.sees
    assert "Dana" not in omar.sees
    assert await omar.suggests("/lead show", lead="da") == []
    assert await amina.suggests("/lead show", lead="da") == ["Dana R. · Nordik"]


@pytest.fixture
def hastily(monkeypatch: pytest.MonkeyPatch) -> None:
    """Acknowledge at once whatever takes any time, as after a second of a slow store."""
    monkeypatch.setattr(answering, "DelayedAck", Hasty)


async def test_every_answer_is_one_request_and_nothing_is_pinged(bot: Running):
    amina = bot.someone("Amina")
    await amina.types("/lead add", name="@everyone", organisation="<@Omar>", why="a [link](https://x.org)")
    answered = bot.discord.asked(CALLBACK)[-1]
    assert answered.body["type"] == 4
    assert bot.discord.asked(EDIT) == bot.discord.asked("POST /webhooks/{application}/{token}") == []
    assert r"\@everyone" in amina.sees
    assert answered.body["data"]["allowed_mentions"] == {"parse": []}


@pytest.mark.usefixtures("hastily")
async def test_an_answer_that_comes_late_is_an_edit_of_the_first_and_nothing_is_pinged(bot: Running):
    amina = bot.someone("Amina")
    await amina.types("/lead add", name="@everyone", organisation="<@Omar>", why="a [link](https://x.org)")
    assert [request.body["type"] for request in bot.discord.asked(CALLBACK)][-1] == 5
    assert bot.discord.asked("POST /webhooks/{application}/{token}") == []
    assert r"\@everyone" in amina.sees
    assert private(amina.answer)
    assert bot.discord.asked(EDIT)[-1].body["allowed_mentions"] == {"parse": []}


async def test_a_button_from_before_a_restart_works(bot: Running):
    amina = bot.someone("Amina")
    await amina.types("/lead add", **DANA)
    await bot.restart()
    await amina.presses("Join with a nickname")
    if amina.form is not None:
        await amina.fills(**dict.fromkeys(amina.form.controls, "Blue Heron"))
    assert "Blue Heron" in amina.sees


async def test_a_form_from_before_a_restart_can_be_sent(bot: Running):
    amina = bot.someone("Amina")
    await amina.types("/lead add")
    await bot.restart()
    assert "Dana R., Nordik is on your list." in await amina.fills(**DANA)
    assert private(amina.answer)


async def test_two_people_with_the_same_form_never_get_each_others(bot: Running):
    amina, omar = bot.someone("Amina"), bot.someone("Omar")
    await asyncio.gather(amina.types("/lead add"), omar.types("/lead add"))
    replies = await asyncio.gather(amina.fills(**DANA), omar.fills(name="Ben O.", organisation="Fjord", why="boats"))
    assert "Dana R." in replies[0]
    assert "Ben O." in replies[1]
    assert "Ben" not in await amina.types("/lead list")


async def test_a_form_that_does_not_pass_gives_a_button_that_keeps_what_was_typed(bot: Running):
    amina = bot.someone("Amina")
    await amina.types("/lead add")
    reply = await amina.fills(**{**DANA, "why": "rivers, dana@nordik.example"})
    assert "Dana" not in await bot.someone("Omar").types("/lead list")
    assert reply
    await amina.presses("Change what I typed")
    assert amina.form is not None
    assert amina.form.controls["name"]["value"] == "Dana R."
    assert amina.form.controls["why"]["value"].strip() == "rivers,"
    assert bot.discord.asked(CALLBACK)[-1].body["type"] == MODAL
    assert "Dana R., Nordik is on your list." in await amina.fills(why="rivers")


async def test_the_first_answer_does_not_wait_for_the_store(bot: Running, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answering, "AT_ONCE", 0.02)
    amina, gate = bot.someone("Amina"), threading.Event()
    waiting = asyncio.create_task(bot.circle.db.write(lambda _: gate.wait(60)))
    interaction = await amina.sends(COMMAND, amina._command("/lead add", DANA))
    await amina.waits_for(interaction.acknowledged, interaction)
    assert not interaction.written.is_set()
    gate.set()
    await waiting
    await amina.waits_for(interaction.written, interaction)
    assert "Dana R., Nordik is on your list." in amina.sees


async def test_an_interaction_that_came_too_late_does_nothing_nobody_would_hear_of(bot: Running):
    amina, gateway = bot.someone("Amina"), bot.discord.gateway
    await gateway.until(lambda: gateway.sessions[0].socket is not None)
    gateway.sessions[0].silent = True
    interaction = await amina.sends(COMMAND, amina._command("/lead add", DANA))
    bot.clock.move(bot.clock.now() + timedelta(seconds=4))
    await gateway.drop()
    assert "Your list is empty" in await amina.types("/lead list")
    assert interaction.answers == []


@pytest.mark.parametrize("fault", [Dropped(), Reset(), Reset(after=False)], ids=str)
@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("route", [CALLBACK, EDIT])
async def test_an_answer_whose_connection_breaks_comes_all_the_same_and_once(bot: Running, route: str, fault: Fault):
    amina = bot.someone("Amina")
    bot.discord.fails(route, fault)
    assert "Dana R., Nordik is on your list." in await amina.types("/lead add", **DANA)
    assert "1 person on your list" in await amina.types("/lead list")
    assert len([message for message in amina.messages if "is on your list" in str(message.body)]) == 1


@pytest.mark.parametrize("fault", [Dropped(), Reset(), Reset(after=False)], ids=str)
async def test_an_answer_at_once_whose_connection_breaks_comes_all_the_same_and_once(bot: Running, fault: Fault):
    amina = bot.someone("Amina")
    bot.discord.fails(CALLBACK, fault)
    assert "Dana R., Nordik is on your list." in await amina.types("/lead add", **DANA)
    assert bot.discord.asked(EDIT) == []
    assert len([message for message in amina.messages if "is on your list" in str(message.body)]) == 1


@pytest.mark.parametrize("fault", [Dropped(), Reset(), Reset(after=False)], ids=str)
async def test_a_form_whose_connection_breaks_opens_all_the_same(bot: Running, fault: Fault):
    amina = bot.someone("Amina")
    bot.discord.fails(CALLBACK, fault)
    await amina.types("/lead add")
    assert "Dana R., Nordik is on your list." in await amina.fills(**DANA)


@pytest.mark.parametrize("fault", [Dropped(), Reset(), Reset(after=False)], ids=str)
async def test_suggestions_whose_connection_breaks_come_all_the_same(bot: Running, fault: Fault):
    amina = bot.someone("Amina")
    await amina.types("/lead add", **DANA)
    bot.discord.fails(CALLBACK, fault)
    assert await amina.suggests("/lead show", lead="da") == ["Dana R. · Nordik"]


@pytest.mark.parametrize("fault", [Dropped(), Reset(), Reset(after=False)], ids=str)
async def test_a_message_given_at_once_is_not_replaced_by_an_apology(bot: Running, fault: Fault):
    amina = bot.someone("Amina")
    bot.discord.fails(CALLBACK, fault)
    bot.platform._answering._underway.closing = True
    assert "I start again at this moment." in await amina.types("/lead list")


@pytest.mark.usefixtures("hastily")
def test_a_fault_of_discords_own_is_waited_out(tmp_path: Path):
    async def story() -> None:
        async with running(tmp_path) as bot:
            bot.discord.fails(EDIT, Refused(502), times=2)
            assert "Dana R." in await bot.someone("Amina").types("/lead add", **DANA)

    hurried(story())


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("route", [CALLBACK, EDIT])
def test_a_wait_that_discord_asks_for_is_kept(tmp_path: Path, route: str):
    async def story() -> None:
        async with running(tmp_path) as bot:
            loop, amina = asyncio.get_running_loop(), bot.someone("Amina")
            bot.discord.fails(route, TooMany(2.5))
            before = loop.time()
            assert "Dana R." in await amina.types("/lead add", **DANA)
            assert loop.time() - before >= 2.4
            assert bot.discord.problems == [], "nothing came before the wait was over"

    hurried(story())


@pytest.mark.usefixtures("hastily")
async def test_a_stop_answers_what_was_taken_up(bot: Running):
    amina, held = bot.someone("Amina"), Held()
    bot.discord.fails(EDIT, held)
    interaction = await amina.sends(COMMAND, amina._command("/lead add", DANA))
    await amina.waits_for(held.reached, interaction)
    stopping = asyncio.create_task(bot.stop())
    await asyncio.wait({stopping}, timeout=0.05)
    assert not stopping.done(), "an answer is on its way"
    held.let_go.set()
    await stopping
    assert "Dana R., Nordik is on your list." in amina.sees


@pytest.mark.usefixtures("hastily")
def test_a_stop_does_not_wait_for_ever(tmp_path: Path):
    async def story() -> None:
        async with prepared(tmp_path) as bot:
            loop, stopping = asyncio.get_running_loop(), asyncio.Event()
            serving = asyncio.create_task(serve(bot.circle, [bot.make_platform()], bot.messengers, stopping))
            await bot.discord.gateway.until(lambda: bot.discord.gateway.sessions)
            await bot.set_up()
            amina, held = bot.someone("Amina"), Held()
            bot.discord.fails(EDIT, held)
            interaction = await amina.sends(COMMAND, amina._command("/lead add", DANA))
            await amina.waits_for(held.reached, interaction)
            before = loop.time()
            stopping.set()
            assert await serving is None
            assert loop.time() - before >= 10
            held.let_go.set()

    hurried(story())


async def test_a_busy_hour_loses_nothing(bot: Running):
    people = [bot.someone(f"Person {number}") for number in range(12)]

    async def one(person: Any) -> None:
        for name in ("Dana R.", "Ben O.", "Chi N."):
            assert name in await person.types("/lead add", name=name, organisation="Nordik", why="rivers")

    await asyncio.gather(*(one(person) for person in people))
    for person in people:
        assert "3 people on your list" in await person.types("/lead list")
