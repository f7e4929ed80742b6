"""What is measured can be measured: the parts of the benchmark that stand on the inside of the store are run, very small."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SMALL = {
    "the Monday wave": ("bench.wave", "--communities", "20", "--processes", "2"),
    "commands one at a time and at once": ("bench", "--quick", "--only", "adding"),
    "digests that are due": ("bench", "--quick", "--only", "due"),
}


@pytest.mark.parametrize("part", SMALL)
def test_the_benchmark_measures(part: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", *SMALL[part], "--folder", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    # Whether an aim was reached says something only on a machine that does nothing else.
    assert ended.returncode == 0, ended.stderr
    assert "figure" in ended.stdout
