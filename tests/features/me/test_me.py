"""/me: settings, pauses, waiting messages, and the member's own data."""

import json

import pytest

from bot.engine.messenger import Refused
from bot.store import export
from bot.store.tables import METADATA
from tests.features.meeting.test_meeting import LOG
from tests.support.moody import moody

EVERYTHING = (
    '@amina /start language:en zone:"Toronto" work:"I want to test software." number:2 board:name',
    '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
    "@amina /ask sent dana wording:chat",
    "@amina /ask replied dana",
    LOG,
    '@amina /week plan asks:2 sentence:"I write on Tuesday."',
    '@amina press "Yes, ask me on Sunday"',
    '@amina /week report asks:1 help:"I need names."',
    '@amina /tip share text:"I write in the morning." topic:asking',
    "@omar /tip tried tip:say worked:yes",
    '@amina /tip tried tip:"Say why you chose" worked:yes',
    '@amina /win share text:"I have a job." show:name',
    "@amina /me pause",
)


async def rows_of(circle):
    """Count the rows of each table that are of members on the board with their name."""

    def count(tx):
        counts = {}
        member = tx.exec_driver_sql("select id from members where appearance = 'name'").scalars().all()
        for table in METADATA.sorted_tables:
            column = "id" if table.name == "members" else "member_id" if "member_id" in table.c else None
            if column:
                counts[table.name] = sum(
                    tx.exec_driver_sql(f"select count(*) from {table.name} where {column} = ?", (id_,)).scalar_one()  # noqa: S608 - our tables
                    for id_ in member
                )
        return counts, member

    return await circle.session.circle.db.read(count)


async def test_settings_are_one_page_with_a_button_for_each(circle):
    seen = await circle.one("@amina /me settings")
    assert seen.form is None
    assert "Reminders: yes\nSunday question: no\nOn the leaderboard: not answered yet\nOn a pause: no" in seen.text
    for label, name, stood, typed in (
        ("My language", "language", "en", "fr"),
        ("My language", "language", "en", "en"),
        ("My time zone", "zone", "America/Toronto", "Vancouver"),
        ("The work I want", "work", "", "I want to cook."),
        ("Asks a week", "number", "", "3"),
    ):
        form = (await circle.one(f'@amina press "{label}"')).form
        assert {field.name: field.value for field in form.fields} in ({name: stood}, {name: "fr"})
        seen = await circle.one(f'@amina fill {name}:"{typed}"')
        if typed == "fr":
            await circle.run("@amina /me settings language:en", "@amina /me settings")
    assert "Time zone: Vancouver time\nThe work I want: I want to cook.\nAsks a week: 3" in seen.text


@pytest.mark.parametrize(
    ("label", "after"),
    [
        ("Turn reminders off", "Reminders: no"),
        ("Ask me on Sunday", "Sunday question: yes"),
        ("Show my name on the board", "On the leaderboard: as Amina"),
        ("Do not show me on the board", "On the leaderboard: no"),
        ("Pause a week", "On a pause: until Sunday 15 March 2026"),
    ],
)
async def test_a_press_on_the_page_changes_a_setting_at_once(circle, label, after):
    await circle.run("@amina /me settings", f'@amina press "{label}"')
    seen = await circle.one("@amina /me settings")
    assert after in seen.text
    assert label not in [button_label for button_label, _ in seen.buttons]


async def test_what_the_sunday_question_names_as_the_way_out_is_there(circle):
    await circle.run("@amina /week plan asks:2", '@amina press "Yes, ask me on Sunday"')
    assert "Sunday question: yes" in (await circle.one("@amina /me settings")).text
    assert "Sunday question: no" in (await circle.one('@amina press "Do not ask me on Sunday"')).text


async def test_another_language_answers_at_once(circle):
    seen = await circle.one("@amina /me settings language:fr")
    assert seen.language == "fr"
    assert "Vos réglages" in seen.text
    assert (await circle.one("@amina /lead list")).language == "fr"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/me settings language:klingon", "I do not speak klingon yet."),
        ("/me settings zone:qqqqq", "I do not know the time zone qqqqq."),
        ("/me settings number:100", "please give a whole number from 0 to 50"),
        ("/me settings reminders:perhaps", "please answer yes or no"),
        ("/me pause weeks:9", "please give a whole number from 1 to 8"),
        ("/me pause weeks:0", "please give a whole number from 1 to 8"),
    ],
)
async def test_what_is_not_understood_is_said(circle, line, sentence):
    seen = await circle.one(f"@amina {line}")
    assert seen.error == "bad-value"
    assert sentence in seen.text


async def test_another_zone_moves_the_sunday_question(circle):
    await circle.run("@amina /week plan asks:1", '@amina press "Yes, ask me on Sunday"')
    await circle.run("@amina /me settings zone:Vancouver")
    assert await circle.run("at 2026-03-15T19:59") == []
    (question,) = await circle.run("at 2026-03-15T20:00")
    assert "How was your week?" in question.text


async def test_a_pause_is_a_rest_from_everything(circle):
    await circle.run(*EVERYTHING[1:3], "@amina /week plan asks:1", '@amina press "Yes, ask me on Sunday"')
    seen = await circle.one("@amina /me pause weeks:2")
    assert "You pause until Sunday 22 March 2026." in seen.text
    assert "You keep your weeks in a row in these 2 weeks." in seen.text
    assert not [message for message in await circle.run("at 2026-03-22T23:59") if message.to == "@amina"]
    (after,) = [message for message in await circle.run("at 2026-03-23T09:30") if message.to == "@amina"]
    assert "Dana R.: no answer yet" in after.text


async def test_a_pause_can_end_early(circle):
    await circle.run(*EVERYTHING[1:3], "@amina /me pause weeks:3", "at 2026-03-17T10:00")
    seen = await circle.one('@amina press "Come back now"')
    assert "Welcome back. The week of 16 March 2026 counts again." in seen.text
    assert (await circle.one('@amina press "Come back now"')).text == seen.text
    assert "9 March 2026: pause" in (await circle.one("@amina /week history")).text


async def test_an_empty_inbox_says_what_to_do(circle):
    seen = await circle.one("@amina /me inbox")
    assert "No message waits for you." in seen.text
    assert "/lead next" in seen.text


async def test_what_cannot_be_delivered_waits_in_the_inbox_with_its_buttons(circle):
    moody(circle).member = Refused("no-dm")
    await circle.run("@amina /week plan asks:1", '@amina press "Yes, ask me on Sunday"', "at 2026-03-15T18:00")
    seen = await circle.one("@amina /lead list")
    assert "You have 1 message. Read it with /me inbox." in seen.text
    seen = await circle.one("@amina /me inbox")
    assert "1 message\n\nHow was your week?" in seen.text
    assert "promise is kept" in (await circle.one('@amina press "None yet"')).text
    assert "No message waits for you." in (await circle.one("@amina /me inbox")).text


async def test_the_export_has_everything_and_nothing_of_others(circle):
    await circle.run(*EVERYTHING, "@amina /lead add name:X", "at 2026-03-16T12:30")
    seen = await circle.one("@amina /me export")
    (file,) = seen.files
    exported = json.loads(file.content)
    assert file.name == "hello-circle.json"
    assert f"The file has {sum(map(len, exported.values()))} entries." in seen.text
    for word in (
        "Amina", "I want to test software.", "Dana R.", "Nordik", "built the river sensor", "loves rivers",
        "I write on Tuesday.", "I need names.", "I write in the morning.", "I have a job.", "field work",
    ):  # fmt: skip
        assert word in file.content, word
    assert "Omar" not in file.content
    (row,) = exported["members"]
    assert row["zone"] == "America/Toronto"
    assert exported["boards"] == [{"week": "2026-W11", "leads": 1, "first_ask": True}]
    (counts, _) = await rows_of(circle)
    assert {name for name, number in counts.items() if number} - set(exported) == set()


async def test_the_export_shows_the_place_on_a_posted_board(circle):
    for who in ("amina", "omar", "li"):
        await circle.run(
            f"@{who} /board join as:name", f'@{who} /lead add name:"A {who}" organisation:"Nordik" why:"x"'
        )
    await circle.run("at 2026-03-16T12:30")
    exported = json.loads((await circle.one("@li /me export")).files[0].content)
    assert exported["boards"] == [{"week": "2026-W11", "leads": 1, "place": 1, "name": "Li"}]


async def test_forgetting_asks_first_and_then_leaves_nothing_but_a_keyed_stone(circle):
    await circle.run(*EVERYTHING)
    asked = await circle.one("@amina /me forget")
    assert "You cannot undo this." in asked.text
    assert "/me export" in asked.text
    before, (member,) = await rows_of(circle)
    assert before["leads"] == before["meetings"] == before["members"] == 1
    seen = await circle.one('@amina press "Yes, erase everything"')
    assert "Done. I erased everything about you." in seen.text

    def left(tx):
        tables = [table for table in METADATA.sorted_tables if "member_id" in table.c]
        mine = {
            table.name: tx.exec_driver_sql(
                f"select count(*) from {table.name} where member_id = ?",  # noqa: S608 - our tables
                (member,),
            ).scalar_one()
            for table in tables
        }
        stones = tx.exec_driver_sql("select kind, length(key) from tombstones").all()
        return {name for name, number in mine.items() if number}, stones

    # The answer to this very request is kept for two days, in case it is delivered again, as nobody's.
    assert await circle.session.circle.db.read(left) == (set(), [("member", 16)])
    assert "Your list is empty." in (await circle.one("@amina /lead list")).text
    assert "Work" not in (await circle.one("@amina /me export")).files[0].content


async def test_who_is_forgotten_is_on_no_board_and_gets_no_message(circle):
    for who in ("amina", "omar", "li"):
        await circle.run(
            f"@{who} /board join as:name", f'@{who} /lead add name:"A {who}" organisation:"Nordik" why:"x"'
        )
    await circle.run("@amina /ask sent a", "@amina /week plan asks:1", '@amina press "Yes, ask me on Sunday"')
    await circle.run("at 2026-03-16T12:30", "@amina /me forget", '@amina press "Yes, erase everything"')
    board = await circle.one("@omar /board show")
    assert "Amina" not in board.text
    assert "Li" in board.text
    messages = await circle.run("at 2026-03-23T12:30")
    assert not [message for message in messages if message.to == "@amina" or "Amina" in message.text]


async def test_the_export_follows_from_the_tables():
    named = {table.name for table in METADATA.sorted_tables if "member_id" in table.c}
    assert {"leads", "asks", "meetings", "events", "promises", "checkins", "wins", "pauses", "notices"} <= named
    assert "user_key" in export.INNER
