"""After a link there is one person: one list, one plan, one place on the board, one export, reminders on one platform."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.domain.week import Week
from bot.store import communities, events, promises
from tests.support.both import Both
from tests.support.present import present

WEEK = Week.from_iso("2026-W11")
SUNDAY = datetime(2026, 3, 15, 21, 1, tzinfo=UTC)


async def both_have_lists(both: Both) -> None:
    """Dana is on both lists, Tom only in Slack, Priya only in Discord, where Dana was asked and answered."""
    for name in ("Dana", "Tom"):
        await both.in_slack(f'/lead add name:"{name}" organisation:"Nordik" why:"works there"')
    await both.in_discord("lead add", name="dana", organisation="NORDIK", why="gave a talk")
    await both.in_discord("lead add", name="Priya", organisation="Hydro", why="builds dams")
    await both.in_discord("ask sent", lead="dana", wording="chat")
    await both.in_discord("ask replied", lead="dana", answer="yes")


async def counted(both: Both, platform: str) -> tuple[dict[str, int], tuple[int, int]]:
    """Tell what the running week of a community has: what was done in it, and its plans with their reports."""

    def look(tx: Any) -> tuple[dict[str, int], tuple[int, int]]:
        (home,) = communities.homes(tx, platform)
        community = communities.find(tx, platform, home)
        assert community is not None
        now = both.discord.clock.now()
        deeds = {kind: sum(of.values()) for kind, of in events.deeds(tx, community.id, WEEK, now).items()}
        return dict(deeds), promises.totals(tx, community.id, WEEK, now)

    return await both.discord.circle.db.read(look)


async def test_two_lists_become_one_and_who_is_on_both_is_there_once_with_both_histories(both: Both) -> None:
    await both_have_lists(both)
    seen = await both.link_home_in_slack()
    assert "2 people were added to your list." in seen.last.text
    assert "1 of them was on it already." in seen.last.text
    for text in (await both.in_slack("/lead list"), (await both.in_discord("lead list")).text):
        assert [text.count(name) for name in ("Dana", "Tom", "Priya")] == [1, 1, 1]
    shown = await both.in_slack("/lead show lead:dana")
    assert "works there" in shown, "what was written earlier stays"
    assert "gave a talk" in shown, "and nothing that was written is lost"
    assert "answered" in shown


async def test_what_was_done_counts_once_and_only_at_home(both: Both) -> None:
    await both_have_lists(both)
    assert (await counted(both, "discord"))[0] == {"lead": 2, "ask": 1, "reply": 1}
    await both.link_home_in_slack()
    assert await counted(both, "discord") == ({}, (0, 0))
    assert (await counted(both, "slack"))[0] == {"lead": 3, "ask": 1, "reply": 1}


async def test_people_who_are_only_alike_are_asked_about_one_by_one(both: Both) -> None:
    await both.in_slack('/lead add name:"Marta Lis" organisation:"Nordik" why:"works there"')
    await both.in_slack('/lead add name:"Olena" organisation:"Hydro" why:"works there"')
    await both.in_discord("lead add", name="Martha Lis", organisation="Nordik", why="gave a talk")
    await both.in_discord("lead add", name="Olenna", organisation="Hydro", why="builds dams")
    await both.in_discord("lead add", name="Tom", organisation="Hydro", why="builds dams")
    seen = await both.link_home_in_slack()
    assert "Is this the same person?" in seen.last.text
    assert "2 questions are open." in seen.last.text
    assert "Is this the same person?" in (await both.in_discord("me link")).text
    amina, answers = both.slacker(), {"Mart": "The same person", "Olen": "Another person"}
    for _ in range(2):
        question = amina.sees.last
        label = next(label for name, label in answers.items() if name in question.text.split("Is this")[1])
        seen = await amina.presses(label, on=question)
    assert "Is this the same person?" not in seen.last.text
    text = await both.in_slack("/lead list")
    assert [text.count(name) for name in ("Marta Lis", "Martha Lis", "Olena", "Olenna", "Tom")] == [1, 0, 1, 1, 1]


async def test_a_plan_from_before_the_link_counts_once_and_is_asked_about_on_one_side(both: Both) -> None:
    planned = await both.in_discord("week plan", asks=2)
    await both.discord.press(both.discord.someone("Amina"), planned, "Yes, ask me on Sunday")
    assert (await counted(both, "discord"))[1] == (1, 0)
    await both.link_home_in_slack()
    assert (await counted(both, "discord"))[1] == (0, 0)
    assert (await counted(both, "slack"))[1] == (1, 0)
    await both.move(SUNDAY)
    assert both.letters_in_discord()[1:] == []
    assert ["How was your week?" in letter for letter in both.letters_in_slack()].count(True) == 1


async def test_of_two_plans_for_a_week_the_homes_goes_on_and_that_is_said(both: Both) -> None:
    await both.in_slack("/week plan asks:1")
    await both.in_discord("week plan", asks=5)
    await both.in_discord("week report", asks=5)
    seen = await both.link_home_in_slack()
    assert "You had a plan for this week on both platforms. The plan you made here stays." in seen.last.text
    assert (await counted(both, "slack"))[1] == (1, 1), "what was reported is reported"


async def test_a_choice_how_to_appear_stays_and_of_two_the_more_private_one_counts(both: Both) -> None:
    await both.in_slack("/board join as:name")
    await both.in_discord("board join", **{"as": "nickname"}, nickname="Maple")
    seen = await both.link_home_in_slack()
    assert "On the board you are Maple." in seen.last.text


async def test_good_news_of_the_other_place_is_private_until_it_is_shared_here(both: Both) -> None:
    await both.in_discord("win share", text="I have an interview.", show="name")
    seen = await both.link_home_in_slack()
    assert "1 piece of good news from Discord is only for you now." in seen.last.text


async def test_the_export_is_the_same_from_either_side_and_tells_of_the_link(both: Both) -> None:
    await both_have_lists(both)
    await both.in_discord("tip share", text="Rest on Sunday")
    await both.link_home_in_slack()
    await both.in_slack("/hello me export")
    here = json.loads(present(next(iter(both.slack.slack.workspace.files.values())).content))
    assert sorted(lead["name"] for lead in here["leads"]) == ["Dana", "Priya", "Tom"]
    assert [(link["platform"], link["list"]) for link in here["linked"]] == [("slack", "here"), ("discord", "there")]
    assert "Rest on Sunday" in json.dumps(here["linked"])


async def test_reminders_come_where_the_member_chose_and_their_buttons_work_there(both: Both) -> None:
    await both_have_lists(both)
    await both.link_home_in_slack()
    page = await both.in_discord("me link")
    reply = await both.discord.press(both.discord.someone("Amina"), page, "Remind me here")
    assert "Your reminders now come on Discord, Newcomers." in reply.text
    slack, discord = len(both.letters_in_slack()), len(both.letters_in_discord())
    await both.later(days=5)
    assert len(both.letters_in_slack()) == slack
    new = both.discord.letters(both.discord.someone("Amina"))[discord:]
    assert "Dana" in both.letters_in_discord()[-1]
    reply = await both.discord.press(both.discord.someone("Amina").user, new[-1], "Done")
    assert "does not work" not in reply.text
    assert "Reminders come on\nDiscord" in (await both.in_slack("/hello me link")).replace("*", "")


async def test_a_message_that_waits_for_one_side_is_read_on_the_other_with_buttons_that_work(both: Both) -> None:
    await both_have_lists(both)
    await both.link_home_in_slack()
    both.slack.slack.faults.error("chat.postMessage", "user_is_deleted", times=9)
    await both.later(days=4)
    reply = await both.in_discord("me inbox")
    assert "Dana" in reply.text
    reply = await both.discord.press(both.discord.someone("Amina"), reply, "Done")
    assert "does not work" not in reply.text
    assert "No message waits for you." in await both.in_slack("/hello me inbox")


async def test_the_settings_name_the_place_a_member_is_linked_with(both: Both) -> None:
    await both.link_home_in_slack()
    assert "Linked with: Slack" in (await both.in_discord("me settings", number=3)).text
    assert "Discord, Newcomers" in await both.in_slack("/hello me settings number:3")
