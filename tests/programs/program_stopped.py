"""The bot as its operator runs it: a process that is started, used, and told to stop."""

import signal
from pathlib import Path

from tests.support.discord.faults import Held
from tests.support.discord.interactions import COMMAND
from tests.support.discord.person import Person
from tests.support.discord.process import started
from tests.support.discord.server import Loopback, loopback

CALLBACK = "POST /interactions/{interaction}/{token}/callback"
DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "rivers"}
SECRETS = ("MTAwMA", "Dana", "Nordik", "Amina")


async def settle(discord: Loopback) -> Person:
    """Wait for the bot, set the community up and bring a member."""
    await discord.gateway.until(lambda: discord.gateway.sessions)
    guild = next(iter(discord.world.guilds.values()))
    olga = Person(discord, guild, "Olga", organiser=True)
    digest = next(reversed(guild.channels))
    await olga.types("/community setup", channel=digest, zone="America/Toronto", language="en", guide=False)
    return Person(discord, guild, "Amina")


async def test_a_stop_finishes_what_was_begun_and_a_new_start_knows_everything(tmp_path: Path):
    async with loopback() as discord:
        discord.world.add_guild("Newcomers")
        async with started(discord, tmp_path) as bot:
            amina, held = await settle(discord), Held()
            discord.fails(CALLBACK, held)
            interaction = await amina.sends(COMMAND, amina._command("/lead add", DANA))
            await amina.waits_for(held.reached, interaction)
            bot.tell(signal.SIGTERM)
            held.let_go.set()
            code, log = await bot.ended()
            assert code == 0, log
            assert "Dana R., Nordik is on your list." in amina.sees
            assert not [word for word in SECRETS if word in log], "logs hold no token, no name and no text"
        async with started(discord, tmp_path) as bot:
            await discord.gateway.until(lambda: len(discord.gateway.identifies) == 2)
            assert "1 person on your list" in await amina.types("/lead list")
            await amina.presses("I asked them")
            bot.tell(signal.SIGTERM)
            code, log = await bot.ended()
            assert code == 0, log
        assert len(discord.asked("PUT /applications/{application}/commands")) == 1


async def test_one_who_sends_and_sends_hears_a_kind_word_and_holds_up_nobody(tmp_path: Path):
    async with loopback() as discord:
        guild = discord.world.add_guild("Newcomers")
        async with started(discord, tmp_path) as bot:
            amina, omar = await settle(discord), Person(discord, guild, "Omar")
            replies = [await amina.types("/week last")]
            while not replies[-1].startswith("You sent many commands at once.") and len(replies) < 200:
                replies.append(await amina.types("/week last"))
            assert 20 < len(replies) < 200
            assert "Please wait" in replies[-1]
            assert not (await omar.types("/week last")).startswith("You sent")
            bot.tell(signal.SIGTERM)
            code, logs = await bot.ended()
            assert code == 0, logs
            assert "incident" not in logs


async def test_a_wrong_token_ends_with_one_line(tmp_path: Path):
    async with loopback() as discord, started(discord, tmp_path, "MTAwMA.another.token") as bot:
        code, log = await bot.ended()
        assert code == 2
        lines = [line for line in log.splitlines() if " [info " not in line]
        assert lines == ["hello-circle: DISCORD_TOKEN is not right. Copy it again from Discord's developer page."]
        assert discord.gateway.identifies == []
