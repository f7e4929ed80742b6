"""The guide of the first week: four short private messages to who set the community up, off with one press."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot.domain.guide import DAYS, GuideProgress, from_tomorrow

SET_UP = "@olga /community setup channel:#digest zone:Toronto language:en"
TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture(autouse=True)
async def organiser(circle):
    await circle.run("@olga as organiser")


def guide(seen, who="@olga"):
    return [message for message in seen if message.to == who and "Your first week" in message.text]


async def test_four_messages_come_in_the_week_after_the_set_up_and_never_again(circle):
    assert "I send you 4 short messages" in (await circle.one(SET_UP)).text
    messages = guide(await circle.run("at 2026-04-20T12:00"))
    assert [message.text.splitlines()[0] for message in messages] == [
        "Your first week, 1 of 4: invite your members",
        "Your first week, 2 of 4: a board or a goal",
        "Your first week, 3 of 4: what you see, and what you never see",
        "Your first week, 4 of 4: your first digest",
    ]
    assert [(message.at.astimezone(TORONTO).day, message.at.astimezone(TORONTO).hour) for message in messages] == [
        (10, 9), (11, 9), (13, 9), (15, 9),
    ]  # fmt: skip
    assert guide([await circle.one(SET_UP)]) == []
    assert "short messages" not in (await circle.one(SET_UP)).text


async def test_one_press_ends_them_and_one_brings_the_rest(circle):
    await circle.run(SET_UP, "at 2026-03-10T09:00", '@olga press "No more of these"')
    assert guide(await circle.run("at 2026-03-20T12:00")) == []
    assert "tomorrow morning" in (await circle.one('@olga press "Send them again"')).text
    assert [message.text.splitlines()[0][:23] for message in guide(await circle.run("at 2026-04-02T12:00"))] == [
        f"Your first week, {n} of 4" for n in (2, 3, 4)
    ]
    assert (await circle.one('@olga press "Send them again"')).error == "not-now"


async def test_they_can_be_declined_at_the_set_up(circle):
    await circle.run(SET_UP, '@olga press "No messages, please"')
    assert guide(await circle.run("at 2026-03-20T12:00")) == []


async def test_they_can_be_declined_in_the_line(circle):
    assert "short messages" not in (await circle.one(f"{SET_UP} guide:no")).text
    assert guide(await circle.run("at 2026-03-20T12:00")) == []


async def test_one_message_a_day_has_all_that_is_due(circle):
    await circle.run('@olga /lead add name:"Dana" organisation:"Nordik" why:"x"', "@olga /ask sent dana")
    await circle.run("at 2026-03-15T12:00", SET_UP)
    mine = [message for message in await circle.run("at 2026-03-16T23:00") if message.to == "@olga"]
    assert len(mine) == 1
    assert "Your first week, 1 of 4" in mine[0].text
    assert "Dana" in mine[0].text


async def test_after_a_stop_they_come_one_a_day(circle):
    await circle.run(SET_UP)
    messages = guide(await circle.run("at 2026-03-20T08:00"))
    assert len({message.at.astimezone(TORONTO).date() for message in messages}) == len(messages) == 4


async def test_only_who_set_it_up_gets_them_and_only_organisers_press(circle):
    await circle.run(SET_UP)
    seen = await circle.run("at 2026-03-16T08:00")
    assert {message.to for message in seen if "Your first week" in message.text} == {"@olga"}
    await circle.run("@olga as member")
    assert (await circle.one('@olga press "No more of these"')).error == "not-allowed"


async def test_who_wants_no_reminders_or_rests_gets_none_meanwhile(circle):
    await circle.run(SET_UP, "@olga /me pause weeks:1")
    assert guide(await circle.run("at 2026-03-15T23:00")) == []
    assert len(guide(await circle.run("at 2026-03-16T12:00"))) == 1
    await circle.run("@olga /me settings reminders:no")
    assert guide(await circle.run("at 2026-03-30T12:00")) == []


async def test_they_are_french_for_who_reads_french(circle):
    await circle.run("@olga speaks fr", "@olga /communauté configurer canal:#digest zone:Toronto langue:fr")
    seen = [message for message in await circle.run("at 2026-03-16T12:00") if message.to == "@olga"]
    assert sum("Votre première semaine" in message.text for message in seen) == 4


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, len(DAYS) + 1))
def test_brought_back_the_next_comes_tomorrow(today, told):
    after = GuideProgress(from_tomorrow(told, today), told).next_day
    assert after == (today + timedelta(days=1) if told < len(DAYS) else None)
