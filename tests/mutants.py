"""Changes the program in small ways, and counts how many changes a test notices: `make mutants`, about a quarter of an hour.

Of the rules in `bot/domain` every tenth change is tried, always the same ones; of who may do what, and of the ledger of
posts, each one. mutmut makes the changes and runs the tests that come by the changed function. It works in `mutants/`,
which can be thrown away. What is left afterwards: `mutmut show NAME` prints a change that nobody noticed.
"""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

FOLDER = Path("mutants")
MUTMUT = Path(sys.executable).with_name("mutmut")
SAMPLE = ("bot.domain.*__mutmut_*3", "bot.engine.access.*", "bot.store.posts.*")
LEAST = 90.0
"""How many changes of a hundred must be noticed."""
NOTICED = {"killed", "timeout", "segfault", "suspicious"}
UNTRIED = {"not checked", "skipped"}


def tried(results: str) -> dict[str, str]:
    """Read what became of each change that was tried."""
    lines = (line.strip().partition(": ") for line in results.splitlines())
    return {name: outcome for name, _, outcome in lines if outcome and outcome not in UNTRIED}


def noticed(outcomes: dict[str, str]) -> float:
    """Tell how many changes of a hundred were noticed; one that no test comes by was not."""
    return 100 * sum(outcome in NOTICED for outcome in outcomes.values()) / len(outcomes)


def report(outcomes: dict[str, str]) -> str:
    """Say what was noticed in each file, and name what was not."""
    tried, seen = Counter[str](), Counter[str]()
    for name, outcome in outcomes.items():
        tried[name.rpartition(".")[0]] += 1
        seen[name.rpartition(".")[0]] += outcome in NOTICED
    lines = [f"{seen[file]:4} of {tried[file]:4}  {file}" for file in sorted(tried)]
    lines += [f"not noticed: {name} ({outcome})" for name, outcome in outcomes.items() if outcome not in NOTICED]
    return "\n".join(
        [*lines, f"{sum(seen.values())} of {len(outcomes)} changes were noticed: {noticed(outcomes):.1f} %"]
    )


def main() -> int:
    """Try the sample, and hold what was noticed against the least."""
    shutil.rmtree(FOLDER, ignore_errors=True)  # mutmut would keep what it found with the tests of another day
    ran = subprocess.run([MUTMUT, "run", "--max-children", "2", *SAMPLE], check=False)  # noqa: S603
    if ran.returncode:
        return ran.returncode
    shown = subprocess.run([MUTMUT, "results", "--all", "true"], capture_output=True, text=True, check=True)  # noqa: S603
    outcomes = tried(shown.stdout)
    sys.stdout.write(report(outcomes) + "\n")
    return 0 if noticed(outcomes) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
