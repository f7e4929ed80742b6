"""A person is an id wherever the declaration says that a person is meant; words must fit one member, or are refused."""

from datetime import datetime

import pytest

from tests.support.slack_bot import World

MONDAY = datetime.fromisoformat("2026-03-16T13:00:00+00:00")


async def letters(world: World, name: str) -> str:
    return "\n".join(message.text for message in world.slack.people[name].sees.messages if message.direct)


@pytest.mark.parametrize("never", ["@omar", "omar", '"omar"'])
async def test_somebody_a_member_never_wants_is_never_their_buddy(world: World, never: str) -> None:
    amina, omar = world.slack.person("amina"), world.slack.person("omar")
    await omar.types("/hello buddy join field:health")
    seen = await amina.types(f"/hello buddy join field:health never:{never}")
    assert "I will never match you with omar." in seen.last.text
    await world.move(MONDAY)
    assert "I found no buddy for you this week." in await letters(world, "amina")
    assert "I found no buddy for you this week." in await letters(world, "omar")


async def test_the_form_offers_the_workspace_itself_and_keeps_who_was_chosen(world: World) -> None:
    amina, omar = world.slack.person("amina"), world.slack.person("omar")
    await amina.types("/hello buddy join")
    assert amina.sees.modal is not None
    assert [field.kind for field in amina.sees.modal.fields] == ["static_select", "users_select"]
    seen = await amina.submits(field="health and care", never="omar")
    assert "I will never match you with omar." in seen.text, "who never used the bot is known by Slack's own id"
    await omar.types("/hello buddy join field:health")
    await world.move(MONDAY)
    assert "I found no buddy for you this week." in await letters(world, "omar")


async def test_a_name_that_fits_nobody_is_refused_and_can_be_chosen_instead(world: World) -> None:
    amina = world.slack.person("amina")
    world.slack.person("omar")
    seen = await amina.types("/hello buddy join field:health never:zora")
    assert "I know nobody here with the name zora. Nothing changed." in seen.last.text
    seen = await amina.presses("Change what I typed")
    assert seen.modal is not None
    assert {field.name: field.hint for field in seen.modal.fields}["never"].startswith("I know nobody here")
    seen = await amina.submits(never="omar")
    assert "I will never match you with omar." in seen.text


@pytest.mark.parametrize("typed", ["@amal", "amal", '"Amal"'])
async def test_a_right_is_taken_away_however_the_person_is_named(world: World, typed: str) -> None:
    amal, owner = world.slack.person("amal"), world.owner
    await amal.types("/lead next")
    await owner.types("/hello community settings organiser:@amal")
    seen = await amal.types("/hello community report")
    assert "Only an organiser" not in seen.last.text
    seen = await owner.types(f"/hello community settings no_organiser:{typed}")
    assert "amal may not organise here any more." in seen.last.text.casefold()
    seen = await amal.types("/hello community report")
    assert "Only an organiser" in seen.last.text


async def test_a_right_that_could_not_be_taken_away_says_so(world: World) -> None:
    boss, amal = world.slack.person("boss", admin=True), world.slack.person("amal")
    await amal.types("/lead next")
    seen = await world.owner.types("/hello community settings no_organiser:@boss")
    assert "boss still may organise, as an admin on Slack." in seen.last.text
    assert "Settings of this community" in (await boss.types("/hello community settings")).last.text
    seen = await world.owner.types("/hello community settings no_organiser:@amal")
    assert "amal was not named as an organiser here, so nothing changed." in seen.last.text
    seen = await world.owner.types("/hello community settings organiser:nobody")
    assert "I know nobody here with the name nobody. Nothing changed." in seen.last.text
    assert "may organise too" not in (await world.owner.types("/hello community settings")).last.text


async def test_an_organiser_is_named_and_taken_back_on_the_page(world: World) -> None:
    amal = world.slack.person("amal")
    await world.owner.types("/hello community settings")
    seen = await world.owner.presses("Name an organiser")
    assert seen.modal is not None
    assert [field.kind for field in seen.modal.fields] == ["users_select"]
    seen = await world.owner.submits(organiser="amal")
    assert "amal may organise too now." in seen.text
    assert "Only an organiser" not in (await amal.types("/hello community report")).last.text
    seen = await world.owner.presses("amal")
    assert "amal may not organise here any more." in seen.text
    assert "Only an organiser" in (await amal.types("/hello community report")).last.text


@pytest.mark.parametrize("typed", ["@gone", "@circle", "<@U0BOT>", "<@U0NOBODY>"])
async def test_nobody_is_named_an_organiser_who_cannot_use_the_bot(world: World, typed: str) -> None:
    world.slack.person("gone", deleted=True)
    seen = await world.owner.types(f"/hello community settings organiser:{typed}")
    assert "cannot use me here. Nothing changed." in seen.last.text
    assert "may organise too" not in (await world.owner.types("/hello community settings")).last.text


async def test_somebody_of_another_workspace_is_named_nothing_and_one_of_the_organisation_is(world: World) -> None:
    zoe = world.slack.person("zoe", team="T0ELSEWHERE")
    seen = await world.owner.types("/hello community settings organiser:@zoe")
    assert "zoe cannot use me here. Nothing changed." in seen.last.text
    zoe.user.organisation = "E0"
    seen = await world.owner.types("/hello community settings organiser:@zoe")
    assert "zoe may organise too now." in seen.last.text


async def test_when_slack_is_silent_about_a_person_they_may_be_anybody(world: World) -> None:
    amina, _ = world.slack.person("amina"), world.slack.person("amal")
    await amina.types("/lead next")
    world.slack.faults.status("users.info", 503, times=20)
    seen = await amina.types("/hello buddy join field:health never:@amal")
    assert "I will never match you with amal." in seen.last.text


async def test_the_right_of_somebody_who_left_can_be_taken_away(world: World) -> None:
    amal = world.slack.person("amal")
    await world.owner.types("/hello community settings organiser:@amal")
    amal.user.deleted = True
    seen = await world.owner.types("/hello community settings no_organiser:@amal")
    assert "amal may not organise here any more." in seen.last.text


async def test_two_people_or_two_channels_are_none_and_a_full_stop_changes_nothing(world: World) -> None:
    amina = world.slack.person("amina")
    for name in ("omar", "fay"):
        world.slack.person(name)
    seen = await amina.types("/hello buddy join field:health never:@omar @fay")
    assert "I know nobody here with the name @omar @fay. Nothing changed." in seen.last.text
    seen = await amina.types(f"/hello buddy join field:health never:<@{world.slack.people['omar'].id}|omar>.")
    assert "I will never match you with" in seen.last.text
    seen = await world.owner.types("/hello community setup channel:#general #digest zone:Toronto language:en")
    assert "#general #digest is not a channel." in seen.last.text


async def test_a_mention_in_a_persons_own_words_stays_words(world: World) -> None:
    amina = world.slack.person("amina")
    world.slack.person("omar")
    seen = await amina.types("/lead add name:Dana organisation:Nordik why:@omar knows her & her team")
    seen = await amina.types("/lead show dana")
    assert "@omar knows her & her team" in seen.last.text.replace("\u2060", "")


async def test_a_word_that_is_no_channel_here_is_refused(world: World) -> None:
    seen = await world.owner.types('/hello community setup channel:"nowhere" zone:Toronto language:en')
    assert "nowhere is not a channel." in seen.last.text
    seen = await world.owner.presses("Change what I typed")
    assert seen.modal is not None
    assert "You wrote" not in seen.modal.fields[0].hint, "the problem says it already"
    seen = await world.owner.submits(channel="digest")
    assert "Your community is ready" in seen.text
