"""Start-up time and memory, beside a bare process that imports the same chat libraries; and the demo's first prompt."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.table import Row, at_most

AIMS = {"start-up": 2.0, "memory": 1.7}
PROMPT_LIMIT = 1.5
PROMPT_PATIENCE = 30.0
MEMORY = "import bench.memory; bench.memory.tell()"
BARE = f"import discord, slack_bolt; {MEMORY}"
START = "from adapters.cli import collect_seldom; collect_seldom(); import bench.ready"
READY = f"{START}; bench.ready.main({{file!r}}, everywhere=True)"
READY_ALONE = f"{START}; bench.ready.main({{file!r}})"
VERSION = f"from adapters.cli import main; import sys; sys.argv[1:] = ['version']\ntry: main()\nexcept SystemExit: pass\n{MEMORY}"


async def measure(folder: Path, *, quick: bool) -> list[Row]:
    """Measure each kind of process several times, in turn."""
    file = str(folder / "start.db")
    kinds = {
        "bare": BARE,
        "ready": READY.format(file=file),
        "alone": READY_ALONE.format(file=file),
        "version": VERSION,
    }
    started(kinds["ready"])  # makes the database and the compiled modules
    seen: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for _ in range(3 if quick else 7):
        for kind, code in kinds.items():
            seen[kind].append(started(code))
    rows = [*_compared("the bot ready, chat libraries imported", seen["ready"], seen["bare"])]
    rows += _compared("hello-circle run ready, console only", seen["alone"], seen["bare"])
    rows += _compared("hello-circle version", seen["version"], seen["bare"])
    rows.append(
        at_most("hello-circle demo, first prompt", median(first_prompt(folder, n) for n in range(3)), PROMPT_LIMIT)
    )
    return rows


def _compared(name: str, seen: list[tuple[float, float]], bare: list[tuple[float, float]]) -> list[Row]:
    rows: list[Row] = []
    for place, measured, unit, factor in ((0, "start-up", "ms", 1000), (1, "memory", "MB", 1)):
        figure, floor = median(sample[place] for sample in seen), median(sample[place] for sample in bare)
        ratio = figure / floor
        written = f"{figure * factor:,.0f} {unit}", f"{floor * factor:,.0f} {unit}", f"{ratio:.2f} x"
        rows.append(Row(f"{name}: {measured}", *written, f"<= {AIMS[measured]:g} x", ratio <= AIMS[measured]))
    return rows


def started(code: str) -> tuple[float, float]:
    """Start a process and wait until it says it is ready; gives seconds, and megabytes at the most."""
    start = perf_counter()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=_installed()) as child:
        lines = iter(child.stdout or ())
        for line in lines:
            if line.startswith("ready "):
                took = perf_counter() - start
                return took, json.loads(line.removeprefix("ready "))
    message = f"a process ended before it was ready: {code}"
    raise RuntimeError(message)


def _installed() -> dict[str, str]:
    """Give the environment of what is installed: nothing is compiled at a start, whatever that of the bench says."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # noqa: TID251 - for the process that is measured


def first_prompt(folder: Path, number: int) -> float:
    """Start the demo in a terminal of its own, on a new file, and wait for its prompt; gives seconds."""
    start = perf_counter()
    program = str(Path(sys.executable).with_name("hello-circle"))
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(program, [program, "demo", "--db", str(folder / f"demo{number}.db")], _installed())  # noqa: S606 - our own program
    shown = b""
    try:
        while b"amina>" not in shown and perf_counter() - start < PROMPT_PATIENCE:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            read = os.read(terminal, 4096)
            shown += read
            if b"\x1b[6n" in read:
                os.write(terminal, b"\x1b[1;1R")  # a terminal tells where its cursor is
    except OSError:
        pass  # the demo ended
    took = perf_counter() - start
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    os.close(terminal)
    if b"amina>" not in shown:
        message = f"the demo showed no prompt: {shown[-300:]!r}"
        raise RuntimeError(message)
    return took
