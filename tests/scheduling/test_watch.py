"""A clock that jumps: nothing is sent for a time that is not there yet, and afterwards all goes on by itself."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from time_machine import travel

from adapters.dates import read_date
from bot.engine.clock import ManualClock, SystemClock, pause
from bot.scheduling import ticker as waking
from bot.scheduling.rounds import Rounds
from bot.scheduling.ticker import Ticker
from tests.support.console import Console
from tests.support.moody import moody

MONDAY = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)
"""12:30 in Toronto, when the first digest is due."""
PLAN = ("@amina /week plan asks:2", '@amina press "Yes, ask me on Sunday"')
WRONG = {
    "tomorrow": datetime(2026, 3, 17, 16, 30, tzinfo=UTC),
    "eight weeks ahead": datetime(2026, 5, 11, 16, 30, tzinfo=UTC),
    "2038": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    "the last day": datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
}


def at(circle: Console, now: datetime) -> Rounds:
    """Give the rounds of a process that has just started, by another clock."""
    rounds = circle.session.circle.rounds
    return Rounds(rounds.db, ManualClock(now), rounds.signer, rounds.schedules, rounds.messengers)


@pytest.fixture
async def planned(circle: Console) -> Console:
    """A community with a member who planned a week, after some rounds at the right time."""
    await circle.run(*PLAN)
    return circle


def sent(circle: Console) -> list[str]:
    """Name what was sent by itself, and when."""
    return [f"{each.to} {each.at:%Y-%m-%d}" for each in circle.session.screen.seen if not each.command]


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
async def test_nothing_is_sent_by_a_clock_that_the_platform_contradicts_and_then_all_goes_on(
    planned: Console, wrong: datetime, logged
):
    mood = moody(planned)
    before, mood.time_is = sent(planned), MONDAY
    ahead = at(planned, wrong)
    async with asyncio.timeout(5):
        await ahead.tick()
        await ahead.tick()
    assert sent(planned) == before
    assert ahead.watch.held
    (told,) = [each for each in logged if each["level"] == "error"]
    assert told["event"] == "clock not believed, nothing is sent"
    assert (told["clock"][:10], told["platforms"]) == (wrong.date().isoformat(), [MONDAY.isoformat()])
    mood.time_is = None
    found = await planned.run("at 2026-03-30T13:00")
    assert [each.to for each in found if each.to == "#digest"] == ["#digest"] * 3, "each week has its own"


async def test_the_same_process_goes_on_when_its_clock_is_right_again(planned: Console, logged):
    mood = moody(planned)
    clock = ManualClock(MONDAY - timedelta(minutes=1))
    rounds = replace(at(planned, MONDAY), clock=clock)
    mood.time_is = MONDAY
    await rounds.tick()
    before = sent(planned)
    clock._now = WRONG["2038"]
    await rounds.tick()
    assert rounds.watch.held
    clock._now = MONDAY
    await rounds.tick()
    assert not rounds.watch.held
    assert sent(planned)[len(before) :] == ["#digest 2026-03-09"], "the screen keeps the clock of the demo"
    assert "clock believed again" in [each["event"] for each in logged]


async def test_where_no_platform_tells_the_time_years_are_not_believed(planned: Console):
    before = sent(planned)
    await at(planned, WRONG["2038"]).tick()
    assert sent(planned) == before
    await at(planned, MONDAY).tick()
    assert len(sent(planned)) > len(before)


async def test_a_platform_that_does_not_answer_is_waited_for(planned: Console, logged):
    mood = moody(planned)
    before, mood.time_is = sent(planned), ConnectionError("down")
    rounds = at(planned, MONDAY)
    await rounds.tick()
    assert sent(planned) == before
    assert not rounds.watch.held
    mood.time_is = MONDAY
    await rounds.tick()
    assert any("#digest" in each for each in sent(planned)[len(before) :])


async def test_weeks_without_the_bot_are_believed_when_the_platform_says_so(planned: Console):
    moody(planned).time_is = later = MONDAY + timedelta(weeks=3)
    await at(planned, later).tick()
    assert "#digest" in " ".join(sent(planned))


@pytest.mark.parametrize("there", ["platform", "nobody"])
async def test_what_was_planned_by_a_wrong_clock_is_planned_anew(planned: Console, there: str):
    mood = moody(planned)
    ahead = WRONG["eight weeks ahead"]
    await at(planned, ahead).tick()  # nobody contradicts it, so the digests of eight weeks are left out
    mood.time_is = MONDAY if there == "platform" else None
    await at(planned, MONDAY).tick()
    mood.time_is = None
    found = await planned.run("at 2026-04-13T13:00")
    assert [f"{each.at:%m-%d}" for each in found if each.to == "#digest"] == ["03-23", "03-30", "04-06", "04-13"]


JUMPS = {
    "an hour back": timedelta(hours=-1),
    "twelve years back": timedelta(days=-4383),
    "an hour ahead": timedelta(hours=1),
    "twelve years ahead": timedelta(days=4383),
    "nearly to the last day": timedelta(days=365 * 7950),
}


def counted(rounds: Rounds) -> list[datetime]:
    """Let each round do no more than note when it came."""
    came: list[datetime] = []

    async def tick() -> None:
        came.append(SystemClock().now())

    object.__setattr__(rounds, "tick", tick)
    return came


@contextmanager
def woken(rounds: Rounds) -> Iterator[None]:
    ticker = Ticker(rounds)
    ticker.start()
    try:
        yield
    finally:
        ticker.stop()


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
async def test_however_the_clock_on_the_wall_is_set_the_bot_is_woken_as_before(
    circle: Console, monkeypatch: pytest.MonkeyPatch, jump: timedelta
):
    rounds = circle.session.circle.rounds
    came = counted(rounds)
    monkeypatch.setattr(waking, "EVERY_SECONDS", 0.05)
    with travel(MONDAY, tick=True) as wall, woken(rounds):
        for _ in range(2):
            wall.shift(jump)
            moved = SystemClock().now()
            before = len(came)
            await until(lambda: sum(each >= moved for each in came[before:]) >= 3)  # noqa: B023
            assert len(came) - before <= 5, "what was left out is not made up for"
            wall.move_to(MONDAY)


async def test_a_long_round_is_not_joined_by_another_and_a_stop_ends_it_without_a_word(
    circle: Console, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    rounds = circle.session.circle.rounds
    began: list[int] = []
    ended: list[int] = []

    async def tick() -> None:
        began.append(1)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(1)

    object.__setattr__(rounds, "tick", tick)
    monkeypatch.setattr(waking, "EVERY_SECONDS", 0.01)
    with woken(rounds):
        await until(lambda: "skipped" in caplog.text)
        await pause(0.1)
        assert began == [1]
    await until(lambda: ended == [1])
    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == []


async def until(done: Callable[[], bool]) -> None:
    """Wait for something that the loop does by itself."""
    async with asyncio.timeout(20):
        while not done():
            await pause(0.005)


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("Fri, 27 Nov 2026 04:33:10 GMT", datetime(2026, 11, 27, 4, 33, 10, tzinfo=UTC)),
        ("Fri, 27 Nov 2026 04:33:10 -0000", datetime(2026, 11, 27, 4, 33, 10, tzinfo=UTC)),
        ("Fri, 27 Nov 2026 05:33:10 +0100", datetime(2026, 11, 27, 4, 33, 10, tzinfo=UTC)),
        ("", None),
        ("yesterday", None),
        ("Fri, 99 Nov 2026 04:33:10 GMT", None),
    ],
)
def test_a_date_is_read_as_servers_write_it(header: str, says: datetime | None):
    assert read_date(header) == says
