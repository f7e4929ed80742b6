"""Slack and Discord in one process, on one database: who is linked is one person."""

import asyncio

from tests.support.both import Both

DANA = '/lead add name:"Dana" organisation:"Nordik" why:"works there"'


async def test_each_platform_answers_on_its_own(both: Both) -> None:
    assert "Dana, Nordik is on your list." in await both.in_slack(DANA)
    reply = await both.in_discord("lead list", who="Omar")
    assert "Your list is empty." in reply.text


async def test_a_person_on_both_counts_once(both: Both) -> None:
    await both.in_slack(DANA)
    await both.link_home_in_slack()
    reply = await both.in_discord("lead add", name="Dana", organisation="Nordik", why="works there")
    assert "is on your list already" in reply.text
    assert "*New names in total*\n1" in await both.in_slack("/board me")


async def test_a_linked_organiser_organises_only_their_own_server(both: Both) -> None:
    olga = both.discord.someone("Olga", organiser=True)
    await both.link_home_in_slack("Olga")
    await both.discord.type(olga, "community settings", cap=7)
    seen = await both.slack.owner.types("/hello community settings day:monday")
    assert "*Leads counted for the board, at most*\n10" in seen.last.text


async def test_a_linked_organiser_gets_back_what_was_refused_for_their_own_server(both: Both) -> None:
    olga = both.discord.someone("Olga", organiser=True)
    await both.link_home_in_slack("Olga")
    refused = await both.discord.type(olga, "community settings", hour="late", cap=7)
    form = await both.discord.press(olga, refused, "Change what I typed")
    assert form.asked["hour"]["value"] == "late"
    reply = await both.discord.send(olga, form, hour="9:00", cap="7")
    assert "Leads counted for the board, at most: 7" in reply.text
    seen = await both.slack.owner.types("/hello community settings day:monday")
    assert "*Leads counted for the board, at most*\n10" in seen.last.text


async def test_a_linked_member_is_no_organiser_of_the_other_place(both: Both) -> None:
    both.discord.someone("Olga", organiser=True)
    await both.link_home_in_slack("Olga")
    assert "Only an organiser" in await both.in_slack("/hello community settings cap:3")


async def test_a_linked_member_refuses_a_buddy_where_their_list_is(both: Both) -> None:
    omar = both.discord.someone("Omar")
    await both.link_home_in_slack()
    reply = await both.in_discord("buddy join", field="health", never=omar.user)
    assert "Type the command on the platform where your list is." in reply.text


async def test_forgetting_says_that_it_forgets_both_and_does_so_from_either_side(both: Both) -> None:
    await both.in_slack(DANA)
    await both.link_home_in_slack()
    there = both.discord.someone("Amina")
    page = await both.in_discord("me forget")
    assert "I erase it here and on Slack" in page.text
    reply = await both.discord.press(there, page, "Yes, erase everything")
    assert "I erased everything about you." in reply.text
    assert "Your list is empty." in await both.in_slack("/lead list")
    assert "Your list is empty." in (await both.in_discord("lead list")).text
    assert "You are linked" not in await both.in_slack("/hello me link")


async def test_slack_going_away_leaves_discord_running(both: Both) -> None:
    slack = both.slack.slack
    await slack.uninstalls()
    await asyncio.wait({both.slack.ended}, timeout=30)
    assert "Slack took the workspace away" in str(both.slack.ended.exception())
    reply = await both.in_discord("lead list", who="Omar")
    assert "Your list is empty." in reply.text


async def test_the_same_button_is_used_once_on_each_platform_and_each_knows_what_the_other_did(both: Both) -> None:
    await both.link_home_in_slack()
    amina, there = both.slacker(), both.discord.someone("Amina")
    card = (await amina.types(DANA)).last
    shown = await both.in_discord("lead show", lead="dana")
    answers = [(await amina.presses("I asked them", on=card)).last.text for _ in range(2)]
    assert answers[0] == answers[1]
    assert "This was your first message to them." in answers[0]
    # The message in Discord was made before: it says what is true now, and counts nothing.
    told = [(await both.discord.press(there, shown, "I asked them")).text for _ in range(2)]
    assert told[0] == told[1]
    assert "You told me this already, so it counts once." in told[0]
    assert "*Asks this week*\n1" in await both.in_slack("/board me")
    # Back in Slack the old button looks again, because something was pressed in Discord since.
    assert "so it counts once" in (await amina.presses("I asked them", on=card)).last.text


async def test_a_form_opened_twice_by_one_button_does_what_is_sent_each_time(both: Both) -> None:
    there = both.discord.someone("Omar")
    reply = await both.in_discord("lead add", name="Dana", organisation="Nordik", why="rivers", who="Omar")
    forms = [await both.discord.press(there, reply, "Add another person") for _ in range(2)]
    for form, name in zip(forms, ("Tom", "Priya"), strict=True):
        await both.discord.send(there, form, name=name, organisation="Hydro", why="tests")
    assert "3 people on your list" in (await both.in_discord("lead list", who="Omar")).text
