"""Eight weeks of the real program, on Slack and Discord at once, with its clock moved from outside; about ten minutes.

The clock goes to each moment at which something is due or somebody types, and the program finds out by itself. On the
way the hour changes, the process is killed, and its clock is wrong by years for a while.
"""

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.slack.manifest import manifest
from bot.features import everything
from tests.live.doors import AUTHOR, BUSY, ORGANISER, Arrived, Door, OnDiscord, OnSlack
from tests.live.waiting import passes, until
from tests.soak.moved import Agenda, MovedClock
from tests.support.discord.server import loopback
from tests.support.process import Started, started
from tests.support.slack import App, open_slack
from tests.support.store import path_in

TORONTO, WEEKS = ZoneInfo("America/Toronto"), 8
MONDAY = datetime(2027, 2, 22, 9, tzinfo=TORONTO)
"""Three weeks before clocks go forward there."""
TWO_LOOKS = 45.0


@dataclass
class Circle:
    """Two communities in one process, and the clock of all three."""

    folder: Path
    clock: MovedClock
    doors: list[Door]
    bot: Started

    async def reaches(self, moment: datetime) -> None:
        """Go from one due moment to the next, up to this one."""
        await Agenda(path_in(self.folder), self.clock).reaches(moment)
        assert self.bot.process.returncode is None, self.bot.said

    async def dies(self) -> None:
        """End the process as a failing machine does, and start it again."""
        self.bot.process.kill()
        await self.bot.process.wait()


@asynccontextmanager
async def running(circle: Circle) -> AsyncGenerator[None]:
    """Run the program in the block."""
    settings = {name: value for door in circle.doors for name, value in door.settings.items()}
    async with started(circle.folder, settings, circle.clock.surroundings) as circle.bot:
        for door in circle.doors:
            await door.ready()
        yield


async def plans(circle: Circle) -> None:
    """Let the member promise something for the week, and forget to say how it went."""
    for door in circle.doors:
        await door.does(AUTHOR, "week plan", "My week of", asks=2)


async def asks(circle: Circle, week: int) -> None:
    """Let the member write to somebody new."""
    for door in circle.doors:
        name = f"Person {chr(65 + week)}"
        values = {"name": name, "organisation": "Nordik", "why": "She built the river sensor."}
        await door.does(AUTHOR, "lead add", "is on your list", **values)
        await door.does(AUTHOR, "ask sent", "You asked", lead=name)


async def begins(circle: Circle) -> None:
    """Set both communities up."""
    for door in circle.doors:
        where = {"channel": "#digest", "zone": TORONTO.key, "language": "en", "guide": False}
        await door.does(ORGANISER, "community setup", "Your community is ready", **where)
    await plans(circle)
    for door in circle.doors:
        await door.presses_and(AUTHOR, "Yes, ask me on Sunday", "I ask you on Sunday")


async def lives(circle: Circle, weeks: range) -> None:
    """Live through some weeks: a plan on Monday, somebody asked on Tuesday, nothing said on Sunday."""
    for week in weeks:
        await circle.reaches(MONDAY + timedelta(weeks=week, days=1, hours=1))
        await asks(circle, week)
        await circle.reaches(MONDAY + timedelta(weeks=week + 1, hours=4))
        await plans(circle)


async def is_deceived(circle: Circle) -> None:
    """Let the program's clock be wrong by years; the platforms say what time it is, and nothing happens."""
    before = [(len(door.channel()), len(door.private(AUTHOR))) for door in circle.doors]
    circle.clock.deceive(datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC))
    await until("the operator is told", lambda: "clock not believed" in circle.bot.said, within=60)
    await passes(TWO_LOOKS)
    assert [(len(door.channel()), len(door.private(AUTHOR))) for door in circle.doors] == before
    circle.clock.agree()
    await until("the clock is believed again", lambda: "clock believed again" in circle.bot.said, within=60)


def local(arrived: list[Arrived]) -> list[str]:
    """Write when messages came, by the day and the minute in Toronto."""
    return [f"{message.at.astimezone(TORONTO):%a %d %b %H:%M}" for message in arrived]


def expected(first: datetime) -> list[str]:
    """Write the same moment of eight weeks, whatever clocks do meanwhile."""
    return [f"{first + timedelta(weeks=week):%a %d %b %H:%M}" for week in range(WEEKS)]


def has_lived(door: Door, output: str) -> None:
    """Hold what came in eight weeks against what was due."""
    private = door.private(AUTHOR)
    questions = [message for message in private if "How was your week?" in message.text]
    reminders = [message for message in private if "Last week: how did it go?" in message.text]
    follow_ups = [message for message in private if "Person" in message.text]
    assert local(door.channel()) == expected(MONDAY + timedelta(weeks=1, hours=3, minutes=30)), output
    assert local(questions) == expected(MONDAY + timedelta(days=6, hours=8)), output
    assert [day[:10] for day in local(reminders)] == [day[:10] for day in expected(MONDAY + timedelta(weeks=1))], output
    assert len({message.text for message in door.channel()}) == WEEKS
    assert {f"{message.at.astimezone(TORONTO):%a}" for message in follow_ups} >= {"Tue"}, local(follow_ups)
    assert [day for day, number in Counter(day[:10] for day in local(private)).items() if number > 1] == [], output


async def test_eight_weeks_of_the_real_program(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path, MONDAY)
    async with open_slack(App.of_manifest(manifest(everything())), clock, BUSY) as slack, loopback(clock) as discord:
        doors: list[Door] = [OnSlack(slack, TORONTO), OnDiscord(discord)]
        circle = Circle(tmp_path, clock, doors, bot=None)  # type: ignore[arg-type]
        async with running(circle):
            await begins(circle)
            await lives(circle, range(3))
            await circle.dies()
        async with running(circle):
            await lives(circle, range(3, 6))
            await is_deceived(circle)
            await lives(circle, range(6, WEEKS))
            output = circle.bot.said
        for door in doors:
            has_lived(door, output)
        assert "outcome=unknown" not in output
