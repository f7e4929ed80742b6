"""/win: good news, told to the circle only as the member chooses."""

import re

import pytest

from bot.engine.messenger import Refused
from tests.support.moody import moody
from tests.support.present import present

NEWS = 'text:"I have a job interview on Friday."'
BUSY = [f'@omar /lead add name:"{letter}" organisation:"Nordik" why:"x"' for letter in "ABC"]


async def digest(circle):
    (seen,) = [message for message in await circle.run("at 2026-03-16T12:30") if message.to == "#digest"]
    return seen.text


async def test_good_news_stays_private_unless_said_otherwise(circle):
    seen = await circle.one(f"@amina /win share {NEWS}")
    assert seen.visibility == "private"
    assert "Congratulations!" in seen.text
    assert "I kept it for you. Nobody else sees it." in seen.text
    await circle.run(*BUSY)
    assert "job interview" not in await digest(circle)


@pytest.mark.parametrize(
    ("show", "shown"),
    [("name", "- Amina: I have"), ("no-name", "- A member: I have"), ("nickname", "- Maple: I have")],
)
async def test_good_news_is_shown_as_chosen(circle, show, shown):
    await circle.run('@amina /board join nickname:"Maple"')
    seen = await circle.one(f"@amina /win share {NEWS} show:{show}")
    assert "It shows in the digest of Monday 16 March 2026" in seen.text
    await circle.run(*BUSY)
    assert shown in await digest(circle)


async def test_good_news_shared_on_monday_morning_is_for_the_next_monday(circle):
    await circle.run("at 2026-03-16T09:00")
    seen = await circle.one(f"@amina /win share {NEWS} show:name")
    assert "It shows in the digest of Monday 23 March 2026, with my name." in seen.text
    assert "job interview" not in await digest(circle)


async def test_it_can_be_kept_back_before_the_digest(circle):
    await circle.run(f"@amina /win share {NEWS} show:name")
    seen = await circle.one('@amina press "Keep it for me"')
    assert "Good. Your news is only for you now. No later digest shows it." in seen.text
    assert "job interview" not in await digest(circle)


async def test_leaving_the_board_takes_the_name_off_good_news_that_waits(circle):
    await circle.run(f"@amina /win share {NEWS} show:name", "@amina /board leave")
    text = await digest(circle)
    assert "- A member: I have a job interview on Friday." in text
    assert "Amina" not in text


async def test_a_nickname_must_be_there_first(circle):
    seen = await circle.one(f"@amina /win share {NEWS} show:nickname")
    assert seen.error == "bad-value"
    assert "You have no nickname yet." in seen.text
    assert (await circle.one('@amina press "Choose my nickname"')).form is not None


@pytest.mark.parametrize("text", ["I meet Dana on Friday!", "dana r. gave me a name", "Coffee with DÁNA."])
async def test_outsiders_are_not_named_in_the_channel(circle, text):
    await circle.run('@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"')
    seen = await circle.one(f'@amina /win share text:"{text}" show:name')
    assert seen.error == "bad-value"
    assert "Dana R. is on your list, so the name cannot be shown." in seen.text
    assert (await circle.one(f'@amina /win share text:"{text}"')).error is None


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('text:"call me 514 555 01 99" show:name', "bad-value"),
        (f'text:"{"x" * 301}"', "too-long"),
        ('text:"x" show:everybody', "bad-value"),
    ],
)
async def test_what_cannot_be_shared_is_said(circle, line, error):
    assert (await circle.one(f"@amina /win share {line}")).error == error


async def test_the_form_asks_for_the_news_and_nothing_else(circle):
    seen = await circle.one("@amina /win share")
    assert [field.name for field in seen.form.fields] == ["text"]
    assert "Congratulations!" in (await circle.one('@amina fill text:"I have a job."')).text


async def test_only_ones_own_news_can_be_kept_back(circle):
    await circle.run(f"@amina /win share {NEWS} show:name", "@amina /me forget", '@amina press "Yes, erase everything"')
    seen = await circle.one('@amina press "Keep it for me"')
    assert seen.error == "not-found"


PEOPLE = [f"p{letter}" for letter in "abcdefghijkl"]


async def test_each_is_told_the_day_it_really_shows_and_five_show_each_week(circle):
    told = {}
    for number, who in enumerate(PEOPLE):
        seen = await circle.one(f'@{who} /win share text:"News {number:02}." show:no-name')
        told[f"News {number:02}."] = present(re.search(r"digest of Monday (\d+ \w+)", seen.text)).group(1)
    assert list(told.values()) == ["16 March"] * 5 + ["23 March"] * 5 + ["30 March"] * 2
    shown = {}
    for day in ("16 March", "23 March", "30 March"):
        messages = await circle.run(f"at 2026-03-{day.split()[0]}T13:00")
        (text,) = [message.text for message in messages if message.to == "#digest"]
        shown |= dict.fromkeys(re.findall(r"News \d\d\.", text), day)
    assert shown == told


async def test_taking_news_back_shows_nobodys_earlier_than_told(circle):
    for number, who in enumerate(PEOPLE[:7]):
        await circle.run(f'@{who} /win share text:"News {number:02}." show:no-name')
    await circle.run(f'@{PEOPLE[0]} press "Keep it for me"')
    text = await digest(circle)
    assert re.findall(r"News \d\d", text) == ["News 01", "News 02", "News 03", "News 04"]
    (seen,) = [message for message in await circle.run("at 2026-03-23T13:00") if message.to == "#digest"]
    assert re.findall(r"News \d\d", seen.text) == ["News 05", "News 06"]


async def test_a_digest_tells_one_news_of_a_member_and_the_next_ones_hold_nobody_up(circle):
    for number in range(4):
        seen = await circle.one(f'@amina /win share text:"Mine {number}." show:no-name')
        assert f"Monday {('16 March', '23 March', '30 March', '6 April')[number]}" in seen.text
    assert "Monday 16 March" in (await circle.one('@omar /win share text:"His." show:no-name')).text
    assert re.findall(r"Mine \d|His", await digest(circle)) == ["Mine 0", "His"]
    (seen,) = [message for message in await circle.run("at 2026-03-23T13:00") if message.to == "#digest"]
    assert re.findall(r"Mine \d|His", seen.text) == ["Mine 1"]


@pytest.mark.parametrize("again", ["I have a job!", "i have a JOB", "  I have  a job. "])
async def test_the_same_news_stands_in_the_line_once(circle, again):
    await circle.run('@amina /win share text:"I have a job." show:name')
    seen = await circle.one(f'@amina /win share text:"{again}" show:no-name')
    assert seen.error == "not-now"
    assert "You share this news already. It shows in the digest of Monday 16 March 2026." in seen.text
    await circle.run(f'@amina /win share text:"{again}"')
    assert (await circle.one('@amina press "Share with my name"')).error == "not-now"
    assert "It shows" in (await circle.one(f'@omar /win share text:"{again}" show:no-name')).text
    assert len(re.findall(r"(?i)have +a job", await digest(circle))) == 2
    assert "It shows" in (await circle.one(f'@amina /win share text:"{again}" show:name')).text


async def test_after_a_digest_that_could_not_be_posted_its_news_comes_first(circle):
    mood = moody(circle)
    mood.channel = Refused("no-permission")
    for number, who in enumerate(PEOPLE[:7]):
        await circle.run(f'@{who} /win share text:"News {number:02}." show:no-name')
    await circle.run("at 2026-03-16T13:00")
    mood.channel = None
    (seen,) = [message for message in await circle.run("at 2026-03-23T13:00") if message.to == "#digest"]
    assert re.findall(r"News \d\d", seen.text) == [f"News {n:02}" for n in range(5)]
    told = await circle.one(f"@{PEOPLE[6]} /me inbox")
    assert "News 06." in told.text
    assert "Your good news could not show yet. It shows in the digest of Monday 30 March 2026." in told.text


async def test_another_choice_keeps_the_place_in_the_line(circle):
    for number, who in enumerate(PEOPLE[:6]):
        await circle.run(f'@{who} /win share text:"News {number:02}."', f'@{who} press "Share without a name"')
    await circle.run(f"@{PEOPLE[0]} /board join as:name")
    seen = (await circle.run(f'@{PEOPLE[0]} /win share text:"x"', f'@{PEOPLE[0]} press "Share with my name"'))[1]
    assert "Monday 23 March 2026" in seen.text
    text = await digest(circle)
    assert "A member: News 00." in text
    assert "News 05." not in text


async def test_good_news_that_was_told_is_not_told_again(circle):
    await circle.run(f"@amina /win share {NEWS}", '@amina press "Share without a name"')
    assert "job interview" in await digest(circle)
    seen = await circle.one('@amina press "Share with my nickname"')
    assert seen.error == "bad-value"
    await circle.run('@amina /board join nickname:"Maple"')
    seen = await circle.one('@amina press "Share with my nickname"')
    assert seen.error == "not-now"
    assert "This good news was in the digest of Monday 16 March 2026." in seen.text
    (following,) = [message.text for message in await circle.run("at 2026-03-23T13:00") if message.to == "#digest"]
    assert "job interview" not in following


async def test_news_that_names_somebody_who_was_added_since_is_kept_back_and_that_is_said(circle):
    await circle.run('@amina /win share text:"I meet Dana on Friday!" show:name')
    await circle.run('@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"')
    assert "Dana" not in await digest(circle)
    seen = await circle.one("@amina /me inbox")
    assert "Dana R. is on your list, so the name cannot be shown." in seen.text
    assert "Nobody else saw it. Write it again without the name: /win share." in seen.text


async def test_a_nickname_for_good_news_leaves_the_leaderboard_as_it_is(circle):
    await circle.run("@amina /board leave", f"@amina /win share {NEWS}")
    seen = await circle.one('@amina press "Share with my nickname"')
    assert "You have no nickname yet." in seen.text
    await circle.run('@amina press "Choose my nickname"')
    seen = await circle.one('@amina fill nickname:"Maple"')
    assert "Your nickname is Maple." in seen.text
    assert "On the leaderboard: no" in (await circle.one("@amina /me settings")).text
    await circle.run('@amina press "Share with my nickname"', *BUSY)
    text = await digest(circle)
    assert "- Maple: I have a job interview on Friday." in text
    assert "Amina" not in text


async def test_what_everybody_has_seen_is_not_called_private_again(circle):
    await circle.run(f"@amina /win share {NEWS} show:name", *BUSY)
    assert "- Amina: I have a job interview" in await digest(circle)
    seen = await circle.one('@amina press "Keep it for me"')
    assert "This good news was in the digest of Monday 16 March 2026." in seen.text
    assert "only for you" not in seen.text
