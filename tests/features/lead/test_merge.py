"""/lead merge: two entries become one with the history of both, offered when they are alike, taken back for a day."""

import json
import re

import pytest

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'
TWIN = '@amina /lead add name:"Dana Rahman" organisation:"Nordik" why:"rivers in winter" source:"rosa" same:another'


@pytest.fixture
async def two(circle):
    """Amina has one person twice, each with a message."""
    await circle.run(
        '@amina /lead add name:"Rosa" organisation:"Mill" why:"knows everybody"',
        DANA,
        '@amina /ask sent lead:"dana r."',
        TWIN,
        '@amina /ask sent lead:"rahman"',
        '@amina /ask replied lead:"rahman" answer:yes',
    )
    return circle


async def shown(circle, name: str) -> str:
    return (await circle.one(f'@amina /lead show lead:"{name}"')).text


async def test_history_of_both_is_kept_and_what_was_written_first_stays(two):
    seen = await two.one('@amina /lead merge lead:"rahman" other:"dana r."')
    assert "Dana R., Nordik is one person on your list now." in seen.text
    card = await shown(two, "dana")
    for words in ("Why: built the river sensor", "Notes: rivers in winter", "Stage: replied", "Name given by: Rosa"):
        assert words in card
    assert "2 people on your list" in (await two.one("@amina /lead list")).text
    exported = json.loads((await two.one("@amina /me export")).files[0].data)
    assert len({ask["lead_id"] for ask in exported["asks"]}) == 1
    assert len(exported["asks"]) == 2


async def test_both_ways_to_write_the_name_are_known_afterwards(two):
    await two.run('@amina /lead merge lead:"dana r." other:"rahman"')
    for line in (DANA, TWIN.replace(" same:another", "")):
        assert "Dana R., Nordik is on your list already." in (await two.one(line)).text


async def test_one_person_counts_once_in_the_week(two):
    before = (await two.one("@amina /board me")).text
    await two.run('@amina /lead merge lead:"dana r." other:"rahman"')
    after = (await two.one("@amina /board me")).text
    assert "3" in before
    assert after == before.replace("3", "2")


async def test_it_is_taken_back_for_a_day_with_each_ones_history(two):
    before = [await shown(two, name) for name in ("dana r.", "rahman")]
    exported = json.loads((await two.one("@amina /me export")).files[0].data)
    await two.run('@amina /lead merge lead:"dana r." other:"rahman"')
    seen = await two.one('@amina press "They are two people again"')
    assert "are two people again" in seen.text
    assert [await shown(two, name) for name in ("dana r.", "rahman")] == before
    again = json.loads((await two.one("@amina /me export")).files[0].data)
    for table in ("leads", "asks", "events"):
        assert sorted(map(str, again[table])) == sorted(map(str, exported[table]))
    await two.run('@amina /lead merge lead:"dana r." other:"rahman"', "at 2026-03-10T09:01")
    assert "does not work any more" in (await two.one('@amina press "They are two people again"')).text


async def test_what_was_done_since_stays_with_the_first(two):
    await two.run('@amina /lead merge lead:"rahman" other:"dana r."', "at 2026-03-09T12:00")
    await two.run('@amina /lead edit lead:"dana" notes:"plays chess"', '@amina press "They are two people again"')
    assert "Notes: plays chess" in await shown(two, "rahman")
    assert "plays chess" not in await shown(two, "dana r.")


async def test_a_message_that_was_taken_back_since_does_not_count_again(circle):
    await circle.run(DANA, '@amina /ask sent lead:"dana"', TWIN.replace(' source:"rosa"', ""))
    await circle.run('@amina /lead merge lead:"dana r." other:"rahman"', "@amina /ask undo")
    await circle.run('@amina press "They are two people again"')
    seen = (await circle.one("@amina /board me")).text
    assert "New names this week: 2" in seen
    assert "Asks this week: 0" in seen


async def test_a_name_that_was_changed_since_stays_changed(two):
    await two.run('@amina /lead merge lead:"rahman" other:"dana r."', '@amina /lead edit lead:"dana" name:"Dana Quill"')
    seen = await two.one('@amina press "They are two people again"')
    assert "Dana Quill, Nordik and Dana R., Nordik are two people again" in seen.text
    for name in ("Dana Quill", "Dana R."):
        line = f'@amina /lead add name:"{name}" organisation:"Nordik" why:"x"'
        assert "is on your list already" in (await two.one(line)).text


async def test_alike_entries_are_offered_until_the_member_says_they_are_two(circle):
    await circle.run(DANA, '@amina /lead add name:"Danna R." organisation:"Nordik" why:"x"')
    await circle.run('@amina press "No, another person"')
    assert "The same as" not in str((await circle.one('@amina /lead show lead:"danna"')).buttons)
    await circle.run('@amina /lead import rows:"Dena R.; Nordik; y"', '@amina press "Yes, add 1 person"')
    seen = await circle.one('@amina press "See who may be twice"')
    assert "These two entries may be one person." in seen.text
    seen = await circle.one('@amina press "No, two people"')
    assert "I see nobody twice on your list." in seen.text


async def test_an_entry_that_gets_anothers_name_can_become_one_with_it(two):
    await two.run('@amina /lead edit lead:"rahman" name:"dana r"')
    seen = await two.one('@amina press "Make one person of both"')
    assert "Dana R., Nordik is one person on your list now." in seen.text


async def test_the_same_entry_twice_is_told(two):
    assert "This is the same entry twice." in (await two.one('@amina /lead merge lead:"rosa" other:"rosa"')).text


async def test_nobody_merges_what_is_another_members(two):
    await two.run('@omar /lead add name:"Priya" organisation:"Hydro" why:"tests"')
    seen = await two.one('@omar /lead merge lead:"priya" other:"dana"')
    assert "I could not find this person on your list." in seen.text


@pytest.fixture
async def two_talks(circle):
    """Amina has one person twice, and planned a talk with each entry."""
    await circle.run(
        DANA,
        TWIN.replace(' source:"rosa"', ""),
        '@amina /meeting plan lead:"dana r." when:"2026-03-13 16:00"',
        '@amina /meeting plan lead:"rahman" when:"2026-03-12 15:00" place:"phone"',
        '@amina /lead merge lead:"dana r." other:"rahman"',
    )
    return circle


async def planned(circle) -> list[str]:
    return re.findall(r"1[23] March 2026", (await circle.one("@amina /meeting list")).text)


async def test_what_was_prepared_for_one_entry_is_the_sheet_of_the_talk_that_the_other_has(circle):
    await circle.run(
        DANA,
        TWIN.replace(' source:"rosa"', ""),
        '@amina /meeting plan lead:"dana r." when:"2026-03-13 16:00"',
        '@amina /meeting prep lead:"rahman" goal:"learn how they test"',
        '@amina /lead merge lead:"dana r." other:"rahman"',
    )
    listed = (await circle.one("@amina /meeting list")).text
    assert "1 meeting" in listed
    assert "13 March 2026" in listed
    form = (await circle.one("@amina /meeting prep lead:dana")).form
    assert [field.value for field in form.fields if field.name == "goal"] == ["learn how they test"]
    await circle.run('@amina press "They are two people again"')
    listed = (await circle.one("@amina /meeting list")).text
    assert "Dana Rahman: prepared, not planned yet" in listed
    form = (await circle.one('@amina /meeting prep lead:"dana r."')).form
    assert not any(field.value for field in form.fields if field.name == "goal")


async def test_two_sheets_that_differ_are_both_kept(circle):
    await circle.run(
        DANA,
        TWIN.replace(' source:"rosa"', ""),
        '@amina /meeting prep lead:"dana r." goal:"hear about winter"',
        '@amina /meeting prep lead:"rahman" goal:"learn how they test"',
        '@amina /lead merge lead:"dana r." other:"rahman"',
    )
    assert "2 meetings" in (await circle.one("@amina /meeting list")).text


async def test_two_planned_talks_with_one_person_are_told_and_one_is_cancelled(two_talks):
    cancel = "Cancel Friday 13 March 2026 at 4:00 PM, Toronto time"
    seen = await two_talks.one(f'@amina press "{cancel}"')
    assert "Your talk with Dana R. on Friday 13 March 2026 at 4:00 PM, Toronto time is cancelled." in seen.text
    assert b"20260313T200000Z" in seen.files[0].data
    assert await planned(two_talks) == ["12 March 2026"]
    assert "Stage: meeting planned" in await shown(two_talks, "dana")


async def test_which_of_two_talks_is_cancelled_is_asked(two_talks):
    seen = await two_talks.one("@amina /meeting cancel lead:dana")
    assert "You planned more than one talk with Dana R. Is one of them off?" in seen.text
    assert len(await planned(two_talks)) == 2
    await two_talks.run('@amina press "Cancel Thursday 12 March 2026 at 3:00 PM, Toronto time"')
    assert await planned(two_talks) == ["13 March 2026"]
    assert "is cancelled." in (await two_talks.one("@amina /meeting cancel lead:dana")).text


async def test_of_two_talks_the_next_one_is_told_first(two_talks):
    await two_talks.run("at 2026-03-12T17:00", "@amina /meeting log lead:dana reached:yes")
    assert await planned(two_talks) == ["13 March 2026", "12 March 2026"]
    assert "Friday 13 March 2026" in (await two_talks.one("@amina /meeting cancel lead:dana")).text


async def test_who_is_closed_has_no_talk_left(two_talks):
    seen = await two_talks.one("@amina /lead close lead:dana")
    assert seen.text.count("is cancelled.") == 2
    assert len(seen.files) == 2
    assert await planned(two_talks) == []
