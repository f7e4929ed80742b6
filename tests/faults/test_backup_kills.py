"""A backup, a restore and a change of the key survive a kill: a sample here, every step in `make soak`."""

from pathlib import Path

import pytest

from tests.faults.killing_backups import OPERATIONS, steps_of, survives

SAMPLE = 5


@pytest.mark.parametrize("name", OPERATIONS)
async def test_a_kill_leaves_everything_whole_and_the_next_call_finishes(tmp_path: Path, name: str) -> None:
    steps = await steps_of(tmp_path / "counted", name)
    assert steps > 50
    for number in range(SAMPLE):
        await survives(tmp_path / str(number), name, steps * (2 * number + 1) // (2 * SAMPLE))
