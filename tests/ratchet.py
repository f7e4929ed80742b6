"""Holds the coverage: what was reached once stays.

`tests/floors.json` says how much of a folder or file the tests must try, in percent of its lines and branches.
`python tests/ratchet.py MEASURED` compares it with what coverage measured, and raises what was passed;
`python tests/ratchet.py --check` refuses floors that are lower than in the commits before.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from math import floor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "tests" / "floors.json"
STEP = 0.5
"""A floor rises by whole steps, because random inputs try a little more or less each time."""
BEFORE = ("HEAD", "HEAD^")
"""The commits that are held against: the newest one, and what it was made on, which matters where it is a merge."""


def reached(measured: Mapping[str, Any], place: str) -> float:
    """Tell how much of a place was tried, in percent.

    Raises:
        LookupError: nothing was measured there.
    """
    summaries = [
        figures["summary"]
        for path, figures in measured["files"].items()
        if path == place or path.startswith(f"{place}/")
    ]
    if not summaries:
        message = f"nothing was measured in {place}"
        raise LookupError(message)
    tried = sum(summary["covered_lines"] + summary["covered_branches"] for summary in summaries)
    return 100 * tried / sum(summary["num_statements"] + summary["num_branches"] for summary in summaries)


def compare(measured: Mapping[str, Any], floors: Mapping[str, float]) -> tuple[list[str], dict[str, float]]:
    """Say what is below its floor, and give the floors as they are from now on."""
    now = {place: reached(measured, place) for place in floors}
    low = [
        f"{place}: {now[place]:.2f} % is below its floor of {least} %"
        for place, least in floors.items()
        if now[place] < least
    ]
    return low, {place: max(least, floor(now[place] / STEP) * STEP) for place, least in floors.items()}


def lowered(floors: Mapping[str, float], earlier: Mapping[str, float]) -> list[str]:
    """Say which floors were lowered or taken away."""
    return [
        f"the floor of {place} was {least} % and may only rise"
        for place, least in earlier.items()
        if floors.get(place, 0) < least
    ]


def committed(revision: str) -> dict[str, float]:
    """Read the floors of a commit; none where there is no such commit, or no history at all."""
    asked = ["git", "show", f"{revision}:{FLOORS.relative_to(ROOT).as_posix()}"]
    shown = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return json.loads(shown.stdout) if shown.returncode == 0 else {}


def main(arguments: list[str]) -> int:
    """Hold the floors."""
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    if arguments == ["--check"]:
        problems = sorted(
            {lowered_floor for revision in BEFORE for lowered_floor in lowered(floors, committed(revision))}
        )
    else:
        problems, risen = compare(json.loads(Path(arguments[0]).read_text(encoding="utf-8")), floors)
        if risen != floors:
            FLOORS.write_text(json.dumps(risen, indent=2) + "\n", encoding="utf-8")
            sys.stdout.write("The floors of coverage rose; please commit tests/floors.json.\n")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
