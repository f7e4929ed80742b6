from pathlib import Path

from tests.support.slack.workspace import BOT_USER
from tests.support.slack_bot import World, open_world


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


async def test_on_slack_an_organiser_is_asked_for_before_a_correction_names_what_they_may_do(world: World) -> None:
    amina, omar = world.slack.person("amina"), world.slack.person("omar", admin=True)
    seen = await omar.types("/hello comunity tips")
    assert "/hello community tips" in seen.last.text
    omar.user.admin = False
    for person in (amina, omar):
        seen = await person.types("/hello comunity tips")
        assert "/hello community" not in seen.last.text
    seen = await amina.types("/hello community settings gaol:5")
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


async def test_when_slack_does_not_say_who_is_an_admin_nobody_is_and_it_is_not_told_as_their_fault(
    world: World,
) -> None:
    world.slack.faults.error("users.info", "fatal_error")
    seen = await world.owner.types("/hello community settings cap:5")
    assert "I could not check if you are an organiser: Slack did not answer." in seen.last.text
    assert "Only an organiser" not in seen.last.text
    seen = await world.owner.types("/hello community settings cap:5")
    assert "Settings of this community" in seen.last.text


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


async def test_an_organiser_reads_what_to_type_until_the_bot_is_in_the_digest_channel(tmp_path: Path) -> None:
    async with open_world(tmp_path, set_up=False) as world:
        away = world.slack.channel("news", bot=False)
        typed = f"/hello community setup channel:<#{away.id}|news> zone:Toronto language:en"
        seen = await world.owner.types(typed)
        assert "almost ready" in seen.last.text
        assert "/invite @Hello Circle" in seen.last.text
        seen = await world.owner.types("/hello community settings cap:5")
        assert "/invite @Hello Circle" in seen.last.text
        away.members.add(BOT_USER)
        seen = await world.owner.types("/hello community settings cap:6")
        assert "/invite" not in seen.last.text


async def test_a_channel_that_was_left_later_is_told_to_the_organiser_and_to_nobody_else(world: World) -> None:
    world.digest.members.discard(BOT_USER)
    amina = world.slack.person("amina")
    seen = await amina.types("/hello board me")
    assert "/invite" not in seen.last.text
    seen = await world.owner.types("/hello community report")
    assert "/invite @Hello Circle" in seen.last.text


async def test_without_the_right_to_look_the_channel_itself_tells_the_organiser_once(tmp_path: Path) -> None:
    async with open_world(tmp_path, optional=False, set_up=False) as world:
        world.digest.members.add(world.owner.id)
        world.digest.members.discard(BOT_USER)
        seen = await world.owner.types(
            f"/hello community setup channel:<#{world.digest.id}|digest> zone:Toronto language:en"
        )
        assert "/invite @Hello Circle" in seen.last.text
        world.digest.members.add(BOT_USER)
        for cap in (5, 6):
            seen = await world.owner.types(f"/hello community settings cap:{cap}")
            assert "/invite" not in seen.last.text
        told = [message for message in seen.messages if "the digest comes here" in message.text]
        assert [message.where for message in told] == ["digest"]


async def test_the_bot_is_not_in_an_archived_channel_either(world: World) -> None:
    world.slack.faults.error("conversations.history", "is_archived")
    seen = await world.owner.types("/hello community settings cap:5")
    assert "#digest is archived" in seen.last.text


async def test_an_archived_channel_is_not_ready_and_there_is_a_way_out(tmp_path: Path) -> None:
    async with open_world(tmp_path, set_up=False) as world:
        world.slack.channel("old").archived = True
        seen = await world.owner.types("/hello community setup channel:#old zone:Toronto language:en")
        assert "Your community is ready" not in seen.last.text
        assert "If it is archived, choose another one." in seen.last.text


async def test_a_slack_that_does_not_answer_about_a_channel_holds_up_nothing(world: World) -> None:
    world.slack.faults.status("conversations.history", 503)
    seen = await world.owner.types("/hello community settings cap:5")
    assert "Settings of this community" in seen.last.text
