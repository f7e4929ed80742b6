"""In a small community no figure tells what one of them did: all that is said is the same, whoever did what."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.support.console import Console, open_console
from tests.support.in_memory import quick_folder

WHO = ("amina", "omar", "li", "noor")


async def told_after(verdicts: tuple[bool | None, ...], reports: tuple[bool, ...]) -> list[str]:
    """Everything a newcomer and an organiser can read after four members did, or did not do, these things."""
    with quick_folder() as folder:
        async with open_console(Path(folder)) as circle:
            return await live(circle, verdicts, reports)


async def live(circle: Console, verdicts: tuple[bool | None, ...], reports: tuple[bool, ...]) -> list[str]:
    for who in WHO:
        await circle.run(f"@{who} /week plan asks:1", f"@{who} /buddy join field:health")
    for who, verdict, reported in zip(WHO, verdicts, reports, strict=True):
        if verdict is not None:
            await circle.run(f'@{who} /tip tried tip:"Ask for a short" worked:{"yes" if verdict else "no"}')
        if reported:
            await circle.run(f"@{who} /week report asks:0")
    seen = [message for message in await circle.run("at 2026-03-16T13:00") if message.to.startswith("#")]
    await circle.run("@organiser as organiser")
    seen += await circle.run("@eve /tip list", "@organiser /community report", "@organiser /community digest preview")
    return [message.text for message in seen]


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.tuples(*[st.sampled_from([None, True, False])] * 4),
    st.tuples(*[st.booleans()] * 4),
)
async def test_what_four_members_did_leaves_no_trace_in_what_others_read(verdicts, reports) -> None:
    nothing = await told_after((None,) * 4, (False,) * 4)
    assert await told_after(verdicts, reports) == nothing


@pytest.fixture
async def five(circle: Console) -> Console:
    """Five members each add a person and ask them; four get an answer."""
    for number, who in enumerate(("amina", "omar", "li", "noor", "sam")):
        await circle.run(f'@{who} /lead add name:"Dana" organisation:"Nordik" why:"x"', f"@{who} /ask sent dana")
        if number < 4:
            await circle.run(f"@{who} /ask replied dana")
    await circle.run("@organiser as organiser")
    return circle


async def test_an_organiser_sees_only_totals_of_five_people_and_weeks_that_are_over(five: Console) -> None:
    seen = await five.one("@organiser /community report")
    assert "There are no totals yet." in seen.text
    assert "New figures come on Monday 16 March 2026 at 12:30 PM, Toronto time, with the digest." in seen.text
    await five.run("at 2026-03-16T13:00")
    seen = await five.one("@organiser /community report")
    assert "Members who did something: 5" in seen.text
    assert "New names: 5" in seen.text
    assert "Asks: 5" in seen.text
    assert "Answers: fewer than 5 people" in seen.text
    assert "Meetings: fewer than 5 people" in seen.text
    assert "Dana" not in seen.text


async def test_two_looks_in_one_week_say_the_same_whatever_happened_between(five: Console) -> None:
    await five.run("at 2026-03-16T13:00")
    before = (await five.one("@organiser /community report")).text
    await five.run('@zoe /lead add name:"Tom" organisation:"Hydro" why:"x" when:"2026-03-15"', "@zoe /ask sent tom")
    assert (await five.one("@organiser /community report")).text == before


async def test_each_look_of_an_organiser_is_in_every_members_file(five: Console) -> None:
    await five.run("@organiser /community report", "at 2026-03-10T09:00", "@organiser /community report")
    seen = await five.one("@amina /me export")
    assert "Organisers looked at totals 2 times." in seen.text
    looked = json.loads(seen.files[0].content)["organisers_looked"]
    assert [look["what"] for look in looked] == ["report", "report"]
    assert looked[0]["at"].startswith("2026-03-09T13:00")


async def test_members_cannot_read_the_report(five: Console) -> None:
    assert (await five.one("@amina /community report")).error == "not-allowed"
    assert "organisers_looked" not in (await five.one("@amina /me export")).files[0].content


async def test_the_digest_tells_of_buddies_from_five_on(circle: Console) -> None:
    for who in ("amina", "omar", "li", "noor", "sam", "zoe"):
        await circle.run(f"@{who} /buddy join field:health", f'@{who} /lead add name:"D" organisation:"N" why:"x"')
    digest = [message for message in await circle.run("at 2026-03-16T13:00") if message.to == "#digest"]
    assert "6 members have a buddy." in digest[0].text


async def test_help_names_the_new_families(circle: Console) -> None:
    seen = await circle.one("@amina /help")
    assert "/buddy (join, leave, show, cheer)" in seen.text or "/buddy: " in seen.text
    assert "Who hears from you next, and when." in seen.text
