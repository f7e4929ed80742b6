"""Each command of a member that changes something is taken back by `/me undo`, or `/me undo` says how else."""

import pytest

from bot.engine.access import Access
from bot.engine.invocation import PressedButton
from bot.features import everything
from bot.features.me.changing import OWN_WAYS, WATCHED
from tests.support.console import Console

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"rivers"'
TOM = '@amina /lead add name:"Tom" organisation:"Hydro" why:"tests"'
MET = "@amina /meeting log lead:dana reached:yes another:yes"
UNDO = "@amina /me undo"
SHOW = "@amina /lead show lead:dana"
SETTINGS = "@amina /me settings"
PREP = '@amina /meeting prep lead:dana goal:"how they began"'
SIX = " ".join(f"Question {n}?" for n in range(6))

AS_BEFORE = {
    "lead edit": ([DANA], '@amina /lead edit lead:dana name:"Dana Rivers" notes:"plays chess" knows_term:yes', SHOW),
    "lead tag": (
        [DANA, '@amina /lead tag lead:dana words:"river"'],
        '@amina /lead tag lead:dana words:"dam, lake"',
        SHOW,
    ),
    "lead reopen": ([DANA, "@amina /lead close lead:dana"], '@amina press "Open again"', SHOW),
    "followup done": ([DANA, MET], "@amina /followup done dana", SHOW),
    "followup snooze": ([DANA, MET], "@amina /followup snooze dana until:month", SHOW),
    "followup all-later": ([DANA, TOM, MET, "@amina /ask sent tom"], "@amina /followup all-later until:month", SHOW),
    "followup rhythm": ([DANA, MET], "@amina /followup rhythm dana rhythm:three-months", SHOW),
    "followup off": ([DANA, MET], "@amina /followup off dana", SHOW),
    "followup on": ([DANA, "@amina /followup off"], '@amina press "Turn reminders on"', SETTINGS),
    "week plan": (
        ['@amina /week plan asks:2 sentence:"On Tuesday."'],
        "@amina /week plan asks:9 leads:4",
        "@amina /week plan",
    ),
    "week ask-me": (["@amina /week plan asks:2"], '@amina press "Yes, ask me on Sunday"', SETTINGS),
    "me pause": ([DANA], "@amina /me pause weeks:3", SETTINGS),
    "me come-back": (["@amina /me pause weeks:3"], '@amina press "Come back now"', SETTINGS),
    "me settings": ([DANA], '@amina /me settings work:"I cook." number:7 zone:Paris', SETTINGS),
    "board join": ([DANA], "@amina /board join as:nickname nickname:Maple", SETTINGS),
    "board as-name": ([DANA], '@amina press "Join with my name"', SETTINGS),
    "board leave": (["@amina /board join as:name"], "@amina /board leave", SETTINGS),
    "board hidden": ([DANA], '@amina press "Do not show me on the board"', SETTINGS),
    "meeting prep": (
        [DANA, f'{PREP} questions:"Why?"'],
        f'{PREP} questions:"How?" work:"I cook."',
        "@amina /meeting prep lead:dana",
    ),
    "meeting drop-question": (
        [DANA, f'{PREP} questions:"{SIX}"'],
        '@amina press "Leave out question 2"',
        "@amina /meeting prep lead:dana",
    ),
}
ANOTHER_WAY = {
    "start": ([], '@amina /start language:en zone:Paris work:"I cook." number:4 board:name'),
    "buddy join": ([], "@amina /buddy join field:health"),
    "buddy leave": (["@amina /buddy join field:health"], "@amina /buddy leave"),
    "tip share": ([], '@amina /tip share text:"I write on Tuesday mornings." topic:asking'),
    "tip tried": ([], '@amina /tip tried tip:"ask for a short" worked:yes'),
}
OTHER_DEEDS = {
    # What these do is taken back as a person, a message, an answer, a talk, a report, good news, a list or a closing.
    *("ask answered", "ask replied", "ask sent", "ask told", "lead add", "lead bring", "lead close", "lead merge"),
    *("meeting add-names", "meeting cancel", "meeting knows", "meeting learned", "meeting log", "meeting name"),
    *("meeting off", "meeting plan", "week need-help", "week none", "week reached", "week report", "week some"),
    *("win about", "win choose", "win share"),
}
CHANGES_NOTHING = {
    # They ask, show, or keep what is not decided yet.
    *("ask check", "ask draft", "lead bring-not", "lead import", "me inbox", "meeting leave-names"),
    *("me link", "me link-code", "me link-new", "me link-no"),
}
FORGETS = {"me forget-now"}
ACTS_WITHOUT_A_LINE = {
    # The same as a command beside them, from a button that a line cannot reach here.
    *("followup did", "followup later", "board as-nickname", "board nickname", "win thanked", "week pause-one"),
    *("buddy never", "buddy maybe", "buddy cheer", "tip report", "lead two-people", "me link-yes", "me unlink"),
    *("me link-reminders", "me link-same", "me link-another"),
}


def test_every_command_that_changes_something_has_a_way_back() -> None:
    writes = {
        command.name
        for command in everything()
        if command.access is Access.MEMBER and not command.reads and not command.takes_back
    }
    own = {"lead bring-back", "draft choose", "draft edit", "draft fill", "page show", "twice once", "twice once-more"}
    assert writes - own == {*WATCHED, *OWN_WAYS, *OTHER_DEEDS, *CHANGES_NOTHING, *FORGETS}
    assert {*WATCHED, *OWN_WAYS} == {*AS_BEFORE, *ANOTHER_WAY, *ACTS_WITHOUT_A_LINE}


async def shown(circle: Console, look: str) -> str:
    seen = await circle.one(look)
    fields = "\n".join(f"{field.name}: {field.value}" for field in seen.form.fields) if seen.form else ""
    return seen.text + fields + " ".join(label for label, _ in seen.buttons)


@pytest.mark.parametrize("name", AS_BEFORE)
async def test_it_is_as_before(circle: Console, name: str) -> None:
    first, change, look = AS_BEFORE[name]
    await circle.run(*first, "restart")
    before = await shown(circle, look)
    assert (await circle.one(change)).error is None
    assert await shown(circle, look) != before
    undone = await circle.one(UNDO)
    assert undone.error is None
    assert await shown(circle, look) == before


@pytest.mark.parametrize("name", ANOTHER_WAY)
async def test_what_stays_is_said_and_what_came_before_is_offered(circle: Console, name: str) -> None:
    first, change = ANOTHER_WAY[name]
    await circle.run(DANA, *first, change)
    refused = await circle.one(UNDO)
    assert "I cannot take back what you did with" in refused.text
    for _ in first:
        refused = await circle.one('@amina press "Take back what came before"')
    assert (
        "Dana R., Nordik is off your list again."
        in (await circle.one('@amina press "Take back what came before"')).text
    )


async def test_a_change_goes_before_what_was_told_earlier(circle: Console) -> None:
    await circle.run(DANA, "@amina /ask sent dana", '@amina /lead edit lead:dana notes:"x"', "@amina /week plan asks:3")
    for words in (
        "I took back what you did with /week plan.",
        "I took back what you did with /lead edit.",
        "I took back your message to Dana R.",
        "Dana R., Nordik is off your list again.",
        "There is nothing to take back.",
    ):
        assert words in (await circle.one(UNDO)).text


async def test_what_was_changed_since_stays(circle: Console) -> None:
    await circle.run(DANA)
    first = await circle.one('@amina /lead edit lead:dana notes:"one" why:"dams"')
    await circle.run('@amina /lead edit lead:dana notes:"two"')
    seen = await circle.session.ask("amina", PressedButton(dict(first.buttons)["Take it back"].token))
    assert "What you changed since then stays." in seen.text
    card = (await circle.one(SHOW)).text
    assert "rivers" in card
    assert "two" in card


async def test_a_name_that_is_anothers_by_now_does_not_come_back(circle: Console) -> None:
    await circle.run(DANA)
    renamed = await circle.one('@amina /lead edit lead:dana name:"Dora"')
    await circle.run(f"{DANA} same:another")
    seen = await circle.session.ask("amina", PressedButton(dict(renamed.buttons)["Take it back"].token))
    assert "I cannot take this back any more. Your list changed since." in seen.text
    assert "2 people on your list" in (await circle.one("@amina /lead list")).text


async def test_who_is_off_the_list_stays_off(circle: Console) -> None:
    added = await circle.one(DANA)
    tagged = await circle.one('@amina /lead tag lead:dana words:"river"')
    await circle.session.ask("amina", PressedButton(dict(added.buttons)["Take it back"].token))
    seen = await circle.session.ask("amina", PressedButton(dict(tagged.buttons)["Take it back"].token))
    assert "not on your list any more" in seen.text


async def test_after_a_day_a_change_stays(circle: Console) -> None:
    await circle.run(DANA, '@amina /lead edit lead:dana notes:"x"', "at 2026-03-10T09:01")
    assert "There is nothing to take back." in (await circle.one(UNDO)).text
