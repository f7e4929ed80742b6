from pathlib import Path

from tests.support.slack import Person
from tests.support.slack_bot import World, open_world


def home_of(person: Person) -> str:
    home = person.sees.home
    assert home is not None
    return home.text


async def test_the_home_page_shows_the_week_the_next_step_and_the_people(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types('/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"')
    await amina.types("/week plan asks:2 leads:3")
    await amina.opens_home()
    text = home_of(amina)
    assert "My week of 9 March 2026" in text
    assert "0 of 2" in text
    assert "1 of 3" in text
    assert "The one thing to do now" in text
    assert "Dana R., Nordik" in text
    assert "1 person on your list" in text
    assert "Only you see this page." in text


async def test_the_home_page_is_new_after_each_change(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.opens_home()
    assert "Your list is empty." in home_of(amina)
    await amina.types('/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"')
    assert "Dana R., Nordik" in home_of(amina)


async def test_a_button_on_the_home_page_opens_a_form_and_then_shows_what_it_did(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.opens_home()
    seen = await amina.presses("Plan my week", on=amina.sees.home)
    assert seen.modal is not None
    assert seen.modal.values["How many people do I ask?"] == "2"
    seen = await amina.submits(asks="3")
    assert seen.modal is not None
    assert "A small number that you reach is better than a big number that you miss." in seen.modal.text
    assert "0 of 3" in home_of(amina)


async def test_a_button_inside_a_modal_goes_on_in_the_same_modal(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.opens_home()
    await amina.presses("Add a person", on=amina.sees.home)
    await amina.submits(name="Dana", organisation="Nordik", why="She built it.")
    seen = await amina.presses("I asked them")
    assert seen.modal is not None
    assert "You asked Dana" in seen.modal.text
    seen = await amina.presses("They answered")
    assert "Dana answered. Well done." in seen.text
    assert len(world.slack.workspace.stacks[amina.id]) == 1


async def test_a_newcomer_finds_on_the_home_page_where_to_begin(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.opens_home()
    assert "Five short questions" in home_of(amina)
    seen = await amina.presses("Start here", on=amina.sees.home)
    assert seen.modal is not None
    assert "My language" in seen.modal.values
    await amina.submits()
    assert "Five short questions" not in home_of(amina)


async def test_in_a_community_that_is_not_set_up_the_home_page_shows_the_organiser_the_way(tmp_path: Path) -> None:
    async with open_world(tmp_path, set_up=False) as world:
        amina = world.slack.person("amina")
        await amina.opens_home()
        assert "This community is not set up yet." in home_of(amina)
        assert "An organiser can type `/hello community setup` first." in home_of(amina)
        assert amina.sees.home is not None
        assert amina.sees.home.buttons == []
        await world.owner.opens_home()
        seen = await world.owner.presses("Set up", on=world.owner.sees.home)
        assert seen.modal is not None
        assert "Channel for the Monday digest" in seen.modal.text


async def test_whom_an_organiser_named_finds_the_settings_of_the_community_on_the_home_page(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.opens_home()
    assert amina.sees.home is not None
    assert "Settings of this community" not in amina.sees.home.buttons
    await world.owner.types("/hello community settings organiser:@amina")
    await amina.types("/board me")
    await amina.opens_home()
    assert "Settings of this community" in amina.sees.home.buttons
