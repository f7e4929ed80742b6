"""What is picked has no hint for typing, what is typed shows its limit, and every form leads on."""

from bot.features import everything
from tests.support.slack import Person
from tests.support.slack_bot import World

NAMES = ("Dana R.", "Tom W.", "Priya", "Viktor", "Amal", "Zoe", "Chen", "Hugo")
TYPED = {"plain_text_input", "number_input"}


async def with_people(world: World, number: int) -> Person:
    amina = world.slack.person("amina")
    for name in NAMES[:number]:
        await amina.types(f'/lead add name:"{name}" organisation:"Nordik" why:"rivers"')
    return amina


async def test_no_picker_has_a_hint_for_typing_and_every_text_shows_its_limit(world: World) -> None:
    amina = await with_people(world, 1)
    seen = 0
    for command in everything().listed:
        if command.form is None:
            continue
        who = world.owner if command.name.startswith("community") else amina
        screen = await who.types(f"/hello {command.name}")
        for field in screen.modal.fields if screen.modal is not None else ():
            if field.kind in TYPED:
                assert "most" in field.hint or "From" in field.hint, (command.name, field.name, field.hint)
                seen += 1
            else:
                assert "such as" not in field.hint.lower(), (command.name, field.name, field.hint)
                assert "most" not in field.hint, (command.name, field.name, field.hint)
            assert "such as 12" not in field.label
        if screen.modal is not None:
            await who.closes()
    assert seen > 15


async def test_whom_to_write_to_is_chosen_from_a_menu_however_many_there_are(world: World) -> None:
    amina = await with_people(world, 8)
    seen = await amina.types("/hello ask draft")
    assert seen.modal is not None
    assert [field.kind for field in seen.modal.fields] == ["external_select"]
    assert len(await amina.looks_up("lead", "")) == 8
    seen = await amina.submits(lead="Hugo")
    assert seen.modal is not None, "and the answers are asked in the same window"
    assert [field.name for field in seen.modal.fields] == ["eye", "share", "want", "minutes", "how"]
    seen = await amina.submits(share="we both swim")
    assert "Your draft for Hugo" in seen.text


async def test_an_edit_of_somebody_who_is_not_found_is_no_dead_end(world: World) -> None:
    amina = await with_people(world, 2)
    seen = await amina.types('/lead edit lead:zebra notes:"likes rivers"')
    assert "I could not find this person on your list." in seen.last.text
    seen = await amina.presses("Change what I typed")
    assert seen.modal is not None
    fields = {field.name: field for field in seen.modal.fields}
    assert fields["lead"].hint == "You wrote: zebra. I could not find this person on your list."
    assert fields["notes"].value == "likes rivers"
    seen = await amina.submits(lead="Tom W.")
    assert "likes rivers" in seen.text
    assert "Tom W." in seen.text


async def test_words_without_names_go_where_they_belong(world: World) -> None:
    amina = await with_people(world, 2)
    await amina.types("/hello ask sent dana r yesterday")
    seen = await amina.types("/hello followup snooze dana r tomorrow")
    assert "Dana R. can wait." in seen.last.text
    seen = await amina.types("/hello followup snooze thumb tomorrow")
    assert "I could not find this person on your list." in seen.last.text
    seen = await amina.presses("Change what I typed")
    assert seen.modal is not None
    fields = {field.name: field for field in seen.modal.fields}
    assert fields["lead"].hint.startswith("You wrote: thumb.")
    assert fields["until"].value == "Tomorrow · Tuesday 10 March 2026"
    seen = await amina.submits(lead="Dana R.")
    assert "Dana R. can wait." in seen.text


async def test_with_nobody_on_the_list_no_form_asks_whom(world: World) -> None:
    amina = world.slack.person("amina")
    for line in ("/lead show", "/hello ask sent", "/hello meeting plan", "/hello followup done", "/lead edit"):
        seen = await amina.types(line)
        assert seen.modal is None, line
        assert "Your list is empty." in seen.last.text, line
        assert seen.last.buttons == ["Add a person"], line
    seen = await amina.types("/hello ask check")
    assert seen.modal is not None
    assert [field.name for field in seen.modal.fields] == ["text"], "a person is not needed there"


async def test_the_menu_of_zones_shows_cities_and_countries(world: World) -> None:
    amina = world.slack.person("amina", tz="America/Toronto")
    await amina.types("/hello start")
    offered = [option["text"]["text"] for option in await amina.looks_up("zone", "tor")]
    assert offered[0] == "Toronto · Canada"
    assert not [label for label in offered if "/" in label]
    assert amina.sees.modal is not None
    assert {field.name: field.value for field in amina.sees.modal.fields}["zone"] == "Toronto · Canada"


async def test_each_line_of_a_list_can_be_opened(world: World) -> None:
    amina = await with_people(world, 3)
    seen = await amina.types("/lead list")
    assert "Tom W., Nordik" in seen.last.buttons
    seen = await amina.presses("Tom W., Nordik")
    assert "Tom W., Nordik" in seen.last.text
    assert "Stage" in seen.last.text
    seen = await amina.types("/tip list")
    opened = await amina.presses(seen.last.buttons[1])
    assert "Tip:" in opened.last.text


async def test_settings_are_one_page_at_home_too(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types("/lead next")
    seen = await amina.opens_home()
    assert seen.home is not None
    chat = (await amina.types("/hello me settings")).last.buttons
    assert set(chat) <= set(seen.home.buttons)
    await amina.presses("Turn reminders off", on=seen.home)
    home = amina.sees.home
    assert home is not None
    assert "Turn reminders on" in home.buttons


async def test_a_picked_moment_that_is_over_is_said_in_the_words_of_a_clock(world: World) -> None:
    amina = await with_people(world, 1)
    await amina.types("/hello meeting plan")
    seen = await amina.submits(lead=NAMES[0], when=int(world.clock.now().timestamp()) - 3600)
    assert seen.modal is not None
    assert seen.modal.errors == {"Day and hour": "This is in the past: Monday 9 March 2026 at 8:00 AM, Toronto time."}
