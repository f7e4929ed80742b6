from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.store import communities, posts
from tests.support.simulated import Simulated, drawn, walk
from tests.support.store import NOW

MONDAY = NOW + timedelta(days=7, hours=3, minutes=30)
"""The Monday after, 12:30 in Toronto: when the digest is due."""


async def live_a_week(server: Simulated) -> None:
    """Three people add people, so that the week is told and has a board."""
    for name in ("Amina", "Omar", "Li"):
        who = server.someone(name)
        await server.type(who, "board join", **{"as": "name"})
        for number in range(2):
            await server.type(who, "lead add", name=f"Person {number}", organisation="Nordik", why="rivers")


def letters(server: Simulated, name: str) -> list[str]:
    return [
        drawn([component.to_dict() for component in message.components])
        for message in server.letters(server.people[name])
    ]


def words(message: discord.Message) -> str:
    return drawn([component.to_dict() for component in message.components])


def sent(server: Simulated) -> list[Any]:
    path = f"/channels/{server.digest.id}/messages"
    return [request for request in server.env.http_requests if request.method == "POST" and request.path == path]


async def state(server: Simulated) -> tuple[str, str | None]:
    def read(tx: Any) -> tuple[str, str | None]:
        community = communities.find(tx, "discord", str(server.guild.id))
        assert community is not None
        post = posts.find(tx, community.id, "digest", "2026-W12")
        assert post is not None
        return post.state.value, post.reason

    return await server.circle.db.read(read)


async def test_the_digest_is_posted_once_with_its_chart(server: Simulated):
    await live_a_week(server)
    await server.move(MONDAY)
    await server.restart()
    await server.move(MONDAY + timedelta(hours=1))
    (post,) = server.posted()
    assert "The week of 9 March 2026" in words(post)
    assert "1. Amina: 2" in words(post)
    assert [file.filename for file in post.attachments] == ["chart-0.png"]
    (request,) = sent(server)
    (gallery,) = [component for component in walk(request.json["components"]) if component["type"] == 12]
    assert "Last week: 6 leads" in gallery["items"][0]["description"]
    assert "Last week: 6 leads" in request.json["attachments"][0]["description"]
    assert request.json["enforce_nonce"] is True
    assert len(request.json["nonce"]) <= 25
    assert request.json["allowed_mentions"] == {"parse": []}
    assert (
        sum(len(component["content"]) for component in walk(request.json["components"]) if component["type"] == 10)
        <= 2200
    )
    assert (await state(server)) == ("posted", None)


async def test_a_button_of_the_digest_answers_only_the_one_who_presses_it(server: Simulated):
    await live_a_week(server)
    await server.move(MONDAY)
    (post,) = server.posted()
    form = await server.press(server.someone("Zoe"), post, "Add a person")
    reply = await server.send(server.people["Zoe"], form, name="Dana R.", organisation="Nordik", why="rivers")
    assert reply.private
    assert "Dana R., Nordik is on your list." in reply.text
    tip = await server.press(server.someone("Omar"), post, "Read a tip")
    assert tip.private
    server.clock.move(MONDAY + timedelta(days=31))
    late = await server.press(server.someone("Omar"), post, "Read a tip")
    assert "This button does not work any more." in late.text


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        (50013, 403, "no-permission"),
        (50001, 403, "no-permission"),
        (10003, 404, "channel-gone"),
        (50083, 400, "archived"),
    ],
)
async def test_a_digest_that_discord_refuses_is_told_once_to_who_set_it_up(
    server: Simulated, code: int, status: int, reason: str
):
    await live_a_week(server)
    server.env.inject_error("POST", f"/channels/{server.digest.id}/messages", status=status, code=code, times=None)
    await server.move(MONDAY)
    await server.move(MONDAY + timedelta(days=1))
    assert await state(server) == ("failed", reason)
    assert len(sent(server)) == (2 if reason == "no-permission" else 1), "once more without the chart"
    assert server.posted() == []
    told = [letter for letter in letters(server, "Olga") if "The digest was not posted" in letter]
    assert len(told) == 1
    assert "Newcomers" in told[0], "a private message names the server it is about"


async def test_a_deleted_channel_is_told(server: Simulated):
    await live_a_week(server)
    server.env.backend.delete_channel(server.digest.id)
    await server.move(MONDAY)
    assert await state(server) == ("failed", "channel-gone")
    assert "The digest channel is not there any more." in letters(server, "Olga")[0]


async def test_an_answer_that_is_lost_does_not_post_twice(server: Simulated, monkeypatch: pytest.MonkeyPatch):
    await live_a_week(server)
    http = server.env.bot.http
    taken = http.request

    async def lost(route: Any, **values: Any) -> Any:
        answer = await taken(route, **values)
        if route.method == "POST" and str(server.digest.id) in route.url:
            raise ConnectionResetError(104, "reset by peer")
        return answer

    monkeypatch.setattr(http, "request", lost)
    await server.move(MONDAY)
    assert len(server.posted()) == 1
    assert (await state(server))[0] == "sending"
    await server.move(MONDAY + timedelta(minutes=5))
    assert len(server.posted()) == 1
    assert await state(server) == ("posted", None)
    assert len(sent(server)) == 1, "it was found by its mark, and not sent again"


async def test_a_server_error_before_it_was_taken_posts_later(server: Simulated):
    await live_a_week(server)
    server.env.inject_error("POST", f"/channels/{server.digest.id}/messages", status=503)
    await server.move(MONDAY)
    assert server.posted() == []
    await server.move(MONDAY + timedelta(minutes=5))
    assert len(server.posted()) == 1
    assert await state(server) == ("posted", None)


async def test_a_rate_limit_is_waited_out(server: Simulated):
    await live_a_week(server)
    server.env.inject_error("POST", f"/channels/{server.digest.id}/messages", status=429)
    await server.move(MONDAY)
    assert server.posted() == []
    await server.move(MONDAY + timedelta(minutes=5))
    assert len(server.posted()) == 1


async def test_when_nobody_can_tell_the_organiser_is_asked(server: Simulated):
    await live_a_week(server)
    server.env.inject_error("POST", f"/channels/{server.digest.id}/messages", status=503)
    await server.move(MONDAY)
    role = server.guild.default_role
    await deny(server, role, read_message_history=True)
    await server.move(MONDAY + timedelta(minutes=5))
    assert (await state(server))[0] == "uncertain"
    (letter,) = [message for message in server.letters(server.people["Olga"]) if "Is the digest" in words(message)]
    reply = await server.press(server.people["Olga"].user, letter, "Post it")
    assert "comes in a minute" in reply.text, reply.text
    await server.move(server.clock.now() + timedelta(minutes=1))
    assert len(server.posted()) == 1


async def test_who_is_no_organiser_any_more_cannot_use_an_old_button(server: Simulated):
    await live_a_week(server)
    server.env.inject_error("POST", f"/channels/{server.digest.id}/messages", status=503)
    await server.move(MONDAY)
    await deny(server, server.guild.default_role, read_message_history=True)
    await server.move(MONDAY + timedelta(minutes=5))
    olga = server.people["Olga"]
    (letter,) = [message for message in server.letters(olga) if "Is the digest" in words(message)]
    server.env.backend.remove_member_role(server.guild.id, olga.id, server.role.id)
    reply = await server.press(olga.user, letter, "Post it")
    assert "Only an organiser of this community can do that." in reply.text
    assert (await state(server))[0] == "uncertain"


async def deny(server: Simulated, role: Any, **denied: bool) -> None:
    """Take a permission from everyone in the digest channel, the bot among them."""
    mask = discord.Permissions(**denied).value
    bot = server.env.bot.user.id
    for target, kind in ((role.id, OverwriteType.ROLE), (bot, OverwriteType.MEMBER)):
        server.env.backend.set_overwrite(server.digest.id, Overwrite(target_id=target, type=kind, allow=0, deny=mask))
    await server.env.settle()
