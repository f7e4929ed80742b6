from tests.support.slack_bot import World


async def test_a_message_becomes_a_tip_after_a_look_at_it(world: World) -> None:
    amina, omar = world.slack.person("amina"), world.slack.person("omar")
    message = omar.says("I write <to people> on Tuesday & call on Friday.")
    seen = await amina.uses_shortcut("Share as a tip", message)
    assert seen.modal is not None
    assert seen.modal.values["Your tip"] == "I write <to people> on Tuesday & call on Friday."
    seen = await amina.submits(topic="asking")
    assert "Thank you. An organiser reads your tip first." in seen.text


async def test_a_lead_is_logged_from_anywhere(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.uses_shortcut("Log a lead")
    seen = await amina.submits(name="Dana", organisation="Nordik", why="She built it.")
    assert "Dana, Nordik is on your list." in seen.text
