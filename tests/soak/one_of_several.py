"""`hello-circle run` as one of several processes on a database, with rounds that a test can wait for."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from adapters.cli import collect_seldom
from adapters.serving import run_configured
from bot.engine.pace import UNLIMITED
from bot.scheduling.tempo import Tempo

TEMPO = Tempo(round_every=0.4, lease=timedelta(seconds=12))


def run(folder: Path) -> None:
    """Run with the settings of a folder, until it is killed; what it says goes into the folder's log."""
    os.chdir(folder)
    log = os.open("log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    collect_seldom()
    problem = asyncio.run(run_configured(with_console=False, rates=UNLIMITED, tempo=TEMPO))
    sys.stdout.write(f"ended by itself: {problem}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
