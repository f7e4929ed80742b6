"""A process that hears one of two shards: it answers what is its own, and posts everywhere."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from adapters.discord.servers import name_of
from adapters.discord.shards import SharedClient, shard_of
from adapters.peers import Peers, joined
from bot.engine.messenger import Posted, Refused, ToChannel, Unknown
from bot.store import communities, leases, processes, spacing
from bot.store.database import Tx
from bot.store.present import present
from bot.store.processes import Process
from bot.ui.reply import reply
from bot.ui.text import t
from tests.support.discord.faults import TooMany
from tests.support.discord.hurry import hurried
from tests.support.discord.running import Running, prepared
from tests.support.discord.world import HISTORY, Guild, Overwrite

pytestmark = pytest.mark.server_only
POST = "POST /channels/{channel}/messages"
KEY = "0123456789abcdef01234567"
SAID = reply(t("Everything is well."))


@dataclass
class Half:
    """A bot that hears one of two shards; somebody else holds the other one."""

    bot: Running
    peers: Peers
    here: Guild
    elsewhere: Guild

    @property
    def there(self) -> ToChannel:
        """The digest channel of the server that the other process hears of."""
        return _digest_of(self.elsewhere)


def _digest_of(guild: Guild) -> ToChannel:
    return ToChannel(guild.id, next(reversed(guild.channels)))


def _other(tx: Tx) -> None:
    """Let another process hold the second shard."""
    now = present(tx)
    processes.note(tx, Process("other", "1.0", ("discord",), now, now, leaving=False))
    leases.provide(tx, ["discord:part:2:00000", "discord:part:2:00001"])
    leases.take(tx, "discord:part:2:00001", "other", now)


@asynccontextmanager
async def half(folder: Path, *welcomed_with: str) -> AsyncGenerator[Half]:
    """Start a bot beside another one; it may not have been told everything that it will hear."""
    async with prepared(folder) as bot, joined(bot.circle.db) as peers:
        bot.discord.gateway.shards = 2
        bot.discord.gateway.welcomes_with = list(welcomed_with) or bot.discord.gateway.welcomes_with
        here, elsewhere = (bot.discord.world.add_guild("Server", str((900 + part << 22) + 7)) for part in range(2))
        bot.discord.world.guilds = {guild.id: guild for guild in (here, elsewhere)}
        bot.guild, bot.circle = here, replace(bot.circle, peers=peers)
        await peers.db.write(_other)
        await bot.start()
        await bot.discord.gateway.until(lambda: bot.discord.gateway.sessions)
        try:
            yield Half(bot, peers, here, elsewhere)
        finally:
            await peers.db.write(lambda tx: processes.end(tx, "other"))
            await peers.look()
            await bot.stop()


async def test_a_process_logs_in_and_answers_its_own_shard_only(tmp_path: Path):
    async with half(tmp_path) as process:
        assert [shard_of(int(guild.id), 2) for guild in (process.here, process.elsewhere)] == [0, 1]
        await process.bot.set_up()
        reply = await process.bot.someone("Amina").types(
            "/lead add", name="Dana R.", organisation="Nordik", why="rivers"
        )
        assert "Dana R., Nordik is on your list." in reply
        assert [identify["shard"] for identify in process.bot.discord.gateway.identifies] == [[0, 2]]


async def test_a_post_in_a_server_that_another_process_hears_of_is_one_request(tmp_path: Path):
    async with half(tmp_path) as process:
        discord, messenger = process.bot.discord, process.bot.platform.messenger
        discord.requests.clear()
        assert isinstance(await messenger.post(process.there, SAID, "en", KEY), Posted)
        assert [request.named for request in discord.requests] == [POST]
        assert isinstance(await messenger.find(process.there, KEY), Posted)


async def test_what_keeps_a_post_from_a_server_elsewhere_is_asked_and_named(tmp_path: Path):
    async with half(tmp_path) as process:
        discord, messenger = process.bot.discord, process.bot.platform.messenger
        channel = process.elsewhere.channels[process.there.channel]
        channel.overwrites.append(Overwrite(process.elsewhere.id, 0, deny=HISTORY))
        assert isinstance(await messenger.find(process.there, KEY), Unknown), "an empty channel would prove nothing"
        channel.overwrites.append(Overwrite(process.elsewhere.id, 0, deny=1 << 11))
        refused = await messenger.post(process.there, SAID, "en", KEY)
        assert isinstance(refused, Refused)
        assert refused.reason == "no-permission"
        assert refused.lack is not None
        del discord.world.guilds[process.elsewhere.id]
        gone = await messenger.post(process.there, SAID, "en", KEY)
        assert isinstance(gone, Refused)
        assert gone.reason == "left"


@pytest.mark.parametrize("told", ["nothing", "READY"])
async def test_a_process_that_takes_a_shard_over_posts_there_before_it_is_told_what_is_there(tmp_path: Path, told: str):
    async with half(tmp_path, told) as process:
        discord, messenger = process.bot.discord, process.bot.platform.messenger
        posted = await messenger.post(_digest_of(process.here), SAID, "en", KEY)
        assert isinstance(posted, Posted), "the bot was not taken out of it"
        assert posted.lack is None, "and nothing is known to be forbidden"
        assert isinstance(await messenger.find(_digest_of(process.here), KEY), Posted)
        assert await name_of(process.bot.platform._client, int(process.here.id)) == "Server"
        del discord.world.guilds[process.here.id]
        gone = await messenger.post(_digest_of(process.here), SAID, "en", KEY[::-1])
        assert isinstance(gone, Refused)
        assert gone.reason == "left"


async def test_what_is_not_heard_here_is_not_taken_for_left(tmp_path: Path):
    async with half(tmp_path) as process:
        await process.bot.set_up()
        homes = process.bot.circle.homes("discord")
        await homes.compare([], among=lambda home: shard_of(int(home), 2) == 1)
        assert "Your list" in await process.bot.someone("Amina").types("/lead list")


async def test_a_shard_that_is_given_away_while_it_connects_is_not_taken_for_one_without_servers(tmp_path: Path):
    async with half(tmp_path) as process:
        await process.bot.set_up()
        client = process.bot.platform._client
        assert isinstance(client, SharedClient)
        await client.hang_up(0)
        await client.on_shard_ready(0)  # which the library says later than it is so
        homes = await process.bot.circle.db.read(lambda tx: communities.homes(tx, "discord"))
        assert homes == {process.here.id: False}, "the bot was not taken out of it"


def test_one_that_connects_slowly_is_not_followed_too_soon_by_the_next_login(tmp_path: Path):
    async def story() -> None:
        async with prepared(tmp_path) as bot, joined(bot.circle.db) as peers:
            bot.discord.gateway.shards, bot.discord.gateway.strict = 2, True
            bot.discord.gateway.greets_after = [2.0, 0.0]
            bot.circle = replace(bot.circle, peers=peers)
            await bot.start()
            await bot.discord.gateway.until(lambda: len(bot.discord.gateway.sessions) == 2)
            await bot.stop()

    hurried(story())


def test_a_pause_for_the_whole_bot_is_told_to_every_process_and_kept(tmp_path: Path):
    async def story() -> None:
        async with half(tmp_path) as process:
            process.bot.discord.fails(POST, TooMany(1.0, everywhere=True))
            assert isinstance(await process.bot.platform.messenger.post(process.there, SAID, "en", KEY), Posted)
            until = await process.peers.db.read(lambda tx: spacing.not_before(tx, "discord:calls"))
            assert until is not None

    hurried(story())


def test_a_shard_that_this_process_cannot_reach_is_left_to_another(tmp_path: Path):
    async def story() -> None:
        async with half(tmp_path) as process:
            gateway, loop = process.bot.discord.gateway, asyncio.get_running_loop()
            gateway.takes_nobody = True
            before = loop.time()
            await gateway.drop(code=1001)
            while await process.peers.db.read(_holder) == process.peers.id:
                assert loop.time() - before < 120
                await process.peers.next_look()
            assert loop.time() - before > 40
            gateway.takes_nobody = False

    hurried(story())


def _holder(tx: Tx) -> str | None:
    return leases.under(tx, "discord:part:2:00000", present(tx))[0].holder
