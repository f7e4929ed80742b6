"""Set-up that is stopped at each of its questions, and started again: what was right is kept, and not asked again."""

import re
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.operators.places import Places, places
from tests.support.discord.server import TOKEN
from tests.support.slack import APP_TOKEN, BOT_TOKEN
from tests.support.terminal import CTRL_C, CTRL_D, Terminal, terminal

QUESTIONS = (
    ("Folder for the data:", ""),
    ("Press Enter when you have a copy", ""),
    ("Number:", "3"),
    ("Discord bot token:", TOKEN),
    ("I wait until the bot is there.", None),
    ("Slack bot token", BOT_TOKEN),
    ("Slack app-level token", APP_TOKEN),
    ("Folder for the backups:", ""),
    ("Shall I?", "no"),
)
"""What is asked, in its order, and what is answered; with None something else answers."""
ALL = "|".join(re.escape(question) for question, _ in QUESTIONS)
STOPS = ((CTRL_C, 130), (signal.SIGKILL, -9), (CTRL_D, 130), (signal.SIGTERM, -15))
"""The ways to stop it, and how it ends then."""


def with_systemd(folder: Path) -> dict[str, str]:
    """Make a systemd that does nothing and says that it runs."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name in ("systemctl", "loginctl"):
        (programs / name).write_text('#!/bin/sh\necho "$@" >> "$0.log"\necho running\n')
        (programs / name).chmod(0o755)
    return {"PATH": f"{programs}:/usr/bin:/bin"}


@asynccontextmanager
async def set_up(there: Places) -> AsyncGenerator[Terminal]:
    surroundings = {**there.surroundings, **with_systemd(there.folder)}
    async with terminal(there.folder, "setup", surroundings=surroundings) as screen:
        yield screen


def asked(screen: Terminal) -> list[str]:
    """List what was asked, each once, in its order."""
    return list(dict.fromkeys(re.findall(ALL, screen.seen)))


async def is_stopped_everywhere(folder: Path, first: int) -> None:
    """Stop it at each question, each time in another way, beginning with one of them."""
    async with places(folder, optional=True) as there:
        for number, (question, _) in enumerate(QUESTIONS):
            keys, ends = STOPS[(first + number) % len(STOPS)]
            async with set_up(there) as screen:
                if number:
                    await answered(there, screen, *QUESTIONS[number - 1])
                await screen.sees(question)
                assert await screen.stops(keys) == ends
                assert asked(screen) == [text for text, _ in QUESTIONS[max(0, number - 1) : number + 1]]
                assert ends != 130 or "What was right is kept." in screen.seen
        async with set_up(there) as screen:
            await answered(there, screen, *QUESTIONS[-1])
            await screen.sees("What is set up")
            assert await screen.ends() == 0
        async with set_up(there) as screen:
            assert await screen.ends() == 0
            assert asked(screen) == []
    assert not list(folder.rglob("*.new"))


async def answered(there: Places, screen: Terminal, question: str, answer: str | None) -> None:
    """Wait for a question and answer it."""
    await screen.sees(question)
    if answer is None:
        there.discord.world.add_guild("Newcomers")
    else:
        screen.types(answer)


async def test_stopped_at_every_question_it_goes_on_where_it_was(tmp_path: Path) -> None:
    await is_stopped_everywhere(tmp_path, 0)


async def test_stopped_while_a_platform_is_asked_it_goes_on_there(tmp_path: Path) -> None:
    async with places(tmp_path) as there:
        held = there.slack.faults.held("auth.test")
        arguments = ("setup", "--data", "data", "--platforms", "slack")
        async with terminal(tmp_path, *arguments, surroundings=there.surroundings) as screen:
            await screen.sees("Press Enter when you have a copy")
            screen.types("")
            await screen.sees("Slack bot token")
            screen.types(BOT_TOKEN)
            await held.reached.wait()
            assert await screen.stops(CTRL_C) == 130
            assert "What was right is kept." in screen.seen
            assert "Traceback" not in screen.seen
        held.release()
        async with terminal(tmp_path, *arguments, surroundings=there.surroundings) as screen:
            await screen.sees("you have a copy of it.", "Slack bot token")
