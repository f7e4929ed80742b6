"""/win: good news, told to the circle only as the member chooses."""

import pytest

NEWS = 'text:"I have a job interview on Friday."'
BUSY = [f'@omar /lead add name:"{letter}" organisation:"Nordik" why:"x"' for letter in "ABC"]


async def digest(circle):
    (seen,) = [each for each in await circle.run("at 2026-03-16T12:30") if each.to == "#digest"]
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
