"""How asks were answered, by wording: in the digest and beside the tip on words, and only when enough members asked."""

from datetime import date, timedelta

import pytest

PEOPLE = ("ana", "bo", "cy", "di", "ed")
LINE = "What our messages show: a coffee: about 3 in 10 answered, of 21 asks."
FIRST, SETTLED = date(2026, 3, 9), date(2026, 3, 30)


async def ask(circle, who, number, wording="coffee", *, answered=False):
    name = f"{who} {chr(97 + number)}"
    await circle.run(
        f'@{who} /lead add name:"{name}" organisation:"Nordik" why:"rivers"',
        f'@{who} /ask sent lead:"{name}" wording:{wording}',
    )
    if answered:
        await circle.run(f'@{who} /ask replied lead:"{name}"')


async def ask_all(circle, number, people=PEOPLE):
    for n in range(number):
        await ask(circle, people[n % len(people)], n, answered=n % 3 == 0)


async def digest(circle, day):
    """Let a Monday come; asks of three in the week before make the week busy enough for a digest."""
    for who in ("busy", "busier", "busiest"):
        await ask(circle, who, int(day.strftime("%j")) % 9 * 3 % 20, wording="other")
    seen = await circle.run(f"at {day.isoformat()}T12:30")
    (posted,) = [
        message.text for message in seen if message.to == "#digest" and str(message.at.date()) == day.isoformat()
    ]
    return posted


@pytest.fixture
async def asked(circle):
    """Twenty-one asks for a coffee by five members, seven of them answered, all old enough to count."""
    await ask_all(circle, 21)
    await circle.run(f"at {(SETTLED - timedelta(days=1)).isoformat()}T09:00")
    return circle


async def test_the_digest_says_it_once_and_the_tip_on_words_from_then_on(asked):
    assert "asks teach us" not in (await asked.one("@ana /tip get topic:words")).text
    assert LINE in await digest(asked, SETTLED)
    seen = await asked.one("@ana /tip get topic:words")
    assert "a coffee: about 3 in 10 answered, of 21 asks" in seen.text
    assert "asks teach us" not in (await asked.one("@ana /tip get topic:asking")).text
    await asked.run(f"at {(SETTLED + timedelta(days=6)).isoformat()}T09:00")
    assert "asks teach us" not in await digest(asked, SETTLED + timedelta(days=7))


@pytest.mark.parametrize(("number", "people"), [(20, PEOPLE), (24, PEOPLE[:4])])
async def test_too_few_asks_or_members_give_no_figure(circle, number, people):
    await ask_all(circle, number, people)
    await circle.run(f"at {(SETTLED - timedelta(days=1)).isoformat()}T09:00")
    assert "asks teach us" not in await digest(circle, SETTLED)
    assert "asks teach us" not in (await circle.one("@ana /tip get topic:words")).text


async def test_asks_that_may_still_be_answered_do_not_count(circle):
    await ask_all(circle, 21)
    await circle.run("at 2026-03-15T09:00")
    assert "asks teach us" not in await digest(circle, FIRST + timedelta(days=7))


async def test_only_the_first_answer_counts_and_only_within_two_weeks(asked):
    for n in range(21):
        who = PEOPLE[n % len(PEOPLE)]
        await asked.run(f'@{who} /ask replied lead:"{who} {chr(97 + n)}"')
    assert LINE in await digest(asked, SETTLED)


async def test_a_figure_that_was_posted_does_not_move_when_a_member_leaves_or_answers_come_late(asked):
    await digest(asked, SETTLED)
    await asked.run('@bo /ask replied lead:"bo b"', "@ana /me forget", '@ana press "Yes, erase everything"')
    seen = await asked.one("@cy /tip get topic:words")
    assert "a coffee: about 3 in 10 answered, of 21 asks" in seen.text


async def test_a_quiet_week_keeps_the_figure_for_the_next_digest(asked):
    quiet = await asked.run(f"at {SETTLED.isoformat()}T13:00")
    assert not any("asks teach us" in message.text for message in quiet)
    assert "asks teach us" not in (await asked.one("@ana /tip get topic:words")).text
    assert LINE in await digest(asked, SETTLED + timedelta(days=7))


async def test_the_organisers_preview_does_not_let_anybody_watch_a_figure_change(asked):
    seen = await asked.one("@organiser /community digest preview")
    assert "asks teach us" not in seen.text


async def test_the_line_is_in_the_communitys_language(asked):
    await asked.run('@organiser /community setup channel:#digest zone:"Toronto" language:fr')
    sentence = "Ce que nos messages montrent : un café : environ 3 sur 10 avec réponse, sur 21 demandes."
    assert sentence in await digest(asked, SETTLED)
