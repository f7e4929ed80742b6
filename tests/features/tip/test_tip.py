"""/tip: what helped others, with how many it helped."""

import pytest

OWN = 17
MONDAY = "at 2026-03-16T13:00"
MONDAYS = {
    "zoe": "2026-03-23",
    "eve": "2026-03-30",
    "ivan": "2026-04-06",
    "rosa": "2026-04-13",
    "hugo": "2026-04-20",
}
SHARE = '/tip share text:"I write on Tuesday mornings." topic:asking'


async def test_our_own_are_there_from_the_start_with_their_credit(circle):
    seen = await circle.one("@amina /tip list")
    assert f"{OWN} tips" in seen.text
    assert seen.text.count("(Fewer than 5 members tried it. You can try it too.)") == 8
    seen = await circle.one("@amina /tip get topic:words")
    assert "Tip: choosing words" in seen.text
    assert "Ask for a short chat or a coffee." in seen.text
    assert "Idea: Elaine Ruijuan Li" in seen.text
    assert [label for label, _ in seen.buttons] == ["It worked", "It did not", "Read another tip"]


async def test_another_tip_is_another_one_until_all_were_seen(circle):
    texts = [(await circle.one("@amina /tip get")).text]
    texts += [(await circle.one('@amina press "Read another tip"')).text for _ in range(OWN)]
    assert len(set(texts[:OWN])) == OWN
    assert texts[OWN] == texts[0]


async def first_line(circle):
    """The first tip of the list."""
    lines = [line for line in (await circle.one("@eve /tip list")).text.splitlines() if line.startswith("1. ")]
    return lines[0]


async def test_what_members_said_is_evidence_from_the_next_digest_on_and_counts_once(circle):
    for who in ("li", "noor", "sam", "zoe"):
        await circle.run(f'@{who} /tip tried tip:"Bring a few" worked:yes')
    await circle.run('@amina /tip tried tip:"Bring a few" worked:yes')
    seen = await circle.one('@amina /tip tried tip:"Bring a few" worked:no')
    assert "Thank you. That helps the others too." in seen.text
    assert "Others see only how many tried it, never who." in seen.text
    assert "New figures come on Monday 16 March 2026 at 12:30 PM, Toronto time, with the digest." in seen.text
    assert "Fewer than 5 members tried it." in await first_line(circle)
    assert "Bring a few" not in await first_line(circle)
    await circle.run(MONDAY)
    assert await first_line(circle) == (
        "1. Bring a few questions, not twenty. Let them talk more than… (Tried by 5, worked for 4.)"
    )
    assert (await circle.one('@amina press "Read another tip"')).error is None


async def test_one_press_moves_no_figure_and_five_do_with_the_next_digest(circle):
    people = ("amina", "omar", "li", "noor", "sam")
    await circle.run(*(f'@{who} /tip tried tip:"Bring a few" worked:yes' for who in people), MONDAY)
    for who, shown in (("zoe", 5), ("eve", 5), ("ivan", 5), ("rosa", 5), ("hugo", 10)):
        await circle.run(f'@{who} /tip tried tip:"Bring a few" worked:no')
        assert "Tried by 5, worked for 5." in await first_line(circle)
        await circle.run(f"at {MONDAYS[who]}T13:00")
        seen = await circle.one("@eve /tip list topic:talking")
        assert f"Tried by {shown}, worked for 5." in seen.text


async def test_the_most_helpful_come_first(circle):
    for who in ("amina", "omar", "li", "noor", "sam"):
        await circle.run(f'@{who} /tip tried tip:"Ask for a short" worked:yes')
        await circle.run(f'@{who} /tip tried tip:"Say why" worked:no')
    await circle.run(MONDAY)
    assert (await first_line(circle)).startswith("1. Ask for a short")
    last = (await circle.run("@eve /tip list page:3"))[0].text
    assert "17. Say why" in last


async def test_a_topic_without_a_tip_asks_for_one(circle):
    for line in ("/tip get topic:other", "/tip list topic:other"):
        seen = await circle.one(f"@amina {line}")
        assert "There is no tip on this topic yet." in seen.text
        assert "Share it with /tip share." in seen.text


async def test_a_shared_tip_waits_for_an_organiser_and_the_author_is_thanked(circle):
    seen = await circle.run(f"@amina {SHARE}")
    assert "Thank you. An organiser reads your tip first." in seen[0].text
    assert seen[1].to == "@organiser"
    assert "A tip waits for you." in seen[1].text
    assert f"{OWN} tips" in (await circle.one('@amina press "See all tips"')).text
    seen = await circle.one('@organiser press "Read the tip"')
    assert "1 tip waits" in seen.text
    assert "I write on Tuesday mornings." in seen.text
    assert "A member shared this tip." in seen.text
    published, thanked = await circle.run('@organiser press "Publish"')
    assert "The tip is published. Its author is thanked." in published.text
    assert "0 tips still wait." in published.text
    assert thanked.to == "@amina"
    assert "Your tip is published. Thank you for helping the others." in thanked.text
    assert f"{OWN + 1} tips" in (await circle.one("@amina /tip list")).text
    seen = await circle.one("@omar /tip get topic:asking")
    for _ in range(5):
        if "Tuesday" not in seen.text:
            seen = await circle.one('@omar press "Read another tip"')
    assert "Shared by a member." in seen.text
    assert "Amina" not in seen.text


async def test_a_refused_tip_stays_hidden(circle):
    await circle.run(f"@amina {SHARE}", "@amina /tip share text:second", "@organiser /community tips")
    seen = await circle.one('@organiser press "Do not publish"')
    assert "The tip is not published. Other members do not see it." in seen.text
    assert "1 tip still waits." in seen.text
    assert (await circle.one('@organiser press "Do not publish"')).text == seen.text
    assert "second" in (await circle.one('@organiser press "Next tip"')).text
    assert f"{OWN} tips" in (await circle.one("@amina /tip list")).text


async def test_an_organiser_is_told_once_a_day(circle):
    messages = await circle.run(f"@amina {SHARE}", "@omar /tip share text:another")
    assert [message.to for message in messages] == ["@amina", "@organiser", "@omar"]
    messages = await circle.run("at 2026-03-10T10:00", "@omar /tip share text:third")
    assert [message.to for message in messages] == ["@omar", "@organiser"]


async def test_tips_are_there_for_all_at_once_when_the_community_says_so(circle):
    await circle.run("@organiser /community settings review:no")
    seen = await circle.one(f"@amina {SHARE}")
    assert "Thank you. Your tip is there for all." in seen.text
    assert f"{OWN + 1} tips" in (await circle.one("@omar /tip list")).text


async def test_a_reported_tip_is_hidden_until_an_organiser_reads_it(circle):
    await circle.run("@organiser /community settings review:no", '@amina /tip share text:"Pay a fee first."')
    seen = await circle.run('@omar /tip report tip:"pay a fee"')
    assert "Thank you. The tip is hidden until an organiser reads it." in seen[0].text
    assert "Nobody sees that it was you." in seen[0].text
    assert f"{OWN} tips" in (await circle.one("@amina /tip list")).text
    review = await circle.one("@organiser /community tips")
    assert "A member reported this tip, so it is hidden." in review.text
    assert "Omar" not in review.text
    await circle.run('@organiser press "Publish"')
    assert f"{OWN + 1} tips" in (await circle.one("@amina /tip list")).text


async def test_a_button_reports_a_members_tip_but_not_one_of_our_own(circle):
    await circle.run("@organiser /community settings review:no", '@amina /tip share text:"Pay." topic:other')
    await circle.run("@omar /tip get topic:other")
    assert "The tip is hidden" in (await circle.run('@omar press "Report this tip"'))[0].text
    seen = await circle.one('@omar press "It worked"')
    assert seen.error == "not-found"
    seen = await circle.one('@omar /tip report tip:"say why"')
    assert seen.error == "not-now"
    assert "This is one of our own tips. It cannot be hidden." in seen.text


@pytest.mark.parametrize(
    ("line", "error", "sentence"),
    [
        ('/tip share text:"see www.jobs.com"', "bad-value", "A tip cannot hold a link."),
        ('/tip share text:"write to me@jobs.org"', "bad-value", "I do not keep e-mail addresses"),
        (f'/tip share text:"{"x" * 501}"', "too-long", "The limit is 500."),
        ("/tip share text:x topic:cooking", "bad-value", "Please choose one of these"),
        ("/tip get topic:cooking", "bad-value", "Please choose one of these"),
        ("/tip tried tip:nothing worked:yes", "not-found", "I could not find this tip."),
        ("/tip tried tip:say worked:perhaps", "bad-value", "please answer yes or no"),
        ("/tip report tip:nothing", "not-found", "I could not find this tip."),
    ],
)
async def test_what_is_not_understood_is_said(circle, line, error, sentence):
    seen = await circle.one(f"@amina {line}")
    assert seen.error == error
    assert sentence in seen.text


async def test_a_long_list_of_tips_has_pages(circle):
    await circle.run("@organiser /community settings review:no")
    await circle.run(*(f'@amina /tip share text:"My idea {letter}."' for letter in "abcdef"))
    first = await circle.one("@amina /tip list")
    assert f"{OWN + 6} tips" in first.text
    assert first.text.count("(Fewer") == 8
    assert (await circle.one('@amina press "Show more"')).text.splitlines()[2].startswith("9. ")
    assert (await circle.one('@amina press "Show more"')).text.count("(Fewer") == 7
    assert "There is no tip on this page." in (await circle.one("@amina /tip list page:9")).text
    assert (await circle.one('@amina press "Share a tip"')).form is not None


async def test_a_number_is_the_place_in_the_list(circle):
    lines = [line for line in (await circle.one("@amina /tip list")).text.splitlines() if "(Fewer" in line]
    for number, line in enumerate(lines, start=1):
        first_words = line.removeprefix(f"{number}. ").split(" (Fewer")[0].rstrip("…")
        assert first_words in (await circle.one(f"@amina /tip get number:{number}")).text
    await circle.run(f"@amina /tip get number:{OWN}")
    assert (await circle.one('@amina press "Read another tip"')).text == (
        await circle.one("@amina /tip get number:1")
    ).text
    beyond = await circle.one(f"@amina /tip get number:{OWN + 1}")
    assert f"There are only {OWN} tips." in beyond.text


async def test_a_line_of_the_list_opens_the_tip(circle):
    seen = await circle.one("@amina /tip list")
    label = next(label for label, _ in seen.buttons if label.startswith("Ask for a short"))
    assert "Ask for a short" in (await circle.one(f'@amina press "{label}"')).text


async def test_the_form_asks_for_the_tip(circle):
    seen = await circle.one("@amina /tip tried")
    assert [field.name for field in seen.form.fields] == ["tip", "worked"]
    assert "Thank you." in (await circle.one("@amina fill tip:say worked:no")).text


async def test_an_organiser_who_shares_is_not_told_of_the_own_tip(circle):
    assert [message.to for message in await circle.run(f"@organiser {SHARE}")] == ["@organiser"]
    await circle.run("@organiser /community tips")
    assert [message.to for message in await circle.run('@organiser press "Publish"')] == ["@organiser", "@organiser"]
