from datetime import UTC, datetime

from tests.support.slack import Person
from tests.support.slack_bot import World


async def with_leads(world: World, *names: str) -> Person:
    amina = world.slack.person("amina")
    for name in names:
        await amina.types(f'/lead add name:"{name}" organisation:"Nordik" why:"built the river sensor"')
    return amina


async def test_errors_stand_in_place_and_nothing_typed_is_lost(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types("/lead add")
    seen = await amina.submits(name="dana@nordik.com", organisation="Nordik", why="She built it.")
    assert seen.modal is not None
    error = seen.modal.errors["Name or initials"]
    assert error.startswith("I do not keep e-mail addresses or phone numbers: dana@nordik.com.")
    assert "Please take it out and send again." in error
    assert seen.modal.values["Where they work"] == "Nordik"
    seen = await amina.submits(name="Dana")
    assert "Dana, Nordik is on your list." in seen.text


async def test_an_organisation_alone_is_told_at_its_field(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types("/lead add")
    seen = await amina.submits(name="Nordik", organisation="Nordik", why="She built it.")
    assert seen.modal is not None
    assert "Who is the person there?" in seen.modal.errors["Name or initials"]
    assert "Dana, Nordik is on your list." in (await amina.submits(name="Dana")).text


async def test_who_is_alike_is_asked_about_with_buttons_that_keep_what_was_typed(world: World) -> None:
    amina = await with_leads(world, "José")
    await amina.types("/lead add")
    seen = await amina.submits(name="Jose", organisation="Nordik", why="She built it.")
    assert "You have José, Nordik on your list." in seen.text
    assert "Jose, Nordik is on your list." in (await amina.presses("No, another person")).text


async def test_a_menu_offers_the_members_own_people_and_nobody_elses(world: World) -> None:
    amina = await with_leads(world, "Dana R.", "Daniel K.", "Priya")
    omar = world.slack.person("omar")
    await omar.types('/lead add name:"Danuta" organisation:"Elsewhere" why:"works there"')
    await amina.types("/hello ask sent")
    offered = await amina.looks_up("lead", "dan")
    assert {option["text"]["text"] for option in offered} == {"Dana R. · Nordik", "Daniel K. · Nordik"}
    seen = await amina.submits(lead="Dana R. · Nordik", wording="a coffee")
    assert "You asked Dana R." in seen.text


async def test_a_day_and_an_hour_are_picked(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    await amina.types("/meeting plan")
    at = datetime(2026, 3, 12, 19, 0, tzinfo=UTC)
    seen = await amina.submits(lead="Dana R. · Nordik", when=at.timestamp(), place="phone")
    assert "You meet Dana R., Nordik." in seen.text
    fields = {field.kind for field in amina.sees.modal.fields} if amina.sees.modal else set()
    assert fields == set()


async def test_the_calendar_file_comes_in_the_members_own_messages(world: World) -> None:
    amina = await with_leads(world, "Dana R.")
    await amina.types('/meeting plan lead:"dana" when:"thursday 15:00" place:phone')
    files = [file for message in amina.sees.messages if message.direct for file in message.files]
    assert files == ["meeting.ics"]


async def test_without_the_permission_a_short_file_is_shown_as_text(world: World) -> None:
    world.slack.faults.error("files.getUploadURLExternal", "missing_scope")
    amina = await with_leads(world, "Dana R.")
    await amina.types('/meeting plan lead:"dana" when:"thursday 15:00" place:phone')
    assert "BEGIN:VCALENDAR" in amina.sees.text


async def test_settings_are_filled_in_with_what_stands(world: World) -> None:
    amina = world.slack.person("amina", locale="fr-FR", tz="America/Toronto")
    await amina.types("/hello me settings")
    seen = await amina.presses("Mon fuseau horaire")
    assert seen.modal is not None
    assert [(field.name, field.value) for field in seen.modal.fields] == [("zone", "Toronto · Canada")]
    seen = await amina.submits(zone="Vancouver · Canada")
    assert "Vancouver" in seen.text
    seen = await amina.presses("Ma langue")
    assert seen.modal is not None
    assert [(field.name, field.value) for field in seen.modal.fields] == [("language", "français")]


async def test_an_organiser_picks_a_channel_and_a_time(world: World) -> None:
    seen = await world.owner.types("/hello community setup")
    assert seen.modal is not None
    kinds = {field.name: field.kind for field in seen.modal.fields}
    assert kinds["channel"] == "conversations_select"
    assert kinds["digest_at"] == "timepicker"
    assert seen.modal.values["Channel for the Monday digest"] == "digest"
    seen = await world.owner.submits(channel="general", digest_at="09:00")
    assert "#general" in seen.text
    assert "9:00" in seen.text


async def test_a_refused_line_can_be_changed_in_a_form(world: World) -> None:
    amina = world.slack.person("amina")
    seen = await amina.types('/lead add name:"dana@nordik.com" organisation:"Nordik" why:"She built it."')
    assert "I do not keep e-mail addresses" in seen.last.text
    seen = await amina.presses("Change what I typed")
    assert seen.modal is not None
    assert seen.modal.values["Where they work"] == "Nordik"
    assert seen.modal.values["Name or initials"] is None, "a contact is never kept, also not for a moment"
    seen = await amina.submits(name="Dana")
    assert "Dana, Nordik is on your list." in seen.text


async def test_a_form_that_opens_too_late_is_offered_again(world: World) -> None:
    amina = world.slack.person("amina")
    world.slack.faults.error("views.open", "expired_trigger_id")
    seen = await amina.types("/lead add")
    assert "The form is ready. Please press the button." in seen.last.text
    seen = await amina.presses("Open the form")
    assert seen.modal is not None
    assert seen.modal.title == "Add a person"


async def test_a_nickname_that_is_taken_stays_in_its_form_to_be_changed(world: World) -> None:
    amina, omar = world.slack.person("amina"), world.slack.person("omar")
    await omar.types("/board join as:name")
    await amina.types('/lead add name:"Dana" organisation:"Nordik" why:"rivers"')
    await amina.presses("Join with a nickname")
    seen = await amina.submits(nickname="Omar")
    assert seen.modal is not None
    assert seen.modal.values == {"Nickname": "Omar"}
    assert seen.modal.errors == {"Nickname": "The name Omar is taken. Please choose another nickname."}
    seen = await amina.submits(nickname="Owl")
    assert "You are on the leaderboard as Owl." in seen.text
    await amina.closes()
    seen = await amina.types("/board join as:nickname nickname:omar")
    assert seen.last.buttons == ["Choose my nickname"]
    await amina.presses("Choose my nickname")
    seen = await amina.submits(nickname="Maple")
    assert "You are on the leaderboard as Maple." in seen.text
