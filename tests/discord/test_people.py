"""A person is chosen from Discord itself, on the command line and in forms; words must fit one member."""

from tests.support.simulated import Simulated


async def test_a_member_who_is_never_wanted_is_an_option_of_discord(server: Simulated):
    amina, omar = server.someone("Amina"), server.someone("Omar")
    reply = await server.type(amina, "buddy join", field="health", never=omar)
    assert "I will never match you with Omar." in reply.text, "who never used the bot has a name and an id on Discord"
    form = await server.type(amina, "buddy join")
    assert form.asked["never"]["type"] == 5
    reply = await server.send(amina, form, field=["health"], never=[omar])
    assert "I will never match you with Omar." in reply.text


async def test_an_organiser_is_named_and_taken_back_on_the_page(server: Simulated):
    await server.set_up()
    olga, amal = server.people["Olga"], server.someone("Amal")
    page = await server.type(olga, "community settings")
    form = await server.press(olga, page, "Name an organiser")
    assert [control["type"] for control in form.asked.values()] == [5]
    named = await server.send(olga, form, organiser=[amal])
    assert "Amal may organise too now." in named.text
    taken = await server.press(olga, named, "Amal")
    assert "Amal may not organise here any more." in taken.text


async def test_nobody_is_named_an_organiser_who_is_not_on_the_server(server: Simulated):
    await server.set_up()
    olga, outsider = server.people["Olga"], server.env.create_user("zoe", global_name="Zoe")
    refused = await server.type(olga, "community settings", organiser=outsider)
    assert "Zoe cannot use me here. Nothing changed." in refused.text
    bot = server.guild.add_member(server.env.create_user("helper", bot=True))
    refused = await server.type(olga, "community settings", organiser=bot)
    assert "helper cannot use me here. Nothing changed." in refused.text
    form = await server.press(olga, await server.type(olga, "community settings"), "Name an organiser")
    refused = await server.send(olga, form, organiser=[bot])
    assert "helper cannot use me here. Nothing changed." in refused.text
    assert "may organise too" not in (await server.type(olga, "community settings")).text


async def test_a_right_that_discord_gives_cannot_be_taken_here_and_that_is_said(server: Simulated):
    await server.set_up()
    olga, boss = server.people["Olga"], server.someone("Boss", organiser=True)
    reply = await server.type(olga, "community settings", no_organiser=boss)
    assert "Boss still may organise, as an admin on Discord." in reply.text
    assert "You can change that only on Discord." in reply.text


async def test_a_number_got_wrong_in_a_form_can_be_put_right(server: Simulated):
    amina = server.someone("Amina")
    form = await server.type(amina, "week plan")
    assert form.asked["asks"]["max_length"] == 2
    refused = await server.send(amina, form, asks="xx")
    assert "please give a whole number from 0 to 50" in refused.text
    again = await server.press(amina, refused, "Change what I typed")
    assert again.asked["asks"]["value"] == "xx"
    assert "2" in (await server.send(amina, again, asks="2")).text


async def test_the_form_after_a_form_is_behind_a_button(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="rivers")
    whom = await server.type(amina, "lead edit")
    assert list(whom.asked) == ["lead"]
    options = [option["value"] for option in whom.asked["lead"]["options"]]
    ready = await server.send(amina, whom, lead=options)
    assert "The form is ready." in ready.text
    form = await server.press(amina, ready, "Open the form")
    assert form.asked["why"]["value"] == "rivers"


async def test_each_line_of_a_list_can_be_opened(server: Simulated):
    amina = server.someone("Amina")
    await server.type(amina, "lead add", name="Dana R.", organisation="Nordik", why="rivers")
    listed = await server.type(amina, "lead list")
    opened = await server.press(amina, listed, "Dana R., Nordik")
    assert "Why: rivers" in opened.text
