"""/board: only members who joined it, only praise."""

import pytest

from bot.ui.reply import Ranking
from bot.ui.values import UserText

MONDAY = "at 2026-03-16T13:00"


def add(who, number, letter="A"):
    return [f'@{who} /lead add name:"{letter}{chr(97 + n)} {who}" organisation:"Nordik" why:"x"' for n in range(number)]


async def three(circle):
    await circle.run(
        "@amina /board join as:name", "@omar /board join as:name", '@li /board join as:nickname nickname:"Maple"'
    )
    await circle.run(*add("amina", 2), *add("omar", 2), *add("li", 1), *add("sofia", 5))


def places(seen):
    rankings = [part for part in seen.reply.parts if isinstance(part, Ranking)]
    shown = [(place.place, place.name) for ranking in rankings for place in ranking.places]
    return [(place, name.text) for place, name in shown if isinstance(name, UserText)]


async def test_the_board_opens_when_three_have_a_score(circle):
    seen = await circle.one("@amina /board show")
    assert "The board starts when 3 members on the board have added a person this week." in seen.text
    assert "You can be one of these members." in seen.text
    assert "New figures come on Monday 16 March 2026 at 12:30 PM, Toronto time, with the digest." in seen.text
    assert [label for label, _ in seen.buttons] == ["Join with my name", "Join with a nickname"]
    await circle.run('@amina press "Join with my name"')
    assert [label for label, _ in (await circle.one("@amina /board show")).buttons] == ["Add a person"]


async def test_equal_scores_share_a_place_and_who_did_not_join_is_not_there(circle):
    await three(circle)
    await circle.run(MONDAY)
    seen = await circle.one("@noor /board show")
    assert places(seen) == [(1, "Amina"), (1, "Omar"), (3, "Maple")]
    assert "Sofia" not in seen.text
    assert "At most 10 new names count in a week." in seen.text


async def test_a_score_counts_at_most_ten(circle):
    await three(circle)
    await circle.run(*add("amina", 14, "B"))
    assert "New names this week: 16" in (await circle.one("@amina /board me")).text
    await circle.run(MONDAY)
    assert "1. Amina: 10 leads" in (await circle.one("@amina /board show")).text


async def test_leaving_removes_the_name_and_the_board_closes(circle):
    await three(circle)
    await circle.run(MONDAY, "@amina /board leave", "@omar /board leave")
    seen = await circle.one("@li /board leave")
    assert "You left the leaderboard. No later post has your name." in seen.text
    assert "/board join" in seen.text
    assert places(await circle.one("@amina /board show")) == []
    assert "On the leaderboard: no" in (await circle.one("@li /board me")).text


async def test_a_nickname_is_asked_and_then_remembered(circle):
    seen = await circle.one("@li /board join as:nickname")
    assert seen.error == "missing-value"
    assert "Please choose a nickname." in seen.text
    await circle.run('@li press "Choose my nickname"')
    assert "You are on the leaderboard as Maple." in (await circle.one('@li fill nickname:"Maple"')).text
    await circle.run("@li /board leave")
    assert "You are on the leaderboard as Maple." in (await circle.one("@li /board join as:nickname")).text


@pytest.mark.parametrize("taken", ["Amina", "amína", "MAPLE"])
async def test_a_nickname_of_somebody_else_is_refused(circle, taken):
    await circle.run("@amina /board join as:name", '@li /board join nickname:"Maple"')
    seen = await circle.one(f'@omar /board join nickname:"{taken}"')
    assert seen.error == "bad-value"
    assert "Please choose another nickname." in seen.text


@pytest.mark.parametrize(
    ("line", "error"),
    [("/board join as:everyone", "bad-value"), (f'/board join nickname:"{"x" * 31}"', "too-long")],
)
async def test_what_is_not_understood_is_said(circle, line, error):
    assert (await circle.one(f"@amina {line}")).error == error


async def test_ones_own_numbers_are_for_oneself(circle):
    await three(circle)
    seen = await circle.one("@li /board me")
    assert seen.visibility == "private"
    assert "New names this week: 1" in seen.text
    assert "On the leaderboard: as Maple" in seen.text
    assert "My place" not in seen.text
    await circle.run(MONDAY)
    assert "My place on the last board: 3" in (await circle.one("@li /board me")).text
    assert "My place" not in (await circle.one("@sofia /board me")).text
    seen = await circle.one("@li /board me")
    assert (await circle.one('@li press "What do I do now?"')).error is None


async def test_the_board_moves_with_the_digest_and_not_between(circle):
    await three(circle)
    before = (await circle.one("@noor /board show")).text
    await circle.run(*add("amina", 3, "B"))
    assert (await circle.one("@noor /board show")).text == before
    assert "You have 5 new names this week." in (await circle.one("@amina /board show")).text
    await circle.run(MONDAY)
    posted = (await circle.one("@noor /board show")).text
    assert "Most leads in the week of 9 March 2026" in posted
    await circle.run(*add("li", 9, "C"), '@omar /lead add name:Late organisation:N why:x when:"2026-03-13"')
    assert (await circle.one("@noor /board show")).text == posted


async def test_a_name_is_shown_while_it_is_their_own_choice(circle):
    await three(circle)
    await circle.run(MONDAY, "@omar /board leave", '@amina /board join as:nickname nickname:"Fox"')
    seen = await circle.one("@noor /board show")
    # Fox beside Amina's number would tell that both are one person.
    assert places(seen) == [(3, "Maple")]
    assert "Fox" not in seen.text
    await circle.run("@amina /board join as:name")
    assert places(await circle.one("@noor /board show")) == [(1, "Amina"), (3, "Maple")]


async def test_a_board_whose_members_all_left_is_not_there(circle):
    await three(circle)
    await circle.run(MONDAY, "@omar /board leave", "@amina /board leave", "@li /board leave")
    seen = await circle.one("@noor /board show")
    assert "The board starts when 3 members on the board have added a person this week." in seen.text


async def test_nobody_is_named_before_they_said_how(circle):
    seen = await circle.one("@cleo /board join")
    assert seen.text.startswith("How do you want to appear on the leaderboard?")
    assert [label for label, _ in seen.buttons] == ["Join with my name", "Join with a nickname"]
    assert "On the leaderboard: no" in (await circle.one("@cleo /board me")).text


async def test_a_nickname_that_was_wished_for_at_the_start_is_asked_for_and_never_a_name(circle):
    await circle.run('@cleo /start language:en zone:Toronto board:"with a nickname"')
    seen = await circle.one("@cleo /board join")
    assert "Cleo" not in seen.text
    assert [label for label, _ in seen.buttons] == ["Choose my nickname"]
    added = await circle.one('@cleo /lead add name:"Tom" organisation:"Hydro" why:"x"')
    assert "Choose my nickname" in [label for label, _ in added.buttons]
    assert "Join with my name" not in [label for label, _ in added.buttons]
    await circle.run('@cleo press "Choose my nickname"', '@cleo fill nickname:"Maple"')
    assert "You are on the leaderboard as Maple." in (await circle.one("@cleo /board join")).text
    assert "On the leaderboard: Maple" in (await circle.one("@cleo /start language:en zone:Toronto")).text


@pytest.mark.parametrize("how", ["as:name", 'nickname:"Maple"'])
async def test_a_choice_stays_when_nothing_else_is_said(circle, how):
    answer = (await circle.one(f"@cleo /board join {how}")).text
    assert (await circle.one("@cleo /board join")).text == answer


async def test_who_left_is_asked_how_they_want_to_come_back(circle):
    await circle.run('@cleo /board join nickname:"Maple"', "@cleo /board leave")
    seen = await circle.one("@cleo /board join")
    assert [label for label, _ in seen.buttons] == ["Join with my name", "Join as Maple"]
    assert "You are on the leaderboard as Maple." in (await circle.one('@cleo press "Join as Maple"')).text


async def test_not_at_all_said_at_the_start_takes_the_name_off_waiting_good_news(circle):
    await circle.run('@cleo /win share text:"I have a job." show:name')
    await circle.run("@cleo /start language:en zone:Toronto board:hidden")
    text = "\n".join(message.text for message in await circle.run("at 2026-03-16T12:30") if message.to == "#digest")
    assert "A member: I have a job." in text
    assert "Cleo" not in text
