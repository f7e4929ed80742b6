"""Figures about several members move once a week: whatever one member does between two digests changes none of them."""

import re
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from bot.ui.voice import say
from tests.support.console import Console, open_console
from tests.support.in_memory import quick_folder
from tests.support.present import present

PEOPLE = ("amina", "omar", "li", "noor", "sofia", "daniel", "viktor")
LOOKS = (
    "@eve /tip list",
    "@eve /tip list page:2",
    "@eve /tip get topic:words",
    "@eve /board show",
    "@organiser /community report",
    "@organiser /community report quarter:Q1",
    "@organiser /community digest preview",
)
ACTS = (
    '/lead add name:"{n} new" organisation:"Nordik" why:"x"',
    '/lead add name:"{n} old" organisation:"Nordik" why:"x" when:yesterday',
    "/ask sent first",
    "/ask replied first",
    "/meeting log first reached:yes",
    '/tip tried tip:"Say why" worked:yes',
    '/tip tried tip:"Say why" worked:no',
    "/week plan asks:3",
    "/week report asks:0",
    "/me pause",
    "/buddy join field:health",
    "/buddy leave",
    '/win share text:"I had a talk" show:no-name',
    '/board join as:nickname nickname:"{n}"',
    "/board leave",
    "forget",
)
MONDAY = date(2026, 3, 23)
acts = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTS)), min_size=1, max_size=10)


async def act(circle: Console, who: str, line: str, number: int) -> None:
    if line == "forget":
        await circle.run(f"@{who} /me forget", f'@{who} press "Yes, erase everything"')
    else:
        await circle.run(f"@{who} {line.format(n=chr(97 + number % 26) + who)}")


async def begin(circle: Console) -> None:
    """Seven members, four of them on the board; all did something of every kind, in a week that is posted."""
    await circle.run("@organiser as organiser")
    for number, who in enumerate(PEOPLE):
        await circle.run(
            f'@{who} /lead add name:"First {who}" organisation:"Nordik" why:"x"',
            f"@{who} /ask sent first",
            f'@{who} /tip tried tip:"Say why" worked:{"yes" if number else "no"}',
            f"@{who} /week plan asks:1",
            *([f"@{who} /board join as:name"] if number < 4 else []),
        )
    await circle.run("at 2026-03-16T13:00")


async def looked(circle: Console) -> list[str]:
    return [(await circle.one(line)).text for line in LOOKS]


def without_names(texts: list[str]) -> list[str]:
    """Leave out the lines that name who may leave or take another name; every other line and number stays."""
    named = re.compile("|".join(PEOPLE), re.IGNORECASE)
    return ["\n".join(line for line in text.splitlines() if not named.search(line)) for text in texts]


def words(texts: list[str]) -> set[str]:
    return set(re.findall(r"\w+", "\n".join(texts)))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts)
async def test_between_two_digests_nothing_one_member_does_moves_a_figure(acts) -> None:
    with quick_folder() as folder:
        async with open_console(Path(folder)) as circle:
            await begin(circle)
            before = await looked(circle)
            for number, (who, line) in enumerate(acts):
                await act(circle, who, line, number)
                after = await looked(circle)
                assert without_names(after) == without_names(before)
                # A name may go, and never comes.
                assert words(after) <= words(before)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(acts, min_size=3, max_size=3))
async def test_through_many_weeks_figures_move_with_the_digest_alone(weeks) -> None:
    with quick_folder() as folder:
        async with open_console(Path(folder)) as circle:
            await begin(circle)
            for week, acts in enumerate(weeks):
                for number, (who, line) in enumerate(acts):
                    await act(circle, who, line, 7 * week + number)
                await circle.run(f"at {MONDAY + timedelta(weeks=week)}T13:00")
                before = await looked(circle)
                await circle.run("@amina /ask sent first", "@omar /me pause", '@li /tip tried tip:"Say why" worked:yes')
                assert without_names(await looked(circle)) == without_names(before)
                assert not re.search(r"\b[1-4] people", "\n".join(before))


async def test_two_reports_around_a_forgetting_and_the_next_digest_give_no_ones_number(circle: Console) -> None:
    await begin(circle)
    before = (await circle.one("@organiser /community report")).text
    assert "Asks: 7" in before
    await act(circle, "viktor", "forget", 0)
    assert (await circle.one("@organiser /community report")).text == before
    await circle.run("at 2026-03-23T13:00")
    after = (await circle.one("@organiser /community report")).text
    numbers = re.findall(r"(?m)^(New names|Asks|Members who did something): (.+)$", before)
    assert numbers == re.findall(r"(?m)^(New names|Asks|Members who did something): (.+)$", after)


async def test_who_is_hidden_cannot_be_computed_in_the_week_and_in_the_week_after(circle: Console) -> None:
    for who in ("amina", "omar", "li"):
        await circle.run(f"@{who} /board join as:name", f'@{who} /lead add name:"A {who}" organisation:"N" why:"x"')
    for letter in "abcd":
        await circle.run(f'@noor /lead add name:"{letter} x" organisation:"N" why:"x"')
    (digest,) = [message for message in await circle.run("at 2026-03-16T13:00") if message.to == "#digest"]
    assert "Together: more than 5 leads, a few asks or none, a few meetings or none." in digest.text
    assert digest.image is not None
    assert "Last week: more than 5 leads, a few asks or none" in say(digest.image.alt, "en")
    assert (present(digest.image).chart.weeks[-1].leads, present(digest.image).chart.weeks[-1].asks) == (5, 0)
    for who in ("amina", "omar", "li"):
        await circle.run(f'@{who} /lead add name:"B {who}" organisation:"N" why:"x"')
    (digest,) = [message for message in await circle.run("at 2026-03-23T13:00") if message.to == "#digest"]
    assert "Together: 3 leads, 0 asks, 0 meetings. The week before: more than 5 leads" in digest.text
    assert [week.leads for week in present(digest.image).chart.weeks] == [5, 3]


async def test_a_week_in_which_two_acted_has_no_number_anywhere(circle: Console) -> None:
    for who in ("amina", "omar"):
        for letter in "abcde":
            await circle.run(f'@{who} /lead add name:"{letter} {who}" organisation:"N" why:"x"')
    (digest,) = [message for message in await circle.run("at 2026-03-16T13:00") if message.to == "#digest"]
    assert "A calm week." in digest.text
    assert "10" not in digest.text
    for who in ("amina", "omar", "li"):
        await circle.run(f'@{who} /lead add name:"z {who}" organisation:"N" why:"x"')
    (digest,) = [message for message in await circle.run("at 2026-03-23T13:00") if message.to == "#digest"]
    assert "Together: 3 leads, 0 asks, 0 meetings.\n" in digest.text
    assert [week.leads for week in present(digest.image).chart.weeks] == [3]
    await circle.run("at 2026-03-30T13:00")
    for who in ("amina", "omar", "li"):
        await circle.run(f'@{who} /lead add name:"y {who}" organisation:"N" why:"x"')
    (digest,) = [message for message in await circle.run("at 2026-04-06T13:00") if message.to == "#digest"]
    assert "The week before was calm." in digest.text
    assert [week.leads for week in present(digest.image).chart.weeks] == [3, 0, 3]


async def test_figures_move_at_their_hour_even_when_no_digest_can_be_posted(circle: Console) -> None:
    await begin(circle)
    for who in PEOPLE:
        await circle.run(f'@{who} /lead add name:"Next {who}" organisation:"N" why:"x"')
    messages = await circle.run("restart 2026-03-25T12:30")
    assert [message for message in messages if message.to == "#digest"] == []
    assert "New names: 14" in (await circle.one("@organiser /community report")).text


async def test_every_look_of_an_organiser_is_counted(circle: Console) -> None:
    await circle.run("@organiser as organiser", "@organiser /community report", "@organiser /community digest preview")
    assert "Organisers looked at totals 2 times." in (await circle.one("@amina /me export")).text
