"""`python -m bench [--quick]` measures everything, each part in a process of its own, and prints one table."""

import argparse
import asyncio
import importlib
import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Protocol

import structlog

from adapters.cli import collect_seldom
from bench import slow_disk
from bench.table import Row, printed

PARTS = {
    "adding": "bench.adding:measure",
    "slowed": "bench.adding:measure_slowed",
    "server": "bench.on_server:measure",
    "processes": "bench.processes:measure",
    "wave": "bench.wave.__main__:measure",
    "commands": "bench.wave.commands:measure",
    "million": "bench.million:measure",
    "boards": "bench.boards:measure",
    "suggesting": "bench.suggesting:measure",
    "large": "bench.large:measure",
    "due": "bench.due:measure",
    "noisy": "bench.noisy:measure",
    "slack": "bench.slack:measure",
    "starting": "bench.starting:measure",
    "outreach": "bench.outreach:measure",
    "discord": "bench.discord:measure",
    "beside": "bench.beside:measure",
}


class Measure(Protocol):
    """What measures one part."""

    async def __call__(self, folder: Path, *, quick: bool) -> list[Row]:
        """Measure in a folder that is empty at first."""
        ...


def main() -> None:
    """Print the table of all parts, or the rows of one part as JSON."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer repetitions and less data")
    options.add_argument("--only", choices=PARTS, action="append", help="measure this part only")
    options.add_argument("--folder", type=Path, help="where the files are made; the disk that is measured")
    options.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.part:
        rows = _run_part(chosen.part, chosen.folder, quick=chosen.quick)
        sys.stdout.write(json.dumps([row.as_json() for row in rows]))
        return
    with tempfile.TemporaryDirectory(prefix="hello-circle-bench-", dir=chosen.folder) as folder:
        rows = [row for part in chosen.only or PARTS for row in _run_in_process(part, Path(folder), quick=chosen.quick)]
    sys.stdout.write(printed(rows) + "\n")


def _run_part(part: str, folder: Path, *, quick: bool) -> list[Row]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    collect_seldom()  # as the program itself does
    module, name = PARTS[part].split(":")
    measure: Measure = getattr(importlib.import_module(module), name)
    return asyncio.run(measure(folder, quick=quick))


def _run_in_process(part: str, folder: Path, *, quick: bool) -> list[Row]:
    """Measure a part in a process of its own, so that none has another's memory or threads."""
    own = folder / part
    own.mkdir()
    words = [sys.executable, "-m", "bench", "--part", part, "--folder", str(own), *(["--quick"] if quick else [])]
    if part == "slowed":
        slow = slow_disk.prefix(own)
        if slow is None:
            return [Row("/lead add with fsync slowed by 10 ms", "skipped: no compiler")]
        words = [*slow, *words]
    start = perf_counter()
    finished = subprocess.run(words, check=False, stdout=subprocess.PIPE)
    sys.stderr.write(f"{part}: {perf_counter() - start:.0f} s\n")
    if finished.returncode != 0:
        return [Row(part, "failed: see above", reached=False)]
    return [Row(**row) for row in json.loads(finished.stdout)]


if __name__ == "__main__":
    main()
