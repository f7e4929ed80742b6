from tests.support.slack_bot import World


async def test_a_member_is_refused_what_only_an_organiser_may_do(world: World) -> None:
    amina = world.slack.person("amina")
    seen = await amina.types("/hello community settings cap:5")
    assert "Only an organiser of this community can do that." in seen.last.text


async def test_a_person_who_is_no_admin_any_more_is_refused_at_once(world: World) -> None:
    omar = world.slack.person("omar", admin=True)
    seen = await omar.types("/hello community settings cap:5")
    assert "Settings of this community" in seen.last.text
    omar.user.admin = False
    seen = await omar.types("/hello community settings cap:7")
    assert "Only an organiser of this community can do that." in seen.last.text


async def test_an_organiser_names_a_member_who_may_organise_too(world: World) -> None:
    amina = world.slack.person("amina")
    await amina.types("/board me")
    seen = await world.owner.types("/hello community settings organiser:@amina")
    assert "These members may organise too: amina." in seen.last.text
    seen = await amina.types("/hello community settings cap:5")
    assert "Settings of this community" in seen.last.text
    seen = await amina.types("/hello help")
    assert "/hello community" in seen.last.text
    await world.owner.types("/hello community settings no_organiser:@amina")
    seen = await amina.types("/hello community settings cap:6")
    assert "Only an organiser of this community can do that." in seen.last.text


async def test_when_slack_does_not_say_who_is_an_admin_nobody_is(world: World) -> None:
    world.slack.faults.error("users.info", "fatal_error", times=2)
    seen = await world.owner.types("/hello community settings cap:5")
    assert "Only an organiser of this community can do that." in seen.last.text


async def test_the_language_comes_from_slack_until_the_member_says_otherwise(world: World) -> None:
    amina = world.slack.person("amina", locale="fr-FR")
    seen = await amina.types("/hello me settings")
    assert "Vos réglages" in seen.last.text
    await amina.types("/hello me settings language:en")
    seen = await amina.types("/hello me settings")
    assert "Your settings" in seen.last.text


async def test_slack_is_asked_once_about_a_person(world: World) -> None:
    amina = world.slack.person("amina")
    for _ in range(3):
        await amina.types("/board me")
    assert [args["user"] for args in world.slack.called("users.info")].count(amina.id) == 1
    await world.later(hours=13)
    await amina.types("/board me")
    assert [args["user"] for args in world.slack.called("users.info")].count(amina.id) == 2
