"""`hello-circle run` as one of several processes on a database, with rounds that a test can wait for; each is forked when that is asked for."""

import asyncio
import os
import signal
import sys
import traceback
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from adapters.cli import collect_seldom
from adapters.discord.platform import DiscordPlatform
from adapters.serving import run_configured
from adapters.slack import messenger
from adapters.slack.platform import SlackPlatform
from bot.engine.pace import UNLIMITED
from bot.features import everything
from bot.scheduling.tempo import Tempo
from bot.store import server
from bot.store.postgres import worker
from tests.soak.at_the_wire import stand_still_there

TEMPO = Tempo(round_every=0.4, lease=timedelta(seconds=8))
SOON = 4
"""Seconds that stand for sixty, as the lease stands for two minutes: until a platform is tried again, and a server ends what waits."""
LOG = "log.txt"
START, LOOK = "start", "look"
"""What can be asked for."""
LOADED = DiscordPlatform, SlackPlatform, server, everything()
"""What a start imports; a process that is forked has it, and so costs a fifth of the time."""


def hurry() -> None:
    """Let nothing wait much longer than the lease is."""
    messenger.AGAIN = timedelta(seconds=SOON)
    worker._LIMITS["idle_in_transaction_session_timeout"] = f"{SOON}s"


def run(folder: Path, log_name: str = LOG) -> None:
    """Run with the settings of a folder, until it is killed; what it says goes into a log in the folder."""
    os.chdir(folder)
    log = os.open(log_name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    collect_seldom()
    stand_still_there(folder)
    hurry()
    problem = asyncio.run(run_configured(with_console=False, rates=UNLIMITED, tempo=TEMPO))
    sys.stdout.write(f"ended by itself: {problem}\n")
    sys.stdout.flush()


def fork(folder: Path, log_name: str) -> int:
    """Start a process; gives its number."""
    if number := os.fork():
        return number
    try:
        run(folder, log_name)
    except BaseException:  # noqa: BLE001 - nothing of it may go on in a process that stands by
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def ended(number: int) -> str:
    """Tell how a process has ended, or nothing as long as it runs."""
    dead, status = os.waitpid(number, os.WNOHANG)
    return str(os.waitstatus_to_exitcode(status)) if dead else ""


def stand_by() -> None:
    """Do what is asked for, line by line; at the end, no process is left."""
    alive: set[int] = set()
    try:
        for line in sys.stdin:
            match line.rstrip("\n").split(" ", 2):
                case [word, log_name, folder] if word == START:
                    alive.add(number := fork(Path(folder), log_name))
                    answer = str(number)
                case [_, number]:
                    answer = ended(int(number))
                    alive -= {int(number)} if answer else set()
            sys.stdout.write(f"{answer}\n")
            sys.stdout.flush()
    finally:
        for number in alive:
            os.kill(number, signal.SIGKILL)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        stand_by()
