"""Whatever members do and wherever they live, each gets at most one private message a day, and it holds all that is due."""

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.console.screen import ScreenEntry
from tests.support.console import Console, open_console
from tests.support.in_memory import quick_folder

PEOPLE = {
    "amina": ("Toronto", "America/Toronto"),
    "omar": ("Los Angeles", "America/Los_Angeles"),
    "li": ("Kiritimati", "Pacific/Kiritimati"),
    "noor": ("Paris", "Europe/Paris"),
}
FIRST = [
    line.format(who=who, city=city)
    for who, (city, _) in PEOPLE.items()
    for line in (
        '@{who} /start language:en zone:"{city}" number:2 board:hidden',
        '@{who} /lead add name:"Dana" organisation:"Nordik" why:"x"',
        '@{who} /lead add name:"Priya" organisation:"Hydro" why:"x"',
        "@{who} /me settings checkins:yes",
        "@{who} /buddy join field:health",
    )
]
DEEDS = [
    "/ask sent dana", "/ask sent priya", "/ask replied dana", "/followup snooze dana until:tomorrow",
    "/followup done dana", "/followup done priya", "/week plan asks:2", "/week plan asks:1 week:next",
    "/week report asks:1", "/me pause", "/me settings reminders:no", "/me settings reminders:yes",
    '/meeting plan dana when:"in 2 days 15:00"', '/meeting plan priya when:"tomorrow 18:00"', "/meeting cancel dana",
    "/meeting log dana reached:yes when:yesterday", "/meeting log priya reached:no", "/buddy leave",
    "/buddy join field:food", "/lead close dana", '/lead add name:"Dana" organisation:"Nordik" why:"x"',
]  # fmt: skip


def own(messages: list[ScreenEntry], who: str) -> list[ScreenEntry]:
    """What came to somebody unasked, but for the sheets of the evening and what another member sent just now."""
    unasked = [message for message in messages if message.to == f"@{who}" and not message.command]
    return [
        message
        for message in unasked
        if "Your talk with" not in message.text and "sends you a cheer" not in message.text
    ]


@pytest.mark.parametrize(
    ("start", "seed", "home"),
    [
        ("2026-02-20", 1, "America/Toronto"),
        ("2026-03-20", 2, "Pacific/Kiritimati"),
        ("2026-10-12", 3, "America/Los_Angeles"),
    ],
)
async def test_nobody_gets_two_messages_on_one_day(start: str, seed: int, home: str) -> None:
    chance = random.Random(f"{home} {seed}")
    begin = datetime.fromisoformat(f"{start}T12:00+00:00")
    with quick_folder() as folder:
        async with open_console(Path(folder), begin, home) as circle:
            await circle.run(*FIRST)
            messages: list[ScreenEntry] = []
            for hour in range(0, 24 * 7 * 5, 7):
                messages += await circle.run(f"at {local(begin + timedelta(hours=hour), home)}")
                for who in chance.sample(sorted(PEOPLE), 2):
                    await circle.run(f"@{who} {chance.choice(DEEDS)}")
    for who, (_, zone) in PEOPLE.items():
        days = Counter(message.at.astimezone(ZoneInfo(zone)).date() for message in own(messages, who))
        assert days, "somebody heard something"
        assert set(days.values()) == {1}, who


def local(instant: datetime, zone: str) -> str:
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("start", "home"),
    [("2026-03-02", "America/Los_Angeles"), ("2026-03-23", "America/Toronto"), ("2026-10-19", "Pacific/Kiritimati")],
)
async def test_sunday_and_monday_come_on_each_members_own_clock(start: str, home: str) -> None:
    begin = datetime.fromisoformat(f"{start}T20:00+00:00")
    with quick_folder() as folder:
        async with open_console(Path(folder), begin, home) as circle:
            await circle.run(*FIRST)
            messages: list[ScreenEntry] = []
            for week in range(3):
                await circle.run(*(f"@{who} /week plan asks:2" for who in PEOPLE))
                messages += await circle.run(f"at {local(begin + timedelta(weeks=week + 1), home)}")
    for who, (_, zone) in PEOPLE.items():
        mine = own(messages, who)
        asked = [said_at(message, zone) for message in mine if "How was your week?" in message.text]
        again = [said_at(message, zone) for message in mine if "Last week: how did it go?" in message.text]
        assert set(asked) == {"Sun 17:00"}
        assert set(again) == {"Mon 10:00"}
        assert (len(asked), len(again)) in {(3, 3), (3, 2)}, (who, asked, again)


def said_at(seen: ScreenEntry, zone: str) -> str:
    return seen.at.astimezone(ZoneInfo(zone)).strftime("%a %H:%M")


async def test_monday_morning_holds_the_reminder_the_follow_ups_the_talk_and_the_buddy(circle: Console) -> None:
    await circle.run(
        "@omar /buddy join field:health",
        "@amina /buddy join field:health",
        "@amina /week plan asks:2",
        '@amina press "Yes, ask me on Sunday"',
        '@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"',
        '@amina /lead add name:"Priya" organisation:"Hydro" why:"x"',
        "@amina /ask sent dana",
        '@amina /meeting plan priya when:"2026-03-15 11:00"',
    )
    messages = [message for message in await circle.run("at 2026-03-16T12:00") if message.to == "@amina"]
    evening, sunday, monday = messages
    assert "Your talk with Priya" in evening.text
    assert "How was your week?" in sunday.text
    for words in (
        "Last week: how did it go?",
        "Did you meet?\n\nYou planned to meet Priya, Hydro on Sunday 15 March 2026.",
        "Dana R.: no answer yet",
        "Your buddy is Omar.",
    ):
        assert words in monday.text
    assert said_at(monday, "America/Toronto") == "Mon 10:00"
