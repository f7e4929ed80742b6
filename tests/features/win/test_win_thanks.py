"""Good news: first congratulations, then who sees it, then the people on the way to it."""

import pytest

from tests.support.console import Console


@pytest.fixture
async def amina(circle: Console) -> Console:
    """Amina has a chain of names: Rosa, Daniel, Dana."""
    await circle.run(
        '@amina /start language:en zone:"Toronto" work:"I test water." number:2 board:name',
        '@amina /lead add name:"Rosa" organisation:"City" why:"knows many people"',
        '@amina /lead add name:"Daniel" organisation:"City" why:"kind" source:"rosa"',
        '@amina /lead add name:"Dana R." organisation:"Hydro" why:"studied" source:"daniel"',
    )
    return circle


async def digest(circle: Console, at: str = "2026-03-16T12:30") -> str:
    return "\n".join(message.text for message in await circle.run(f"at {at}") if message.to == "#digest")


async def test_first_come_congratulations_and_nothing_is_told_to_anybody(amina: Console) -> None:
    seen = await amina.one('@amina /win share text:"I have a job."')
    assert seen.text.startswith("Congratulations!")
    assert "Nobody else sees it." in seen.text
    assert seen.visibility == "private"
    assert "I have a job." not in await digest(amina)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Share with my name", "Amina: I have a job."),
        ("Share without a name", "A member: I have a job."),
        ("Keep it for me", None),
    ],
)
async def test_then_amina_chooses_who_sees_it(amina: Console, label: str, shown: str | None) -> None:
    await amina.run('@amina /win share text:"I have a job."', f'@amina press "{label}"')
    text = await digest(amina)
    assert (shown in text) if shown else ("I have a job." not in text)


async def test_a_nickname_is_chosen_first_and_then_used(amina: Console) -> None:
    await amina.run('@amina /win share text:"I have a job."')
    assert (await amina.one('@amina press "Share with my nickname"')).error == "bad-value"
    await amina.run('@amina press "Choose my nickname"', '@amina fill nickname:"Maple"')
    await amina.run('@amina press "Share with my nickname"')
    assert "Maple: I have a job." in await digest(amina)


async def test_news_that_is_opened_a_week_later_shows_in_the_next_digest(amina: Console) -> None:
    await amina.run('@amina /win share text:"I have a job."')
    assert "I have a job." not in await digest(amina)
    seen = await amina.one('@amina press "Share with my name"')
    assert "digest of Monday 23 March 2026" in seen.text
    for number in range(3):
        await amina.run(f'@amina /lead add name:"Person {number}" organisation:"Org" why:"good"')
    assert "Amina: I have a job." in await digest(amina, "2026-03-23T12:30")


async def test_a_name_on_the_list_keeps_the_news_private_until_it_is_written_again(amina: Console) -> None:
    await amina.run('@amina /win share text:"Dana gave me a job"')
    seen = await amina.one('@amina press "Share with my name"')
    assert seen.error == "bad-value"
    assert "Dana R. is on your list" in seen.text
    assert "Dana" not in await digest(amina)


async def test_a_name_that_comes_on_the_list_after_the_news_does_not_reach_the_channel(amina: Console) -> None:
    await amina.run('@amina /win share text:"Zoe gave me a job" show:name')
    await amina.run('@amina /lead add name:"Zoe" organisation:"Hydro" why:"kind"')
    assert "Zoe" not in await digest(amina)


async def test_the_way_to_the_news_is_shown_with_a_thank_you_for_each(amina: Console) -> None:
    await amina.run('@amina /win share text:"I have a job."')
    await amina.run('@amina press "Keep it for me"', '@amina press "Thank the people who helped"')
    seen = await amina.one('@amina fill lead:"dana"')
    assert "- Rosa gave you the name of Daniel.\n- Daniel gave you the name of Dana R." in seen.text
    assert "Hello Dana,\n\nI have good news: [I have a job]." in seen.text
    assert "Hello Rosa,\n\nSome time ago you gave me the name of Daniel." in seen.text
    assert [label for label, _ in seen.buttons][:3] == ["I thanked Dana R.", "I thanked Daniel", "I thanked Rosa"]


async def test_the_thank_you_can_be_in_the_other_language(amina: Console) -> None:
    await amina.run('@amina /win thanks lead:"dana"')
    seen = await amina.one('@amina press "In French"')
    assert "Bonjour Rosa," in seen.text
    assert "Who helped with your good news" in seen.text


async def test_thanking_somebody_who_was_met_counts_as_staying_in_touch(amina: Console) -> None:
    await amina.run('@amina /meeting log lead:"daniel" reached:yes', '@amina /win thanks lead:"dana"')
    seen = await amina.one('@amina press "I thanked Daniel"')
    assert "you met or wrote a month ago, so send a short hello" in seen.text
    seen = await amina.one('@amina press "I thanked Rosa"')
    assert "I remind you on" not in seen.text


async def test_nothing_of_the_way_reaches_the_channel(amina: Console) -> None:
    await amina.run(
        '@amina /win share text:"I have a job." show:name',
        '@amina /win thanks lead:"dana"',
        '@amina press "I thanked Rosa"',
    )
    text = await digest(amina)
    assert "I have a job." in text
    assert not any(name in text for name in ("Dana", "Daniel", "Rosa"))


async def test_nobody_can_choose_for_anothers_news(amina: Console) -> None:
    await amina.run('@amina /win share text:"I have a job."')
    assert amina.session.screen.button("omar", "Share with my name") is None
    assert (await amina.one('@omar /win thanks lead:"dana"')).error == "not-found"


@pytest.mark.parametrize("typed", ["A new job", "job", "JOB", "new  job at"])
async def test_good_news_is_named_by_its_words(amina: Console, typed: str) -> None:
    await amina.run('@amina /win share text:"A new job at the mill"', '@amina /win share text:"A prize"')
    seen = await amina.one(f'@amina /win thanks lead:"dana" win:"{typed}"')
    assert "I have good news: [A new job at the mill]." in seen.text


@pytest.mark.parametrize("typed", ["`x`", "x", "~", "A" * 22, "%s"])
async def test_good_news_that_is_not_there_is_said(amina: Console, typed: str) -> None:
    await amina.run('@amina /win share text:"A new job at the mill"')
    seen = await amina.one(f'@amina /win thanks lead:"dana" win:"{typed}"')
    assert seen.error == "not-found"
    assert "I could not find this good news." in seen.text


async def test_two_pieces_of_news_that_fit_are_asked_about_and_both_can_be_chosen(amina: Console) -> None:
    await amina.run('@amina /win share text:"A new job"', '@amina /win share text:"A better job"')
    seen = await amina.one('@amina /win thanks lead:"dana" win:"job"')
    assert [label for label, _ in seen.buttons][:2] == ["A better job", "A new job"]
    assert "[A new job]" in (await amina.one('@amina press "A new job"')).text


async def test_one_is_thanked_once_for_each_news(amina: Console) -> None:
    await amina.run('@amina /win share text:"A new job"', '@amina /win thanks lead:"dana"')
    first = await amina.one('@amina press "I thanked Rosa"')
    assert (await amina.one('@amina press "I thanked Rosa"')).text == first.text
