"""A link is taken back for a day, with both sides as they were; later it can still be ended, and what stays is said."""

from typing import Any

import pytest

from bot.features import everything
from bot.scheduling import leaving
from bot.store import communities
from tests.slack.test_link_joined import both_have_lists, counted
from tests.support.both import Both


async def test_within_a_day_each_side_is_again_as_it_was(both: Both) -> None:
    await both_have_lists(both)
    await both.in_slack("/week plan asks:1")
    await both.in_discord("week plan", asks=5)
    await both.in_discord("board join", **{"as": "nickname"}, nickname="Maple")
    slack, discord = await both.in_slack("/lead show lead:dana"), (await both.in_discord("lead show", lead="dana")).text
    before = [await counted(both, platform) for platform in ("slack", "discord")]
    await both.link_home_in_slack()
    page = await both.in_discord("me link")
    assert "You can take it back until Tuesday" in page.text
    reply = await both.discord.press(both.discord.someone("Amina"), page, "End the link")
    assert "Here and on Slack everything is as it was before the link." in reply.text
    assert await both.in_slack("/lead show lead:dana") == slack
    assert (await both.in_discord("lead show", lead="dana")).text == discord
    assert "Priya" not in await both.in_slack("/lead list")
    assert "Tom" not in (await both.in_discord("lead list")).text
    assert [await counted(both, platform) for platform in ("slack", "discord")] == before
    assert "Maple" not in await both.in_slack("/board join")
    await both.later(seconds=20)
    assert "The link is ended." in both.letters_in_slack()[-1]


async def test_what_was_done_since_goes_with_its_person_and_what_is_new_stays_at_home(both: Both) -> None:
    await both_have_lists(both)
    await both.link_home_in_slack()
    await both.in_slack("/hello ask sent lead:priya wording:call")
    await both.in_discord("lead add", name="Ola", organisation="Ville", why="plans parks")
    seen = await both.slacker().types("/hello me link")
    seen = await both.slacker().presses("End the link", on=seen.last)
    assert "What you added since then is here." in seen.last.text
    assert "Ola" in await both.in_slack("/lead list")
    there = (await both.in_discord("lead list")).text
    assert "Priya" in there
    assert "Ola" not in there
    assert "asked" in (await both.in_discord("lead show", lead="priya")).text


async def test_two_who_were_said_to_be_one_are_two_again(both: Both) -> None:
    await both.in_slack('/lead add name:"Marta Lis" organisation:"Nordik" why:"works there"')
    await both.in_discord("lead add", name="Martha Lis", organisation="Nordik", why="gave a talk")
    await both.in_discord("ask sent", lead="martha", wording="chat")
    before = await counted(both, "discord")
    await both.link_home_in_slack()
    await both.slacker().presses("The same person")
    await both.slacker().types("/hello me link")
    await both.slacker().presses("End the link")
    assert "Martha Lis" in (await both.in_discord("lead list")).text
    assert "Marta Lis" in await both.in_slack("/lead list")
    assert await counted(both, "discord") == before
    seen = await both.link_home_in_slack()
    assert "Is this the same person?" not in seen.last.text, "the answer is remembered"
    assert "1 of them was on it already." in seen.last.text


@pytest.mark.parametrize(("name", "planned_at_home"), [("Marta Lis", True), ("Martha Lis", False)])
async def test_what_was_prepared_in_one_place_is_the_sheet_of_the_talk_of_the_other_until_the_link_is_taken_back(
    both: Both, *, name: str, planned_at_home: bool
) -> None:
    await both.in_slack('/lead add name:"Marta Lis" organisation:"Nordik" why:"works there"')
    await both.in_discord("lead add", name=name, organisation="Nordik", why="gave a talk")
    if planned_at_home:
        await both.in_slack('/meeting plan lead:marta when:"2026-03-13 16:00"')
        await both.in_discord("meeting prep", lead=name, goal="learn how they test")
    else:
        await both.in_slack('/meeting prep lead:marta goal:"learn how they test"')
        await both.in_discord("meeting plan", lead=name, when="2026-03-13 16:00")
    before = [await both.in_slack("/meeting list"), (await both.in_discord("meeting list")).text]
    await both.link_home_in_slack()
    if name != "Marta Lis":
        await both.slacker().presses("The same person")
    listed = await both.in_slack("/meeting list")
    assert "1 meeting" in listed
    assert "13 March" in listed
    assert "not planned yet" not in listed
    await both.slacker().types("/hello me link")
    await both.slacker().presses("End the link")
    assert [await both.in_slack("/meeting list"), (await both.in_discord("meeting list")).text] == before


async def test_after_a_day_the_list_stays_at_home_and_that_is_said_before(both: Both) -> None:
    await both_have_lists(both)
    await both.link_home_in_slack()
    await both.later(days=1)
    page = await both.in_discord("me link")
    assert "When you end it, your list stays on Slack. Here you begin with an empty list." in page.text
    assert "When you end it, your list stays here." in await both.in_slack("/hello me link")
    reply = await both.discord.press(both.discord.someone("Amina"), page, "End the link")
    assert "Your list stays on Slack." in reply.text
    assert "Your list is empty." in (await both.in_discord("lead list")).text
    text = await both.in_slack("/lead list")
    assert all(name in text for name in ("Dana", "Tom", "Priya"))
    assert "Your code" in await both.in_slack("/hello me link")


async def test_who_was_linked_links_again_the_other_way(both: Both) -> None:
    await both_have_lists(both)
    await both.link_home_in_slack()
    await both.slacker().types("/hello me link")
    await both.slacker().presses("End the link")
    reply = await both.link_home_in_discord()
    assert "2 people were added to your list." in reply.text
    text = (await both.in_discord("lead list")).text.lower()
    assert all(name in text for name in ("dana", "tom", "priya"))


async def test_a_link_is_ended_once(both: Both) -> None:
    await both.link_home_in_slack()
    first = await both.in_discord("me link")
    await both.slacker().types("/hello me link")
    await both.slacker().presses("End the link")
    reply = await both.discord.press(both.discord.someone("Amina"), first, "End the link")
    assert "You are not linked." in reply.text


async def test_a_walk_with_a_buddy_ends_with_the_link_and_goes_on_when_it_is_taken_back(both: Both) -> None:
    for who in ("Amina", "Omar"):
        await both.in_discord("buddy join", who=who, field="health")
    await both.later(days=8)
    assert "Omar" in (await both.in_discord("buddy show")).text
    seen = await both.link_home_in_slack()
    assert "You have no buddy on Discord any more." in seen.last.text
    assert "Amina" not in (await both.in_discord("buddy show", who="Omar")).text
    await both.slacker().types("/hello me link")
    await both.slacker().presses("End the link")
    assert "Omar" in (await both.in_discord("buddy show")).text
    assert "Amina" in (await both.in_discord("buddy show", who="Omar")).text


async def test_a_list_lives_on_where_the_bot_still_is_when_its_own_place_goes(both: Both) -> None:
    await both_have_lists(both)
    await both.in_slack("/week plan asks:1")
    await both.link_home_in_slack()

    def gone(tx: Any) -> None:
        (team,) = communities.homes(tx, "slack")
        leaving.leave(tx, everything(), "slack", team, both.discord.clock.now())

    await both.discord.circle.db.write(gone)
    text = (await both.in_discord("lead list")).text
    assert all(name in text for name in ("Dana", "Tom", "Priya"))
    assert (await counted(both, "discord"))[1] == (1, 0)
    page = await both.in_discord("me link")
    assert "Your list is on: Discord" in page.text
    assert "take it back" not in page.text
    await both.later(days=40)
    text = (await both.in_discord("lead list")).text
    assert all(name in text for name in ("Dana", "Tom", "Priya"))
