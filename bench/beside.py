"""`/lead add` beside Errbot and Opsdroid, 64 at once: theirs is a plain insert in a handler, by their own test backends.

They get an environment of their own under build/, from a lock with hashes; it is made once, and anew when the lock
changes. A bot that cannot be installed fails the part.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median

from bench.adding import TOGETHER, at_once, warm_up
from bench.circle import open_circle
from bench.table import Row, milliseconds, times_rate

HERE = Path(__file__).parent
SCRIPTS = HERE / "rivals"
LOCK = SCRIPTS / "requirements.txt"
HOME = HERE.parent / "build" / "rivals"
RIVALS = {"Errbot": "errbot_add.py", "Opsdroid": "opsdroid_add.py"}
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r")
PATIENCE = 600
"""Seconds for the installation, and for one measurement."""


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure the bot and the others in turn."""
    python = await asyncio.to_thread(_installed)
    rounds, repeats = (2, 8) if quick else (5, 16)
    rates: list[float] = []
    theirs: dict[str, list[tuple[float, float]]] = {name: [] for name in RIVALS}
    async with open_circle(folder / "ours") as circle:
        await warm_up(circle)
        for number in range(rounds):
            rates.append(await at_once(circle, repeats))
            for name, script in RIVALS.items():
                file = folder / f"{name}{number}.db"
                theirs[name].append(await asyncio.to_thread(_measured, python, script, file, repeats))
    rows: list[Row] = []
    for name, samples in theirs.items():
        floor, used = (median(column) for column in zip(*samples, strict=True))
        rows.append(times_rate(f"/lead add, {TOGETHER} at once, beside {name}", median(rates), floor, 1))
        rows.append(Row(f"  {name}, processor time of each", milliseconds(used)))
    return rows


def _installed() -> Path:
    """Make the environment, unless it is there as the lock says; gives its Python."""
    python, note = HOME / "bin" / "python", HOME / LOCK.name
    if not note.exists() or note.read_bytes() != LOCK.read_bytes():
        shutil.rmtree(HOME, ignore_errors=True)
        venv.create(HOME, with_pip=True)
        subprocess.run([python, *PIP, LOCK], check=True, timeout=PATIENCE, stdout=sys.stderr)
        shutil.copy(LOCK, note)
    return python


def _measured(python: Path, script: str, file: Path, repeats: int) -> tuple[float, float]:
    """Let one of the others add leads; gives leads a second, and seconds of processor time for each."""
    words = [python, "-W", "ignore", SCRIPTS / script, file, str(TOGETHER), str(repeats)]
    finished = subprocess.run(words, check=True, timeout=PATIENCE, stdout=subprocess.PIPE)
    rate, used = json.loads(finished.stdout)
    return rate, used
