from datetime import timedelta
from typing import Any

import discord
import sqlalchemy as sa
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.store.tables import METADATA
from tests.discord.test_digest import MONDAY, deny, live_a_week
from tests.support.simulated import Simulated


async def test_joining_a_server_posts_nothing(fresh: Simulated):
    assert fresh.general.history() == []
    assert fresh.digest.history() == []
    writes = [request for request in fresh.env.http_requests if request.method == "POST"]
    assert writes == []


async def test_before_the_set_up_a_member_is_told_what_is_missing(fresh: Simulated):
    reply = await fresh.type(fresh.someone("Amina"), "lead next")
    assert "This community is not set up yet." in reply.text
    assert "/community setup" in reply.text


async def test_the_first_organiser_is_guided_by_a_form(fresh: Simulated):
    olga = fresh.someone("Olga", organiser=True)
    form = await fresh.type(olga, "community setup")
    assert list(form.asked) == ["channel", "zone", "language", "second_language", "digest_at"]
    assert form.asked["channel"]["type"] == 8
    assert form.asked["channel"]["channel_types"] == [0, 5]
    assert "value" not in form.asked["zone"], "a zone that nobody chose is not suggested"
    reply = await fresh.send(olga, form, channel=[fresh.digest], zone="Toronto", language="en", digest_at="9:00")
    assert "Your community is ready" in reply.text
    assert f"<#{fresh.digest.id}>" in reply.source
    assert "9:00 AM, Toronto time" in reply.text


async def test_only_what_is_missing_is_asked(fresh: Simulated):
    olga = fresh.someone("Olga", organiser=True)
    form = await fresh.type(olga, "community setup", channel=fresh.digest, language="fr")
    assert list(form.asked) == ["zone", "second_language", "digest_at"]
    await fresh.restart()
    reply = await fresh.send(olga, form, zone="Toronto", digest_at="9:00")
    assert "Your community is ready" in reply.text
    assert f"<#{fresh.digest.id}>" in reply.source
    assert "français" in reply.text


async def test_a_typed_city_that_nobody_knows_is_asked_again_in_its_place(fresh: Simulated):
    olga = fresh.someone("Olga", organiser=True)
    form = await fresh.type(olga, "community setup", channel=fresh.digest, zone="Torontoo")
    assert list(form.asked) == ["zone", "language", "second_language", "digest_at"]
    assert form.asked["zone"]["value"] == "Torontoo"
    reply = await fresh.send(olga, form, zone="Toronto", language="en")
    assert "Your community is ready" in reply.text


async def test_a_channel_where_the_bot_may_not_post_is_asked_again_with_the_reason(fresh: Simulated):
    await deny(fresh, fresh.guild.default_role, send_messages=True)
    olga = fresh.someone("Olga", organiser=True)
    form = await fresh.type(olga, "community setup", channel=fresh.digest, language="en")
    assert form.asked["channel"]["default_values"] == [{"id": str(fresh.digest.id), "type": "channel"}]
    assert "language" not in form.asked
    label = next(field for field in form.form["components"] if field["component"]["custom_id"] == "channel")
    assert "Send Messages" in label["description"]


async def test_one_typed_line_with_everything_opens_no_form(fresh: Simulated):
    everything = await fresh.set_up()
    assert "Your community is ready" in everything.text


async def test_the_bot_says_which_permissions_it_lacks_in_the_channel(fresh: Simulated):
    await deny(fresh, fresh.guild.default_role, attach_files=True, send_messages=True)
    refused = await fresh.set_up()
    assert "I need: Send Messages and Attach Files." in refused.text
    assert f"<#{fresh.digest.id}>" in refused.source
    await deny(fresh, fresh.guild.default_role, send_messages=False)
    again = await fresh.press(fresh.people["Olga"], refused, "Change what I typed")
    assert again.asked["zone"]["value"] == "Toronto · Canada", "what was typed is not lost"
    reply = await fresh.send(fresh.people["Olga"], again, channel=[fresh.digest], zone="Toronto", language="en")
    assert "Your community is ready" in reply.text


async def test_a_channel_the_bot_cannot_see_is_named_so(fresh: Simulated):
    await deny(fresh, fresh.guild.default_role, view_channel=True)
    fresh.env.backend.set_overwrite(fresh.digest.id, see(fresh.someone("Olga", organiser=True).id))
    assert "View Channel" in (await fresh.set_up()).text


def see(user: int) -> Any:
    return Overwrite(
        target_id=user, type=OverwriteType.MEMBER, allow=discord.Permissions(view_channel=True).value, deny=0
    )


async def test_organiser_is_what_discord_says_at_this_moment(server: Simulated):
    olga = server.someone("Olga")
    card = await server.set_up()
    assert "The next digest" in card.text
    server.env.backend.remove_member_role(server.guild.id, olga.id, server.role.id)
    reply = await server.press(olga, card, "See how the digest looks")
    assert "Only an organiser of this community can do that." in reply.text


async def test_a_private_message_that_is_refused_waits_in_the_inbox(server: Simulated):
    await live_a_week(server)
    server.env.backend.delete_channel(server.digest.id)
    server.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
    await server.move(MONDAY)
    olga = server.people["Olga"]
    hint = await server.type(olga, "lead list")
    assert "You have 1 message." in hint.text
    assert "The digest was not posted" in (await server.type(olga, "me inbox")).text


async def counts(server: Simulated) -> dict[str, int]:
    def read(tx: Any) -> dict[str, int]:
        of_the_whole_bot = {"kept", "keys", "tombstones", "processes", "leases", "turns"}
        tables = [table for table in METADATA.sorted_tables if table.name not in of_the_whole_bot]
        return {table.name: tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables}

    return await server.circle.db.read(read)


async def test_a_server_that_is_left_falls_silent_and_is_erased_after_thirty_days(server: Simulated):
    await live_a_week(server)
    server.env.backend.remove_guild(server.guild.id)
    await server.env.settle()
    await server.move(MONDAY + timedelta(days=7))
    assert [
        request for request in server.env.http_requests if request.path.endswith(f"{server.digest.id}/messages")
    ] == []
    assert (await counts(server))["leads"] == 6
    await server.move(server.clock.now() + timedelta(days=15))
    assert (await counts(server))["leads"] == 6, "29 days after it was left"
    await server.move(server.clock.now() + timedelta(days=8))
    assert sum((await counts(server)).values()) == 0


async def test_a_server_that_takes_the_bot_back_goes_on_as_before(server: Simulated):
    await live_a_week(server)
    guild = server.env.backend.get_guild(server.guild.id)
    channels = {
        channel.id: channel for channel in server.env.backend.channels.values() if channel.guild_id == server.guild.id
    }
    server.env.backend.remove_guild(server.guild.id)
    await server.env.settle()
    server.clock.move(server.clock.now() + timedelta(days=3))
    server.env.backend.guilds[guild.id] = guild
    server.env.backend.channels.update(channels)
    server.env.backend.messages.update({channel: {} for channel in channels})
    created = dict(serializers.guild_create_payload(server.env.backend, guild))
    created.pop("unavailable", None)
    server.env.backend.emit("GUILD_CREATE", created)
    await server.env.settle()
    await server.move(MONDAY)
    assert len(server.posted()) == 1
    await server.move(server.clock.now() + timedelta(days=40))
    assert (await counts(server))["leads"] == 6


async def test_a_server_that_was_left_while_the_bot_was_away_is_noticed_at_the_start(server: Simulated):
    await live_a_week(server)
    await server.platform.stop()
    server.env.backend.guilds.pop(server.guild.id)
    await server.env.restart_bot(server.client(server.circle))
    await server.env.settle()
    await server.move(server.clock.now() + timedelta(days=31))
    assert sum((await counts(server)).values()) == 0
