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


async def test_a_long_answer_comes_in_pages_that_turn_in_one_message(world: World) -> None:
    amina = world.slack.person("amina")
    world.slack.faults.error("chat.postMessage", "user_is_deleted", times=100)
    for letter in "abcdefghijklmnop":
        await amina.types(f'/lead add name:"Dana {letter}" organisation:"Nordik" why:"built the river sensor"')
        await amina.types(f'/hello ask sent lead:"Dana {letter}" wording:chat')
        await world.later(days=1)
    await world.later(days=7)
    before = len(amina.sees.messages)
    first = (await amina.types("/hello me inbox")).messages[before:]
    assert [page.message.via for page in first] == ["ack"]
    assert "messages" in first[0].text.splitlines()[0], "the heading comes first"
    assert "Page 1 of 3." in first[0].text
    turned = (await amina.presses("Next page")).messages[before:]
    assert [page.message.ts for page in turned] == [first[0].message.ts], "the next page takes the place of the first"
    assert "Page 2 of 3." in turned[0].text
    assert turned[0].only_for_me


async def test_an_example_can_be_copied_from_an_answer_and_typed(world: World) -> None:
    seen = await world.owner.types("/hello community settings organiser:nobody")
    copied = seen.last.text.partition("For example: ")[2].partition("\n")[0]
    assert copied.startswith("/hello community settings day:monday")
    seen = await world.owner.types(copied.replace("12:30", "11:45"))
    assert "11:45 AM" in seen.last.text


async def test_what_is_done_is_said_where_its_buttons_stood(world: World) -> None:
    amina = world.slack.person("amina")
    for name in ("Dana R.", "Ben O."):
        await amina.types(f'/lead add name:"{name}" organisation:"Nordik" why:"built the river sensor"')
        await amina.types(f'/hello ask sent lead:"{name}" wording:chat')
    await world.later(days=8)
    morning = next(seen for seen in reversed(amina.sees.messages) if seen.direct and "things for today" in seen.text)
    before = len(amina.sees.messages)
    await amina.presses("Done", on=morning)
    assert len(amina.sees.messages) == before, "no other message came"
    assert morning.message.edits == 1
    labels = [
        element["text"]["text"]
        for row in morning.message.payload["blocks"]
        for element in row.get("elements", ())
        if "value" in element
    ]
    assert labels.count("Done") == 1, "the button that was used is gone, and the other person's stays"
    assert "Well done." in str(morning.message.payload["blocks"])
