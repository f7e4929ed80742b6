"""A clock that jumps: nothing is sent or dated for a time that is not there, and the operator is told."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from time_machine import travel

from adapters.dates import read_date
from bot.engine.clock import ManualClock, SystemClock, pause
from bot.scheduling.rounds import Rounds
from bot.scheduling.tempo import Tempo
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
    "an hour behind": datetime(2026, 3, 16, 15, 30, tzinfo=UTC),
    "three weeks behind": datetime(2026, 2, 23, 16, 30, tzinfo=UTC),
    "1970": datetime(1970, 1, 1, tzinfo=UTC),
}


class Machine:
    """A machine whose clock can be set, and whose steady seconds cannot."""

    def __init__(self, wall: datetime) -> None:
        self.wall, self.steady = wall, 0.0
        self.clock = SystemClock(lambda: self.wall, lambda: self.steady)

    def goes_on(self, by: timedelta) -> None:
        """Let time pass."""
        self.wall += by
        self.steady += by.total_seconds()


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
    return [f"{message.to} {message.at:%Y-%m-%d}" for message in circle.session.screen.seen if not message.command]


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
async def test_a_bot_that_starts_with_a_wrong_clock_goes_by_the_platforms_time(
    planned: Console, wrong: datetime, logged
):
    mood = moody(planned)
    before, mood.time_is = sent(planned), MONDAY
    started = at(planned, wrong)
    async with asyncio.timeout(60):
        await started.tick()
        await started.tick()
    posted = [line for line in sent(planned)[len(before) :] if "#digest" in line]
    assert posted == ["#digest 2026-03-09"], "the screen keeps the clock of the demo"
    assert abs(started.clock.now() - MONDAY) < timedelta(minutes=1)
    (told,) = [record for record in logged if record["level"] == "error"]
    assert told["event"].startswith("clock not believed")
    assert told["present"] == MONDAY.isoformat()
    mood.time_is = None
    messages = await planned.run("at 2026-03-30T13:00")
    assert [f"{message.at:%m-%d}" for message in messages if message.to == "#digest"] == ["03-23", "03-30"], (
        "each week has its own"
    )


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
async def test_after_a_jump_time_goes_on_and_back_again(planned: Console, wrong: datetime, logged):
    mood = moody(planned)
    machine = Machine(MONDAY - timedelta(hours=2))
    rounds = replace(at(planned, MONDAY), clock=machine.clock)
    mood.time_is = machine.wall
    await rounds.tick()
    before = sent(planned)
    machine.wall, machine.steady = wrong, 1.0
    assert rounds.in_doubt
    assert abs(machine.clock.now() - mood.time_is) < timedelta(minutes=1), "members' words are dated as before"
    await rounds.tick()
    assert not rounds.in_doubt
    machine.steady += timedelta(hours=2).total_seconds()
    mood.time_is = MONDAY + timedelta(seconds=1)
    await rounds.tick()
    assert sent(planned)[len(before) :] == ["#digest 2026-03-09"], "what is due by the platforms' time is sent"
    machine.wall = mood.time_is
    await rounds.tick()
    assert not rounds.watch.doubts
    told = [record["event"] for record in logged if "clock" in record["event"]]
    assert told == ["clock not believed, going by the platforms' time", "clock believed again"]


async def test_a_jump_is_not_settled_while_no_platform_answers(planned: Console):
    mood = moody(planned)
    machine = Machine(MONDAY - timedelta(hours=1))
    mood.time_is = machine.wall
    rounds = replace(at(planned, MONDAY), clock=machine.clock)
    await rounds.tick()
    before, mood.time_is = sent(planned), ConnectionError("its certificate is out of date in 2038")
    machine.wall = WRONG["2038"]
    await rounds.tick()
    assert sent(planned) == before
    assert machine.clock.now() < MONDAY
    assert not rounds.in_doubt, "it is asked about again at the next round, and not at once"
    assert rounds.watch.doubts


async def test_a_machine_that_slept_is_believed_when_the_platform_says_the_same(planned: Console, logged):
    mood = moody(planned)
    machine = Machine(MONDAY - timedelta(days=3))
    mood.time_is = machine.wall
    rounds = replace(at(planned, MONDAY), clock=machine.clock)
    await rounds.tick()
    machine.wall = mood.time_is = MONDAY + timedelta(minutes=5)
    await rounds.tick()
    assert machine.clock.now() == MONDAY + timedelta(minutes=5)
    assert [record for record in logged if record["level"] == "error"] == []


def test_a_clock_that_is_put_right_little_by_little_is_followed():
    machine = Machine(MONDAY)
    for _ in range(100):
        machine.goes_on(timedelta(minutes=1))
        machine.wall += timedelta(minutes=5)
        assert machine.clock.now() == machine.wall


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
    assert any("#digest" in line for line in sent(planned)[len(before) :])


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
    messages = await planned.run("at 2026-04-13T13:00")
    assert [f"{message.at:%m-%d}" for message in messages if message.to == "#digest"] == [
        "03-23",
        "03-30",
        "04-06",
        "04-13",
    ]


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
    object.__setattr__(rounds, "tempo", Tempo(round_every=0.05))
    with travel(MONDAY, tick=True) as wall, woken(rounds):
        for _ in range(2):
            wall.shift(jump)
            moved = SystemClock().now()
            before = len(came)
            await until(lambda: sum(instant >= moved for instant in came[before:]) >= 3)  # noqa: B023
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
    object.__setattr__(rounds, "tempo", Tempo(round_every=0.01))
    with woken(rounds):
        await until(lambda: "skipped" in caplog.text)
        await pause(0.1)
        assert began == [1]
    await until(lambda: ended == [1])
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that the loop does by itself."""
    async with asyncio.timeout(60):
        while not condition():
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


async def test_a_clock_that_is_right_is_not_set_back_to_the_whole_second_that_a_platform_says(planned: Console):
    mood = moody(planned)
    machine = Machine(MONDAY + timedelta(milliseconds=900))
    mood.time_is = MONDAY
    await replace(at(planned, MONDAY), clock=machine.clock).tick()
    assert machine.clock.now() == machine.wall
