"""Public holidays of the community's country and region: nothing is due on them, and the digest moves if that is wanted."""

import pytest

QUEBEC = "@olga /community settings holidays:Quebec"
MOVE = "@olga /community settings move_digest:yes"
DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"'


@pytest.fixture(autouse=True)
async def organiser(circle):
    await circle.run("@olga as organiser")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Quebec", "Quebec / Québec · Canada"),
        ("québec", "Quebec / Québec · Canada"),
        ('"Nouvelle-Écosse"', "Nova Scotia / Nouvelle-Écosse · Canada"),
        ("Canada", "Canada"),
        ("CA-ON", "Ontario · Canada"),
        ("france", "France"),
    ],
)
async def test_a_place_is_named_as_people_name_it(circle, typed, place):
    assert f"Public holidays: {place}\n" in (await circle.one(f"@olga /community settings holidays:{typed}")).text


async def test_a_name_of_two_places_is_asked_and_one_of_none_is_told(circle):
    seen = await circle.one("@olga /community settings holidays:Georgia")
    assert [label for label, _ in seen.buttons] == ["Georgia", "Georgia · United States"]
    assert (
        "Public holidays: Georgia · United States" in (await circle.one('@olga press "Georgia · United States"')).text
    )
    assert (await circle.one("@olga /community settings holidays:Atlantis")).error == "not-found"


async def test_they_can_be_taken_away(circle):
    await circle.run(QUEBEC, MOVE)
    seen = await circle.one("@olga /community settings holidays:none")
    assert "Public holidays: none" in seen.text
    assert "Holidays move the digest" not in seen.text


async def test_members_do_not_choose_them(circle):
    assert (await circle.one("@amina /community settings holidays:Quebec")).error == "not-allowed"


STEPS = {
    # Good Friday is 3 April 2026; a message of 27 March is followed up a week later.
    "message": ("2026-03-27", ["@amina /ask sent dana"], "Friday 3 April", "Monday 6 April"),
    "answer": (
        "2026-04-01",
        ["@amina /ask sent dana", "@amina /ask replied dana answer:yes"],
        "Friday 3 April",
        "Monday 6 April",
    ),
    "progress": (
        "2026-03-26",
        ["@amina /meeting log lead:dana reached:yes another:yes", "at 2026-03-27T10:00", "@amina /followup done dana"],
        "Friday 3 April",
        "Monday 6 April",
    ),
    "cancelled": (
        "2026-04-01",
        ["@amina /ask sent dana", "@amina /meeting plan dana when:2026-04-10T15:00", "@amina /meeting cancel dana"],
        "Friday 3 April",
        "Monday 6 April",
    ),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("holidays", [False, True])
async def test_nothing_is_due_on_a_public_holiday(circle, step, holidays):
    day, lines, usual, moved = STEPS[step]
    if holidays:
        await circle.run(QUEBEC)
    await circle.run(f"at {day}T09:00", DANA, *lines)
    assert f"Due: {moved if holidays else usual} 2026" in (await circle.one("@amina /lead show dana")).text


async def test_a_hello_waits_for_the_day_after_a_holiday(circle):
    await circle.run(QUEBEC, "at 2026-06-01T09:00", DANA, "@amina /followup rhythm dana rhythm:month")
    await circle.run(
        "@amina /meeting log lead:dana reached:yes another:yes", "at 2026-06-02T09:00", "@amina /followup done dana"
    )
    # Wednesday 24 June is the holiday of Quebec; 1 July is the day of Canada.
    await circle.run(
        "at 2026-06-10T09:00", "@amina /followup rhythm dana rhythm:two-weeks", "@amina /followup done dana"
    )
    assert "Due: Thursday 25 June 2026" in (await circle.one("@amina /lead show dana")).text


async def digests(circle, until):
    return [
        message
        for message in await circle.run(f"at {until}")
        if message.to == "#digest" and "The week of" in message.text
    ]


async def test_the_digest_stays_on_a_holiday_unless_an_organiser_wants(circle):
    # Monday 18 May 2026 is the day of Patriots in Quebec.
    await circle.run(QUEBEC, "at 2026-05-17T09:00")
    assert len(await digests(circle, "2026-05-18T13:00")) == 1


async def test_the_digest_moves_to_the_next_working_day_and_back_to_its_own(circle):
    await circle.run("at 2026-05-13T09:00", QUEBEC)
    seen = await circle.one('@olga press "Move the digest from holidays"')
    assert "The next digest is on Tuesday 19 May 2026" in seen.text
    assert await digests(circle, "2026-05-19T12:00") == []
    assert len(await digests(circle, "2026-05-19T13:00")) == 1
    assert "The next digest is on Monday 25 May 2026" in (await circle.one("@olga /community settings")).text
    assert len(await digests(circle, "2026-05-25T13:00")) == 1
    # It comes once for each week, also where it was moved.
    assert await digests(circle, "2026-05-31T13:00") == []


async def test_a_week_that_is_not_posted_yet_can_still_be_filled(circle):
    await circle.run("at 2026-05-13T09:00", QUEBEC, MOVE, "at 2026-05-19T10:00")
    seen = await circle.one(f"{DANA} when:2026-05-17")
    assert "This came late" not in seen.text
    await circle.run("at 2026-05-19T13:00")
    seen = await circle.one('@amina /lead add name:"Tom" organisation:"Hydro" why:"x" when:2026-05-17')
    assert "This came late" in seen.text


async def test_leaving_it_on_holidays_after_its_usual_hour_brings_it_at_once(circle):
    await circle.run("at 2026-05-13T09:00", QUEBEC, MOVE)
    assert await digests(circle, "2026-05-18T15:00") == []
    heard = await circle.run("@olga /community settings move_digest:no", "at 2026-05-18T15:05")
    assert [message.to for message in heard if "The week of 11 May" in message.text] == ["#digest"]
