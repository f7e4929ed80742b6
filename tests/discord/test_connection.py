"""The bot's connection, over real sockets: it logs in once, comes back by itself, and stops when it must."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from adapters.platform import CannotRun
from tests.support.discord.faults import Refused, Reset
from tests.support.discord.gateway import AUTHENTICATION_FAILED, DISALLOWED_INTENTS
from tests.support.discord.hurry import hurried, soon
from tests.support.discord.person import Person
from tests.support.discord.running import Running, prepared, running


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as running_bot:
        yield running_bot


DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "rivers"}


async def test_the_bot_logs_in_once_and_keeps_its_heart_beating(tmp_path: Path):
    async with prepared(tmp_path) as bot:
        gateway = bot.discord.gateway
        gateway.heartbeat, gateway.strict = 40, True
        await bot.start()
        await gateway.until(lambda: gateway.heartbeats >= 3)
        (identify,) = gateway.identifies
        assert identify["intents"] == 1, "servers, and nothing that people write or who they are"
        assert identify["shard"] == [0, 1]
        assert "presence" not in identify
        assert [request.named for request in bot.discord.requests] == [
            "GET /users/@me",
            "GET /oauth2/applications/@me",
            "PUT /applications/{application}/commands",
            "GET /gateway/bot",
        ]


async def test_commands_are_sent_once_and_not_at_every_start(bot: Running):
    await bot.restart()
    assert len(bot.discord.asked("PUT /applications/{application}/commands")) == 1
    assert "</ask sent:" in await bot.someone("Amina").types("/lead add", **DANA), "their ids are still known"


@pytest.mark.parametrize("code", [4000, 4001, 4008, 1001])
async def test_a_connection_that_drops_is_resumed_and_what_was_missed_is_answered(bot: Running, code: int):
    gateway, amina = bot.discord.gateway, bot.someone("Amina")
    await amina.types("/lead add", **DANA)
    await gateway.drop(code=code)
    reply = await amina.types("/lead add", name="Ben O.", organisation="Nordik", why="boats")
    assert "Ben O., Nordik is on your list." in reply
    assert "2 people on your list" in await amina.types("/lead list")
    assert (len(gateway.identifies), gateway.resumes) == (1, 1)


async def test_what_was_acknowledged_before_the_drop_is_answered_after_it(bot: Running):
    amina = bot.someone("Amina")
    interaction = await amina.sends(2, amina._command("/lead add", DANA))
    await amina.waits_for(interaction.acknowledged, interaction)
    await bot.discord.gateway.drop()
    await amina.waits_for(interaction.written, interaction)
    assert "Dana R., Nordik is on your list." in amina.sees
    assert "1 person on your list" in await amina.types("/lead list")


async def test_an_interaction_that_comes_again_after_a_resume_changes_nothing(bot: Running):
    amina = bot.someone("Amina")
    await amina.types("/lead add", **DANA)
    await bot.discord.gateway.drop()
    await amina.sends_again()
    assert "1 person on your list" in await amina.types("/lead list")
    assert len([message for message in amina.messages if "is on your list" in str(message.body)]) == 1


def test_a_session_that_is_over_means_one_new_login_and_no_hurry(tmp_path: Path):
    async def story() -> None:
        async with running(tmp_path) as bot:
            gateway = bot.discord.gateway
            gateway.strict, gateway.refuse_resume = True, True
            gateway._logins[0] = asyncio.get_running_loop().time()
            await gateway.drop()
            await gateway.until(lambda: len(gateway.sessions) == 1 and len(gateway.identifies) == 2)
            reply = await bot.someone("Amina").types("/lead add", **DANA)
            assert "Dana R., Nordik is on your list." in reply
            assert (len(gateway.identifies), gateway.resumes) == (2, 0)

    hurried(story())


async def test_a_connection_that_only_looks_alive_is_left_for_a_new_one(tmp_path: Path):
    async with prepared(tmp_path, silence=0.3) as bot:
        gateway = bot.discord.gateway
        gateway.heartbeat = 100
        await bot.start()
        await bot.set_up()
        gateway.sessions[0].silent = True
        reply = await bot.someone("Amina").types("/lead add", **DANA)
        assert "Dana R., Nordik is on your list." in reply
        assert (len(gateway.identifies), gateway.resumes) == (1, 1)


def test_two_shards_serve_two_servers_and_mix_nothing(tmp_path: Path):
    async def story() -> None:
        async with prepared(tmp_path) as bot:
            discord, gateway = bot.discord, bot.discord.gateway
            gateway.shards, gateway.strict = 2, True
            other = next(
                guild
                for number in range(1, 9)
                if gateway.shard_of((guild := discord.world.add_guild("Elsewhere", str((number << 22) + 7))).id)
                != gateway.shard_of(bot.guild.id)
            )
            discord.world.guilds = {bot.guild.id: bot.guild, other.id: other}
            await bot.start()
            assert sorted(identify["shard"] for identify in gateway.identifies) == [[0, 2], [1, 2]]
            await bot.set_up()
            amina, zoe = bot.someone("Amina"), Person(discord, other, "Zoe")
            digest = next(reversed(other.channels))
            await Person(discord, other, "Omar", organiser=True).types(
                "/community setup", channel=digest, zone="Europe/Oslo", language="en", guide=False
            )
            await amina.types("/lead add", **DANA)
            await zoe.types("/lead add", name="Ben O.", organisation="Fjord", why="boats")
            assert "Ben" not in await amina.types("/lead list")
            assert "Dana" not in await zoe.types("/lead list")
            await gateway.drop(1)
            assert "1 person on your list" in await zoe.types("/lead list")
            assert "1 person on your list" in await amina.types("/lead list")
            assert (len(gateway.identifies), gateway.resumes) == (2, 1)

    hurried(story())


async def test_a_wrong_token_stops_with_one_line_and_is_not_tried_again(tmp_path: Path):
    async with prepared(tmp_path, token="wrong") as bot:
        with pytest.raises(CannotRun, match=r"^DISCORD_TOKEN is not right\. Copy it again"):
            await bot.start()
        assert [request.named for request in bot.discord.requests] == ["GET /users/@me"]
        assert bot.discord.gateway.identifies == []


@pytest.mark.parametrize(
    ("code", "word"), [(AUTHENTICATION_FAILED, "DISCORD_TOKEN"), (DISALLOWED_INTENTS, "asks to see")]
)
async def test_a_refusal_for_good_stops_and_never_hammers(bot: Running, code: int, word: str):
    gateway = bot.discord.gateway
    await gateway.drop(code=code)
    with pytest.raises(CannotRun, match=word):
        await soon(bot.run, 10, lambda: "it runs on")
    assert (len(gateway.identifies), gateway.resumes) == (1, 0)


def test_the_last_logins_of_the_day_are_left_alone(tmp_path: Path):
    async def story() -> None:
        async with prepared(tmp_path) as bot:
            gateway, loop = bot.discord.gateway, asyncio.get_running_loop()
            gateway.logins_left, gateway.logins_again = 2, 30
            before = loop.time()
            starting = asyncio.create_task(bot.start())
            while not bot.discord.asked("GET /gateway/bot"):
                await asyncio.wait({starting}, timeout=0.01)
            gateway.logins_left = 1000
            await starting
            assert loop.time() - before >= 30, "Discord said when logins are allowed again"
            assert len(gateway.identifies) == 1

    hurried(story())


def test_a_start_while_discord_is_down_succeeds_when_it_is_back(tmp_path: Path):
    async def story() -> None:
        async with prepared(tmp_path) as bot:
            bot.discord.fails("GET /users/@me", Reset(after=False), times=2)
            bot.discord.fails("GET /gateway/bot", Refused(503))
            await bot.start()
            assert len(bot.discord.gateway.identifies) == 1

    hurried(story())
