from tests.support.slack_bot import World


async def test_a_member_adds_a_person_by_typing(world: World) -> None:
    amina = world.slack.person("amina")
    seen = await amina.types('/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"')
    assert "Dana R., Nordik is on your list." in seen.last.text
    assert seen.last.only_for_me
    assert "I asked them" in seen.last.buttons


async def test_what_is_missing_opens_a_form(world: World) -> None:
    amina = world.slack.person("amina")
    seen = await amina.types("/hello lead add")
    assert seen.modal is not None
    assert seen.modal.title == "Add a person"
    seen = await amina.submits(name="Dana", organisation="Nordik", why="She built it.")
    assert seen.modal is not None
    assert "Dana, Nordik is on your list." in seen.modal.text
