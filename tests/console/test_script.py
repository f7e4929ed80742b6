"""The script language: people, buttons, forms, the clock, and a bot that is closed and opened again."""

import pytest

from adapters.console.script import read_time
from adapters.console.session import CannotDo
from bot.engine.clock import ManualClock
from tests.support.console import Console
from tests.support.store import NOW

DANA = '@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"'


@pytest.mark.parametrize("line", ["", "   ", "# @amina /lead add"])
async def test_an_empty_line_and_a_comment_do_nothing(circle: Console, line: str) -> None:
    assert await circle.run(line) == []


async def test_a_press_finds_the_newest_button_with_its_label(circle: Console) -> None:
    await circle.run(DANA, DANA.replace("Dana R.", "Priya"))
    pressed = await circle.one('@amina press "I asked them"')
    assert "You asked Priya" in pressed.text
    with pytest.raises(CannotDo, match=r'@omar sees no button "I asked them"; there are: none'):
        await circle.run('@omar press "I asked them"')


async def test_a_form_is_filled_and_stays_open_until_it_is_right(circle: Console) -> None:
    await circle.run("@amina /lead add")
    refused = await circle.one('@amina fill name:"Dana R." organisation:"Nordik" why:"a@b.ca"')
    assert refused.error == "bad-value"
    assert (await circle.one('@amina fill why:"rivers"')).error is None
    with pytest.raises(CannotDo, match="no open form"):
        await circle.run('@amina fill why:"rivers"')


async def test_suggestions_are_for_the_person_who_types(circle: Console) -> None:
    await circle.run(DANA)
    assert (await circle.one('@amina suggest /lead show lead:"da"')).suggestions == ("Dana R. · Nordik",)
    assert (await circle.one("@omar suggest /lead show lead:da")).suggestions == ()


async def test_access_is_given_and_taken(circle: Console) -> None:
    assert (await circle.one("@omar /community tips")).error == "not-allowed"
    await circle.run("@omar as organiser")
    assert (await circle.one("@omar /community tips")).error is None
    await circle.run("@omar as member")
    assert (await circle.one("@omar /community tips")).error == "not-allowed"


async def test_the_clock_moves_and_what_falls_due_on_the_way_comes_in_order(circle: Console) -> None:
    await circle.run(DANA, "@amina /ask sent lead:dana")
    seen = await circle.run("at 2026-03-18T12:00")
    assert [message.to for message in seen] == ["@amina", "#digest"]
    assert [message.at for message in seen] == sorted(message.at for message in seen)
    assert await circle.run("at 2026-03-16T12:30") == []
    present = circle.clock.now().astimezone(circle.session.zone)
    assert present.isoformat(timespec="seconds") == "2026-03-18T12:00:00-04:00"


async def test_one_digest_a_week_also_over_a_restart(circle: Console) -> None:
    await circle.run(DANA)
    first = [message for message in await circle.run("at 2026-03-16T12:30") if message.to == "#digest"]
    assert len(first) == 1
    again = await circle.run("at 2026-03-16T12:31", "restart", "at 2026-03-16T18:00")
    assert [message for message in again if message.to == "#digest"] == []


async def test_what_fell_due_while_the_bot_was_closed_comes_when_it_is_back(circle: Console) -> None:
    await circle.run(DANA)
    back = await circle.run("restart 2026-03-17T09:00")
    assert [message.to for message in back] == ["#digest"]


async def test_a_delivery_comes_again_after_a_restart(circle: Console) -> None:
    first = await circle.one(DANA)
    await circle.run("restart")
    assert (await circle.one("redeliver")).text == first.text
    assert "1 person on your list" in (await circle.one("@amina /lead list")).text


async def test_a_time_is_in_the_communitys_zone_unless_it_says_its_own(circle: Console) -> None:
    zone = circle.session.zone
    assert read_time("2026-03-16T12:30", zone).isoformat() == "2026-03-16T16:30:00+00:00"
    assert read_time("2026-03-16T12:30+01:00", zone).isoformat() == "2026-03-16T12:30:00+01:00"
    with pytest.raises(CannotDo, match="this is not a time"):
        await circle.run("at noon")


def test_a_clock_never_goes_back() -> None:
    clock = ManualClock(NOW)
    clock.move(NOW.replace(year=2020))
    assert clock.now() == NOW
