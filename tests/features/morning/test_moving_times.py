"""Whatever moves a time moves every message that hangs on it, also those that were planned before."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from adapters.console.screen import ScreenEntry
from bot.engine.replanning import replan_community
from bot.features import everything
from bot.scheduling import planning
from bot.store import communities
from bot.store.database import Tx
from tests.support.console import Console

ALL = (
    '@amina /lead add name:"Dana R." organisation:"Nordik" why:"x"',
    "@amina /ask sent dana",
    '@amina /lead add name:"Priya" organisation:"Hydro" why:"x"',
    '@amina /meeting plan priya when:"2026-03-13 12:00"',
    "@amina /week plan asks:2",
    '@amina press "Yes, ask me on Sunday"',
    "@omar /buddy join field:health",
    "@amina /buddy join field:health",
)
VANCOUVER, PARIS, TORONTO = (ZoneInfo(name) for name in ("America/Vancouver", "Europe/Paris", "America/Toronto"))


def times(messages: list[ScreenEntry], zone: ZoneInfo) -> list[str]:
    return [message.at.astimezone(zone).strftime("%a %d %H:%M") for message in messages if message.to == "@amina"]


USUAL = ["Thu 12 18:00", "Sat 14 09:00", "Sun 15 17:00", "Mon 16 10:00", "Wed 18 09:00"]
"""The sheet, "Did you meet?", the check-in, the reminder with the follow-up and the buddy, the word of Wednesday."""


async def test_without_a_change_everything_comes_at_its_usual_hour(circle: Console) -> None:
    await circle.run(*ALL)
    assert times(await circle.run("at 2026-03-18T20:00"), TORONTO) == USUAL


@pytest.mark.parametrize(("city", "zone"), [("Vancouver", VANCOUVER), ("Paris", PARIS)])
async def test_another_zone_of_the_member_moves_all_of_it(circle: Console, city: str, zone: ZoneInfo) -> None:
    await circle.run(*ALL, f"@amina /me settings zone:{city}", f"@omar /me settings zone:{city}")
    assert times(await circle.run("at 2026-03-18T20:00"), zone) == USUAL


@pytest.mark.parametrize(("city", "zone"), [("Vancouver", VANCOUVER), ("Paris", PARIS)])
async def test_another_zone_of_the_community_moves_all_of_it(circle: Console, city: str, zone: ZoneInfo) -> None:
    await circle.run(*ALL, f"@organiser /community setup channel:#digest zone:{city} language:en")
    assert times(await circle.run("at 2026-03-18T21:00"), zone) == USUAL


async def test_a_members_own_zone_stays_when_the_communitys_changes(circle: Console) -> None:
    await circle.run(*ALL, "@amina /me settings zone:Toronto", "@omar /me settings zone:Toronto")
    await circle.run("@organiser /community setup channel:#digest zone:Paris language:en")
    assert times(await circle.run("at 2026-03-18T20:00"), TORONTO) == USUAL


async def test_other_hours_of_the_community_move_the_morning_and_the_check_in(circle: Console) -> None:
    await circle.run(*ALL, "@organiser /community settings checkin:18:00 reminder:11:00 morning:7:30")
    assert times(await circle.run("at 2026-03-18T20:00"), TORONTO) == [
        "Thu 12 18:00", "Sat 14 07:30", "Sun 15 18:00", "Mon 16 11:00", "Wed 18 07:30",
    ]  # fmt: skip


async def test_turning_reminders_off_takes_away_what_was_planned_and_on_brings_it_back(circle: Console) -> None:
    await circle.run(*ALL, "@amina /me settings reminders:no")
    assert times(await circle.run("at 2026-03-14T08:00"), TORONTO) == []
    await circle.run("@amina /me settings reminders:yes")
    assert times(await circle.run("at 2026-03-18T20:00"), TORONTO) == USUAL[1:]


async def test_members_of_a_large_community_are_moved_in_several_transactions(
    circle: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "BATCH", 2)
    for who in ("li", "noor", "sam"):
        await circle.run(f"@{who} /lead add name:X organisation:Y why:z", f"@{who} /ask sent x")
    await circle.run(*ALL, "@organiser /community settings morning:7:30")
    messages = [message for message in await circle.run("at 2026-03-16T08:00") if message.at.day == 16]
    assert {message.to for message in messages} == {"@li", "@noor", "@omar", "@sam"}
    assert {message.at.astimezone(TORONTO).strftime("%H:%M") for message in messages} == {"07:30"}


async def test_an_hour_that_comes_before_the_bot_looks_again_leaves_nothing_out(circle: Console) -> None:
    await circle.run(*ALL, "at 2026-03-12T16:00")

    def earlier(tx: Tx) -> None:
        (home,) = communities.homes(tx, "console")
        before = communities.find(tx, "console", home)
        assert before is not None
        communities.update(tx, before.id, evening_at=time(17))
        changed = datetime(2026, 3, 12, 16, 59, 55, tzinfo=TORONTO)
        replan_community(tx, everything().schedules, communities.get(tx, before.id), before, changed)

    await circle.session.circle.db.write(earlier)
    circle.clock.move(datetime(2026, 3, 12, 17, 0, 15, tzinfo=TORONTO))
    assert times(await circle.run("at 2026-03-18T20:00"), TORONTO) == ["Thu 12 17:00", *USUAL[1:]]
