import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest

from adapters.discord import answering, showing
from bot.engine.form import opens
from bot.features import everything
from tests.support.hasty import Hasty
from tests.support.simulated import Said, Simulated, walk

DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "built the river sensor"}


def callbacks(server: Simulated) -> list[dict[str, Any]]:
    return [request.json for request in server.env.http_requests if request.path.endswith("/callback")]


@asynccontextmanager
async def a_store_that_waits_for_the_first_answer(server: Simulated) -> AsyncGenerator[None]:
    """Hold the store until one more first answer has gone to Discord."""
    before = len(callbacks(server))
    heard = threading.Event()
    taken = server.env.backend.http_requests

    class Watched(list):
        def append(self, entry: Any) -> None:
            super().append(entry)
            if entry.path.endswith("/callback"):
                heard.set()

    server.env.backend.http_requests = Watched(taken)
    held = asyncio.ensure_future(server.circle.db.write(lambda _: heard.wait(60)))
    yield
    assert await held, "the first answer waited for the store"
    assert len(callbacks(server)) > before


async def test_an_answer_that_is_there_in_time_is_the_first_and_only_one(server: Simulated):
    amina = server.someone("Amina")
    reply = await server.type(amina, "lead add", **DANA)
    assert "Dana R., Nordik is on your list." in reply.text
    assert reply.private
    assert [callback["type"] for callback in callbacks(server)][-1] == 4
    assert not [request for request in server.env.http_requests if request.path.endswith("/messages/@original")]


async def test_the_first_answer_does_not_wait_for_a_slow_store(server: Simulated, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answering, "DelayedAck", Hasty)
    amina = server.someone("Amina")
    async with a_store_that_waits_for_the_first_answer(server):
        reply = await server.type(amina, "lead add", **DANA)
    assert callbacks(server)[-1] == {"type": 5, "data": {"flags": 64}}
    assert "Dana R., Nordik is on your list." in reply.text
    assert reply.private
    assert reply.result.followups == []


async def test_a_form_that_comes_too_late_is_behind_a_button(server: Simulated, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answering, "DelayedAck", Hasty)
    amina = server.someone("Amina")
    async with a_store_that_waits_for_the_first_answer(server):
        reply = await server.type(amina, "lead add", name="Dana R.")
    assert reply.labels == ["Open the form"]
    assert reply.private
    monkeypatch.undo()
    form = await server.press(amina, reply, "Open the form")
    assert form.asked["name"]["value"] == "Dana R.", "what was typed is not lost"
    assert "on your list" in (await server.send(amina, form, DANA)).text


async def test_what_discord_gave_up_on_is_done_once_however_often_it_comes(server: Simulated):
    amina = server.someone("Amina")
    server.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await server.type(amina, "ask sent", lead="nobody")
    server.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await server.type(amina, "lead add", **DANA)
    await server.redeliver()
    assert "is on your list already" in (await server.type(amina, "lead add", **DANA)).text
    assert "1 person on your list" in (await server.type(amina, "lead list")).text


async def test_a_callback_that_was_heard_twice_is_answered_once(server: Simulated):
    amina = server.someone("Amina")
    http_requests = len(callbacks(server))
    reply = await server.type(amina, "lead add", **DANA)
    assert len(callbacks(server)) == http_requests + 1
    await server.redeliver()
    assert "Dana R., Nordik is on your list." in reply.text


async def test_an_acknowledgement_that_was_lost_is_made_up_for(server: Simulated):
    amina = server.someone("Amina")
    server.env.inject_error("POST", "/interactions/*/callback", status=503)
    reply = await server.type(amina, "lead add", **DANA)
    assert "Dana R., Nordik is on your list." in reply.text
    assert reply.private


async def test_an_edit_that_breaks_is_sent_again(server: Simulated, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answering, "DelayedAck", Hasty)
    amina = server.someone("Amina")
    server.env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=503, times=2)
    reply = await server.type(amina, "lead add", **DANA)
    assert "Dana R., Nordik is on your list." in reply.text


async def test_a_fault_of_ours_gets_a_number_and_not_silence(server: Simulated, monkeypatch: pytest.MonkeyPatch):
    amina = server.someone("Amina")

    def broken(*_: Any) -> None:
        raise RuntimeError("a canary that no log may show")

    monkeypatch.setattr(showing, "render", broken, raising=True)
    calls = []
    real = __import__("adapters.discord.render", fromlist=["render"]).render

    def once(*values: Any) -> Any:
        calls.append(values)
        if len(calls) == 1:
            broken()
        return real(*values)

    monkeypatch.setattr(showing, "render", once)
    reply = await server.type(amina, "lead list")
    assert "I made an error." in reply.text
    assert reply.private


async def test_while_it_stops_the_bot_asks_to_try_again(server: Simulated):
    amina = server.someone("Amina")
    await server.platform._answering.drain()
    reply = await server.type(amina, "lead add", **DANA)
    assert "Please try again in a minute." in reply.text
    await server.restart()
    assert "Your list is empty" in (await server.type(amina, "lead list")).text


async def test_every_private_command_is_answered_privately_and_every_form_is_a_form(server: Simulated):
    olga = server.someone("Olga")
    for command in everything().listed:
        if any(param.required and not (command.form and param.rule.asked) for param in command.params):
            continue
        reply = Said(await olga.slash(server.general, command.name))
        if reply.result.modal is not None:
            assert opens(command, {}), command.name
        else:
            assert reply.private, command.name
            assert 1 <= len(list(walk(reply.message.components))) <= 40
            assert reply.message.flags.components_v2


async def test_the_bot_sees_servers_and_nothing_that_people_write(server: Simulated):
    bot = server.env.bot
    assert bot.intents == discord.Intents(guilds=True)
    assert bot.allowed_mentions.to_dict() == {"parse": []}
    assert len(bot.cached_messages) == 0
    assert list(bot.users) == [bot.user]
