"""The goal of the circle, for those whom a ranking would crush: one number together, and no names."""

import pytest

from bot.ui.chart import GoalBar
from bot.ui.reply import Image

WHO = ("amina", "omar", "li", "noor")


@pytest.fixture(autouse=True)
async def named(circle):
    """Four members who all said that their names may show, and an organiser."""
    await circle.run("@olga as organiser", *(f"@{who} /board join as:name" for who in WHO))


def adds(who, *, until=3):
    return [f'@{who} /lead add name:"Dana {n}" organisation:"Nordik" why:"x"' for n in range(until)]


async def digest_of(circle, style, day=16):
    await circle.run(f"@olga /community settings board:{style} goal:10")
    await circle.run(*(line for who in WHO for line in adds(who)))
    (post,) = [message for message in await circle.run(f"at 2026-03-{day}T12:30") if message.to == "#digest"]
    return post.text


@pytest.mark.parametrize(
    ("style", "ranks", "has_goal"),
    [("ranking", True, False), ("team", False, True), ("both", True, True), ("none", False, False)],
)
async def test_the_digest_shows_what_the_organisers_chose_and_without_a_board_names_nobody(
    circle, style, ranks, has_goal
):
    text = await digest_of(circle, style)
    assert ("Most leads" in text) is ranks
    assert any(who in text for who in ("Amina", "Omar", "Noor")) is ranks
    assert ("We reached our goal: 12 of 10 steps.\n\n■■■■■■■■■■" in text) is has_goal
    assert "Together: 12 leads, 0 asks, 0 meetings." in text


async def test_the_bar_is_in_the_picture_too(circle):
    await circle.run("@olga /community settings board:team goal:20")
    await circle.run(*(line for who in WHO for line in adds(who)))
    seen = [message for message in await circle.run("at 2026-03-16T12:30") if message.to == "#digest"]
    (image,) = [part for part in seen[0].reply.parts if isinstance(part, Image)]
    assert (image.chart.goal, image.chart.places) == (GoalBar(12, 20), ())


async def test_a_week_below_the_goal_is_praised_and_the_row_is_not_mentioned(circle):
    await digest_of(circle, "team")
    for who in WHO[:3]:
        await circle.run(f'@{who} /lead add name:"Tom" organisation:"Hydro" why:"x"')
    (post,) = [message for message in await circle.run("at 2026-03-23T12:30") if message.to == "#digest"]
    assert (
        "Our goal: 3 of 10 steps.\n\n■■■□□□□□□□\n\nNew names, asks and meetings are steps. Each one counts."
        in post.text
    )
    assert "in a row" not in post.text


@pytest.mark.parametrize(
    ("goal", "sentence"),
    [
        (2, "We reached our goal: at least 3 of 2 steps.\n\n■■■■■■■■■■"),
        (6, "Our goal: at least 3 of 6 steps.\n\n■■■■■□□□□□"),
    ],
)
async def test_a_small_circle_with_one_who_is_not_named_is_not_told_that_it_did_nothing(circle, goal, sentence):
    await circle.run(f"@olga /community settings board:both goal:{goal}", "@noor /board leave")
    await circle.run(*(line for who in WHO for line in adds(who, until=1)))
    (post,) = [message for message in await circle.run("at 2026-03-16T12:30") if message.to == "#digest"]
    assert sentence in post.text
    assert "1. Omar: 1" in post.text


async def test_weeks_in_a_row_are_told_from_the_second_on(circle):
    assert "in a row" not in await digest_of(circle, "team")
    for who in WHO:
        await circle.run(*(line.replace("Dana", "Tom") for line in adds(who)))
    (post,) = [message for message in await circle.run("at 2026-03-23T12:30") if message.to == "#digest"]
    assert "2 weeks in a row. We did it together." in post.text


async def test_a_week_that_was_frozen_without_names_shows_none_when_the_board_is_chosen_later(circle):
    await digest_of(circle, "team")
    await circle.run("@olga /community settings board:both")
    for line in ("@olga /community digest preview", "@amina /board show"):
        text = (await circle.one(line)).text
        assert "We reached our goal: 12 of 10 steps." in text
        assert "Omar" not in text
        assert "1. " not in text


async def test_a_week_that_was_frozen_with_names_shows_none_when_the_goal_is_chosen_later(circle):
    assert "Omar" in await digest_of(circle, "ranking")
    await circle.run("@olga /community settings board:team")
    for line in ("@olga /community digest preview", "@amina /board show"):
        assert "Omar" not in (await circle.one(line)).text


async def test_nobody_is_asked_about_a_board_that_is_not_there_and_choices_are_kept(circle):
    await circle.run("@olga /community settings board:team")
    first = await circle.one('@eve /lead add name:"Dana" organisation:"Nordik" why:"x"')
    assert "leaderboard" not in first.text
    answer = await circle.one("@eve /board join as:name")
    assert "There is no leaderboard here now. I keep your choice." in answer.text
    assert "When there is one again, you are on it as Eve." in answer.text
    assert "You are on the leaderboard" not in answer.text
    assert "leaderboard" not in (await circle.one("@eve /me settings")).text
    form = (await circle.one("@zoe /start")).form
    assert [field.hint.message for field in form.fields if field.name == "board"] == [
        "There is no leaderboard here now. I keep your choice."
    ]


async def test_without_a_number_the_goal_follows_from_the_weeks_before(circle):
    await circle.run("@olga /community settings board:team")
    assert "10 steps together." in (await circle.one("@amina /board show")).text
    await circle.run(*(line for who in WHO for line in adds(who, until=8)), "at 2026-03-16T12:30")
    text = (await circle.one("@amina /board show")).text
    assert "We reached our goal: 32 of 10 steps." in text
    assert "35 steps together." in text


async def test_the_goal_in_french(circle):
    await circle.run("@olga speaks fr")
    seen = await circle.one("@olga /communauté réglages tableau:équipe but:20")
    assert seen.error == "bad-value"
    seen = await circle.one('@olga /communauté réglages tableau:"un but commun" but:20')
    assert "Ce que voit le groupe : un but commun" in seen.text
    assert "But du groupe : 20 actions par semaine" in seen.text


async def test_what_only_reads_says_nothing_of_this_week_but_the_goal(circle):
    await circle.run("@olga /community settings board:team goal:10")
    before = (await circle.one("@eve /board show")).text
    await circle.run(*(line for who in WHO for line in adds(who)))
    assert (await circle.one("@eve /board show")).text == before


NAMES_THE_BOARD = (
    "@olga /community settings",
    "@olga /community setup channel:#digest zone:Toronto language:en",
    "@amina /start language:en zone:Toronto",
    "@amina /me settings",
    "@amina /board me",
    '@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"',
)
NO_BOARD = "There is no leaderboard here now."


@pytest.mark.parametrize("line", NAMES_THE_BOARD)
async def test_where_the_circle_sees_no_board_nothing_asks_about_it(circle, line):
    await circle.run("@olga /community settings board:none")
    seen = await circle.one(line)
    words = seen.text + " ".join(label for label, _ in seen.buttons)
    shown = words.replace("What the circle sees: no leaderboard and no goal", "").replace("What the circle sees", "")
    assert "board" not in shown
    assert "goal" not in shown.lower()


@pytest.mark.parametrize("line", ["@amina /board join as:name", "@amina /board leave", "@amina /board show"])
async def test_who_asks_about_the_board_hears_that_there_is_none(circle, line):
    await circle.run("@olga /community settings board:none")
    seen = await circle.one(line)
    assert NO_BOARD in seen.text
    assert [label for label, _ in seen.buttons if "board" in label] == []
    await circle.run("@olga /community settings board:team")
    assert "Show our goal" in [label for label, _ in (await circle.one("@amina /board join as:name")).buttons]


@pytest.mark.parametrize(
    ("style", "change", "is_told"),
    [("none", "cap:5", True), ("team", "cap:5", True), ("ranking", "goal:9", True), ("both", "cap:5 goal:9", False)],
)
async def test_a_number_that_nobody_sees_is_kept_and_that_is_said(circle, style, change, is_told):
    await circle.run(f"@olga /community settings board:{style}")
    assert ("I keep the number." in (await circle.one(f"@olga /community settings {change}")).text) is is_told
    assert "I keep the number." not in (await circle.one("@olga /community settings board:both")).text
