"""One public bot in many Discord servers: joining posts nothing, the set-up guides, and nothing crosses."""

from datetime import timedelta

from bot.store import communities
from tests.discord.test_digest import MONDAY
from tests.support.simulated import Simulated


async def test_each_server_is_set_up_by_itself_and_sees_nothing_of_another(fresh: Simulated):
    others = [await fresh.another() for _ in range(2)]
    servers = [fresh, *others]
    assert [server.general.history() + server.digest.history() for server in servers] == [[], [], []]
    for server in servers[:2]:
        olga = server.someone(f"Olga{server.guild.id}", organiser=True)
        form = await server.type(olga, "community setup")
        reply = await server.send(olga, form, channel=[server.digest], zone="Toronto", language="en", digest_at="12:30")
        assert "Your community is ready" in reply.text
    first, second, third = servers
    amina, kofi, zoe = first.someone("Amina"), second.someone("Kofi"), third.someone("Zoe")
    await first.type(amina, "lead add", name="Dana", organisation="Nordik", why="Sensors")
    assert "Dana" not in (await second.type(kofi, "lead list")).text
    assert "Dana" in (await first.type(amina, "lead list")).text
    assert "This community is not set up yet." in (await third.type(zoe, "lead next")).text
    await fresh.move(MONDAY + timedelta(minutes=1))
    assert [len(server.posted()) for server in servers] == [1, 1, 0]


async def test_the_same_person_has_a_list_in_each_server(fresh: Simulated):
    other = await fresh.another()
    for server in (fresh, other):
        await server.type(
            server.someone(f"Olga{server.guild.id}", organiser=True),
            "community setup",
            channel=server.digest,
            zone="America/Toronto",
            language="en",
            guide=False,
        )
    amina = fresh.someone("Amina")
    there = other.guild.add_member(amina.user)
    await fresh.type(amina, "lead add", name="Dana", organisation="Nordik", why="Sensors")
    assert "Dana" not in (await other.type(there, "lead list")).text
    assert await fresh.circle.db.read(communities.count) == 2
