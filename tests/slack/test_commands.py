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


async def test_a_long_answer_comes_in_order_because_all_of_it_goes_one_way(world: World) -> None:
    amina = world.slack.person("amina")
    world.slack.faults.error("chat.postMessage", "user_is_deleted", times=100)
    for letter in "abcdefghijklmnop":
        await amina.types(f'/lead add name:"Dana {letter}" organisation:"Nordik" why:"built the river sensor"')
        await amina.types(f'/hello ask sent lead:"Dana {letter}" wording:chat')
        await world.later(days=1)
    await world.later(days=7)
    before = len(amina.sees.messages)
    pages = (await amina.types("/hello me inbox")).messages[before:]
    assert len(pages) > 1
    assert {page.message.via for page in pages} == {"response_url"}
    assert "messages" in pages[0].text.splitlines()[0], "the heading comes first"


async def test_an_example_can_be_copied_from_an_answer_and_typed(world: World) -> None:
    seen = await world.owner.types("/hello community settings organiser:nobody")
    copied = seen.last.text.partition("For example: ")[2].partition("\n")[0]
    assert copied.startswith("/hello community settings day:monday")
    seen = await world.owner.types(copied.replace("12:30", "11:45"))
    assert "11:45 AM" in seen.last.text
