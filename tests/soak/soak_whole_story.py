"""The whole story of a volunteer, in one go: README's commands in a clone, a week, a lost disk, and the Monday after.

Everything is typed in a real terminal, and no file is edited by hand. What it took is printed in the end.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from adapters.slack.manifest import manifest
from bot.features import everything
from tests.live.doors import AUTHOR, BUSY, ORGANISER, Door, OnDiscord, OnSlack
from tests.live.waiting import until
from tests.soak.moved import Agenda, MovedClock
from tests.support.discord.server import TOKEN, Loopback, loopback
from tests.support.slack import APP_TOKEN, BOT_TOKEN, App, Slack, open_slack
from tests.support.terminal import CTRL_C, Terminal, terminal

ROOT = Path(__file__).parent.parent.parent
TORONTO = ZoneInfo("America/Toronto")
TUESDAY = datetime(2026, 12, 1, 10, tzinfo=TORONTO)
SATURDAY, MONDAY = TUESDAY + timedelta(days=4), datetime(2026, 12, 7, 12, 30, tzinfo=TORONTO)
WEEK = timedelta(weeks=1)
LINES_TYPED, QUESTIONS = 12, 14
"""For both machines and both platforms, from `git clone` on; looking with doctor and one backup by hand are among them."""
DANA = {"name": "Dana R.", "organisation": "Nordik", "why": "She built the river sensor."}


@dataclass
class Volunteer:
    """Somebody who has a machine, a stick, and never saw the program before."""

    home: Path
    clock: MovedClock
    discord: Loopback
    slack: Slack
    steps: int = 0
    questions: int = 0
    seconds: dict[str, float] = field(default_factory=dict[str, float])

    def __post_init__(self) -> None:
        self.stick = self.home / "stick"
        self.stick.mkdir()
        self.on_slack, self.on_discord = OnSlack(self.slack, TORONTO), OnDiscord(self.discord)
        self.surroundings = self.clock.surroundings | {
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "SLACK_API_URL": self.slack.api_url,
        }

    @property
    def doors(self) -> tuple[Door, ...]:
        """Both communities."""
        return self.on_discord, self.on_slack

    def gets(self, folder: Path) -> None:
        """Get the program, and install it as README says."""
        begun = monotonic()
        page = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Put it in your community")[2]
        install, set_up = page.split("```")[1].split("\n")[1:3]
        assert (install, set_up) == ("make setup", ".venv/bin/hello-circle setup")
        for line, where in (
            (["git", "clone", "--quiet", str(ROOT), str(folder)], self.home),
            (install.split(), folder),
        ):
            self.steps += 1
            ran = subprocess.run(line, cwd=where, capture_output=True, text=True, check=False)  # noqa: S603
            assert ran.returncode == 0, ran.stdout + ran.stderr
        self.seconds[f"clone and make setup, {folder.name}"] = monotonic() - begun

    @asynccontextmanager
    async def types(self, folder: Path, *words: str | Path) -> AsyncGenerator[Terminal]:
        """Type a line with the program."""
        self.steps += 1
        begun, program = monotonic(), folder / ".venv" / "bin" / "hello-circle"
        arguments = map(str, words)
        async with terminal(folder, *arguments, surroundings=self.surroundings, program=program) as screen:
            yield screen
        self.seconds[f"{words[0]}, {self.steps}"] = monotonic() - begun

    async def sets_up(self, folder: Path, *options: str | Path, answers: dict[str, str]) -> str:
        """Go through set-up; gives what it showed."""
        async with self.types(folder, "setup", *options) as screen:
            for question, answer in answers.items():
                await screen.sees(question)
                screen.types(answer)
            await screen.sees("What is set up", "What now")
            assert await screen.ends() == 0
            self.questions += len(answers)
            return screen.seen

    async def says(self, folder: Path, *words: str | Path) -> tuple[int, str]:
        """Type a line that ends by itself."""
        async with self.types(folder, *words) as screen:
            return await screen.ends(), screen.seen

    async def until_there(self, bot: Terminal) -> None:
        """Wait until the bot is on both platforms."""
        await bot.sees("platform ready", "platform ready")
        await until("two sockets are open", lambda: len(self.slack.sockets.open) == 2)

    def digests(self) -> list[int]:
        """Count what is in the channel of each community."""
        return [len([message for message in door.channel() if "The week of" in message.text]) for door in self.doors]

    @property
    def summary(self) -> str:
        """Say what it took."""
        took = "".join(f"{seconds:6.1f} s  {what}\n" for what, seconds in self.seconds.items())
        return f"{took}{self.steps} lines typed, {self.questions} questions answered\n"

    def saved(self) -> Path:
        """Give the backup that was asked for."""
        (backup,) = (self.stick / "backups").glob("*-asked.zip")
        return backup


@asynccontextmanager
async def a_volunteer(home: Path) -> AsyncGenerator[Volunteer]:
    clock = MovedClock(home, TUESDAY)
    app = App.of_manifest(manifest(everything()), optional=True)
    async with open_slack(app, clock, BUSY) as slack, loopback(clock) as discord:
        yield Volunteer(home, clock, discord, slack)


async def begins(volunteer: Volunteer, folder: Path) -> None:
    """Set it up for Discord, and later for Slack too."""
    sheet = volunteer.stick / "sheet.txt"
    on_discord = {
        "Folder for the data:": "",
        "Press Enter when you have a copy": str(sheet),
        "Number:": "1",
        "Discord bot token:": TOKEN,
        "Folder for the backups:": str(volunteer.stick / "backups"),
    }
    await volunteer.sets_up(folder, answers=on_discord)
    on_slack = {"Slack bot token": BOT_TOKEN, "Slack app-level token": APP_TOKEN}
    await volunteer.sets_up(folder, "--platforms", "both", answers=on_slack)
    assert "ENCRYPTION_KEYS=" in sheet.read_text(encoding="utf-8")


async def lives_until_saturday(volunteer: Volunteer, agenda: Agenda) -> None:
    for door in volunteer.doors:
        where = {"channel": "#digest", "zone": TORONTO.key, "language": "en"}
        await door.does(ORGANISER, "community setup", "Your community is ready", **where)
        await door.does(ORGANISER, "community digest preview", "The week of")
        await door.does(AUTHOR, "lead add", "is on your list", **DANA)
        await door.does(AUTHOR, "ask sent", "You asked", lead="Dana R.")
    await agenda.reaches(SATURDAY)


async def is_well(volunteer: Volunteer, folder: Path) -> None:
    """See that doctor finds nothing to mend, in one screen."""
    code, output = await volunteer.says(folder, "doctor")
    assert (code, output.rstrip().endswith("Everything is well.")) == (0, True), output
    assert len(output.splitlines()) <= 24, output


async def test_the_whole_story(tmp_path: Path) -> None:
    async with a_volunteer(tmp_path) as volunteer:
        folder, again = tmp_path / "hello-circle", tmp_path / "new machine"
        volunteer.gets(folder)
        await begins(volunteer, folder)
        agenda = Agenda(folder / "data" / "hello-circle.db", volunteer.clock)
        async with volunteer.types(folder, "run") as bot:
            await volunteer.until_there(bot)
            await lives_until_saturday(volunteer, agenda)
            code, output = await volunteer.says(folder, "backup")
            assert code == 0, output
            await bot.sees("drill")
            await is_well(volunteer, folder)
            for door in volunteer.doors:
                await door.does(AUTHOR, "lead add", "is on your list", **DANA | {"name": "Lost with the disk"})
            await agenda.reaches(MONDAY + timedelta(hours=1))
            assert volunteer.digests() == [1, 1]
            bot.process.kill()
            await bot.ends()
        shutil.rmtree(folder)
        volunteer.clock.move(TUESDAY + WEEK)
        await comes_back(volunteer, again)
    sys.stdout.write(volunteer.summary)
    assert (volunteer.steps, volunteer.questions) == (LINES_TYPED, QUESTIONS)


async def comes_back(volunteer: Volunteer, folder: Path) -> None:
    """Go on from the stick on another machine, with the sheet and new copies of the tokens."""
    volunteer.gets(folder)
    key = re.search(r"ENCRYPTION_KEYS=\S+", (volunteer.stick / "sheet.txt").read_text(encoding="utf-8"))
    assert key is not None
    answers = {
        "Folder for the data:": "",
        "Paste the key of your recovery sheet:": key[0],
        "Number:": "3",
        "Discord bot token:": TOKEN,
        "Slack bot token": BOT_TOKEN,
        "Slack app-level token": APP_TOKEN,
        "Folder for the backups:": str(volunteer.stick / "backups"),
    }
    output = await volunteer.sets_up(folder, "--restore", volunteer.saved(), answers=answers)
    assert "Restored. The data is as it was on 2026-12-05" in output
    assert "Digests that may be there already: 2." in output
    agenda = Agenda(folder / "data" / "hello-circle.db", volunteer.clock)
    async with volunteer.types(folder, "run") as bot:
        await volunteer.until_there(bot)
        await agenda.reaches(TUESDAY + WEEK + timedelta(hours=2))
        assert volunteer.digests() == [1, 1], "Monday's digest is found in the channel"
        for door in volunteer.doors:
            await door.does(AUTHOR, "lead list", "1 person on your list")
        await is_well(volunteer, folder)
        await agenda.reaches(MONDAY + WEEK + timedelta(hours=1))
        assert volunteer.digests() == [2, 2], "the next Monday has exactly one"
        assert await bot.stops(CTRL_C) == 0
