"""`hello-circle run` as one of several processes on a database, with rounds that a test can wait for."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from adapters.cli import collect_seldom
from adapters.discord.platform import DiscordPlatform
from adapters.serving import run_configured
from adapters.slack.platform import SlackPlatform
from bot.engine.pace import UNLIMITED
from bot.features import everything
from bot.scheduling.tempo import Tempo
from bot.store import server

TEMPO = Tempo(round_every=0.4, lease=timedelta(seconds=8))
LOG = "log.txt"
LOADED = DiscordPlatform, SlackPlatform, server, everything()
"""What a start imports; a process that is forked has it, and so costs a fifth of the time."""


def run(folder: Path, log_name: str = LOG) -> None:
    """Run with the settings of a folder, until it is killed; what it says goes into a log in the folder."""
    os.chdir(folder)
    log = os.open(log_name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    collect_seldom()
    problem = asyncio.run(run_configured(with_console=False, rates=UNLIMITED, tempo=TEMPO))
    sys.stdout.write(f"ended by itself: {problem}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
