"""The digest over real sockets: exactly one, whatever becomes of the connection, or a reason on record."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.engine.messenger import Posted, ToChannel
from bot.scheduling.tempo import Tempo
from bot.store import communities, posts
from bot.ui.reply import Paragraph, Reply
from bot.ui.values import UserText
from tests.support.discord.faults import Dropped, Fault, Refused, Reset, TooMany
from tests.support.discord.hurry import hurried
from tests.support.discord.person import text_of
from tests.support.discord.rules import walk
from tests.support.discord.running import Running, running
from tests.support.discord.world import ATTACH, HISTORY, SEND, VIEW, Overwrite
from tests.support.store import NOW

POST, HISTORY_OF = "POST /channels/{channel}/messages", "GET /channels/{channel}/messages"
MONDAY = NOW + timedelta(days=7, hours=3, minutes=30)
"""The Monday after, 12:30 in Toronto: when the digest is due."""


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as running_bot:
        await live_a_week(running_bot)
        yield running_bot


async def live_a_week(bot: Running) -> None:
    """Three people add people, so that the week is told and has a board."""
    for name in ("Amina", "Omar", "Li"):
        who = bot.someone(name)
        await who.types("/board join", **{"as": "name"})
        for number in ("One", "Two"):
            await who.types("/lead add", name=f"Person {number}", organisation="Nordik", why="rivers")


def digests(bot: Running) -> list[str]:
    return [text_of(message) for message in bot.channel("digest").messages]


async def state(bot: Running) -> tuple[str, str | None]:
    def read(tx: Any) -> tuple[str, str | None]:
        community = communities.find(tx, "discord", bot.guild.id)
        assert community is not None
        post = posts.find(tx, community.id, "digest", "2026-W12")
        assert post is not None
        return post.state.value, post.reason

    return await bot.circle.db.read(read)


async def test_the_digest_comes_once_with_its_chart_and_the_chart_in_words(bot: Running):
    await bot.move(MONDAY)
    await bot.restart()
    await bot.move(MONDAY + timedelta(hours=1))
    (words,) = digests(bot)
    assert "The week of 9 March 2026" in words
    (asked,) = [request for request in bot.discord.asked(POST) if request.path["channel"] == bot.channel("digest").id]
    ((name, picture),) = asked.files.values()
    assert picture.startswith(b"\x89PNG")
    assert asked.body["attachments"] == [
        {"id": "0", "filename": name, "description": asked.body["attachments"][0]["description"]}
    ]
    (gallery,) = [component for _, component in walk(asked.body["components"]) if component["type"] == 12]
    assert "Last week: 6 leads" in gallery["items"][0]["description"]
    assert asked.body["nonce"]
    assert await state(bot) == ("posted", None)


async def test_a_post_whose_time_to_leave_is_over_does_not_leave_and_is_looked_for(bot: Running):
    object.__setattr__(bot.circle.rounds, "tempo", Tempo(lease=timedelta(0)))
    await bot.move(MONDAY)
    assert bot.discord.asked(POST) == []
    object.__setattr__(bot.circle.rounds, "tempo", Tempo())
    await bot.circle.rounds.tick()
    assert (len(bot.discord.asked(HISTORY_OF)), len(digests(bot))) == (1, 1)
    assert await state(bot) == ("posted", None)


async def test_the_same_key_twice_is_one_message(bot: Running):
    to = ToChannel(bot.guild.id, bot.channel("digest").id)
    reply = Reply((Paragraph(UserText("Good news.")),))
    first, second = [await bot.platform.messenger.post(to, reply, "en", "0123456789abcdef01234567") for _ in range(2)]
    assert isinstance(first, Posted)
    assert first == second
    assert len(digests(bot)) == 1
    assert len(bot.discord.asked(POST)) == 2


@pytest.mark.parametrize("fault", [Dropped(), Reset(), Reset(after=False), Refused(503)], ids=str)
async def test_an_answer_that_is_lost_gives_exactly_one_digest(bot: Running, fault: Fault):
    bot.discord.fails(POST, fault)
    await bot.move(MONDAY)
    for minutes in (1, 3, 5, 20):
        await bot.move(MONDAY + timedelta(minutes=minutes))
    assert len(digests(bot)) == 1
    assert await state(bot) == ("posted", None)


async def test_a_lost_answer_is_found_by_its_mark_after_a_restart(bot: Running):
    bot.discord.fails(POST, Dropped())
    await bot.move(MONDAY)
    await bot.stop()
    bot.clock.move(MONDAY + timedelta(hours=6))
    await bot.start()
    await bot.move(MONDAY + timedelta(hours=7))
    assert len(digests(bot)) == 1
    assert await state(bot) == ("posted", None)
    assert len(bot.discord.asked(POST)) == 1, "it was looked for, and not sent again"


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_wait_that_discord_asks_for_is_kept_and_the_digest_comes(tmp_path: Path, *, everywhere: bool):
    async def story() -> None:
        async with running(tmp_path) as bot:
            await live_a_week(bot)
            loop = asyncio.get_running_loop()
            bot.discord.fails(POST, TooMany(7.5, everywhere))
            before = loop.time()
            await bot.move(MONDAY)
            assert len(digests(bot)) == 1
            assert loop.time() - before >= 7.4
            assert len(bot.discord.asked(POST)) == 2

    hurried(story())


def test_a_wait_that_is_too_long_is_left_to_a_later_round(tmp_path: Path):
    async def story() -> None:
        async with running(tmp_path) as bot:
            await live_a_week(bot)
            bot.discord.fails(POST, TooMany(600))
            await bot.move(MONDAY)
            assert digests(bot) == []
            bot.discord._not_before.clear()
            await bot.move(MONDAY + timedelta(minutes=15))
            assert len(digests(bot)) == 1

    hurried(story())


def test_faults_of_discords_own_are_tried_again_with_the_same_key(tmp_path: Path):
    async def story() -> None:
        async with running(tmp_path) as bot:
            await live_a_week(bot)
            bot.discord.fails(POST, Refused(500), times=2)
            await bot.move(MONDAY)
            assert len(digests(bot)) == 1
            assert len({request.body["nonce"] for request in bot.discord.asked(POST)}) == 1
            assert len(bot.discord.asked(POST)) == 3

    hurried(story())


@pytest.mark.parametrize(("denied", "named"), [(SEND, "Send Messages"), (VIEW, "View Channel")])
async def test_what_the_bot_may_not_do_is_told_to_the_organiser_by_its_name(bot: Running, denied: int, named: str):
    channel = bot.channel("digest")
    await bot.discord.change(bot.guild, channel, Overwrite(bot.guild.id, 0, deny=denied))
    await bot.move(MONDAY)
    await bot.move(MONDAY + timedelta(days=1))
    assert await state(bot) == ("failed", "no-permission")
    assert digests(bot) == []
    told = [letter for letter in letters(bot) if "The digest was not posted" in letter]
    assert [named in letter for letter in told] == [True]


async def test_without_the_permission_for_files_the_words_come_alone_and_the_organiser_is_told_once(bot: Running):
    channel = bot.channel("digest")
    await bot.discord.change(bot.guild, channel, Overwrite(bot.guild.id, 0, deny=ATTACH))
    await bot.move(MONDAY)
    await bot.move(MONDAY + timedelta(days=7))
    assert await state(bot) == ("posted", None)
    first, second = digests(bot)
    assert "The week of 9 March 2026" in first
    assert "The week of 16 March 2026" in second
    told = [letter for letter in letters(bot) if "The digest is posted, but I still need something" in letter]
    assert ["without its chart. I still need: Attach Files." in letter for letter in told] == [True], (
        "once, not each week"
    )
    await bot.discord.change(bot.guild, channel, Overwrite(bot.guild.id, 0))
    await bot.move(MONDAY + timedelta(days=14))
    await bot.discord.change(bot.guild, channel, Overwrite(bot.guild.id, 0, deny=ATTACH))
    await bot.move(MONDAY + timedelta(days=21))
    assert (
        len([letter for letter in letters(bot) if "The digest is posted, but I still need something" in letter]) == 2
    ), "it was right meanwhile"


async def test_a_permission_that_was_lost_a_moment_ago_leaves_the_words(bot: Running):
    bot.discord.fails(POST, Refused(403, 50013))
    await bot.move(MONDAY)
    assert await state(bot) == ("posted", None)
    assert len(digests(bot)) == 1


def letters(bot: Running) -> list[str]:
    return [text_of(message) for message in bot.discord.world.private(bot.people["Olga"].user.id).messages]


async def test_a_digest_that_may_be_there_and_cannot_be_looked_for_is_asked_about(bot: Running):
    bot.discord.fails(POST, Dropped())
    await bot.move(MONDAY)
    channel, olga = bot.channel("digest"), bot.people["Olga"]
    await bot.discord.change(bot.guild, channel, Overwrite(bot.guild.id, 0, deny=HISTORY))
    await bot.move(MONDAY + timedelta(minutes=10))
    assert (await state(bot))[0] == "uncertain"
    assert "Is the digest" in olga.sees
    reply = await olga.presses("It is there")
    assert "I noted that the digest is posted." in reply
    assert await state(bot) == ("posted", None)
    assert len(digests(bot)) == 1


async def test_a_channel_that_is_gone_is_told(bot: Running):
    await bot.discord.delete(bot.guild, bot.channel("digest"))
    await bot.move(MONDAY)
    assert await state(bot) == ("failed", "channel-gone")
    assert "The digest channel is not there any more." in bot.people["Olga"].sees


async def test_who_takes_no_private_messages_finds_the_word_in_the_inbox(bot: Running):
    olga = bot.people["Olga"]
    olga.user.letters = False
    await bot.discord.delete(bot.guild, bot.channel("digest"))
    await bot.move(MONDAY)
    assert "The digest channel is not there any more." not in olga.sees
    await olga.types("/me inbox")
    assert "The digest channel is not there any more." in olga.sees


async def test_a_server_that_removed_the_bot_gets_nothing_more_and_is_taken_up_again(bot: Running):
    before = len(bot.discord.asked(POST))
    await bot.discord.remove_bot(bot.guild)
    await _left(bot, left=True)
    await bot.move(MONDAY)
    assert len(bot.discord.asked(POST)) == before
    await bot.discord.add_bot(bot.guild)
    await _left(bot, left=False)
    assert len(bot.discord.asked(POST)) == before, "joining posts nothing"
    assert "2 people on your list" in await bot.people["Amina"].types("/lead list")
    await bot.circle.rounds.tick()
    assert len(digests(bot)) == 1, "the digest it missed is less than 48 hours late"


async def _left(bot: Running, *, left: bool) -> None:
    async with asyncio.timeout(60):
        while (await bot.circle.db.read(lambda tx: communities.homes(tx, "discord")))[bot.guild.id] != left:
            pass
