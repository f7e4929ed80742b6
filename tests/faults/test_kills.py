"""A process that is killed loses nothing it answered, and doubles nothing that comes again."""

import random
from pathlib import Path

from tests.faults.killing import Kills


async def test_a_killed_process_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    dice, kills = random.Random(5), Kills(tmp_path)
    for number in range(5):
        await kills.cycle(dice.uniform(0, 0.3), at_work=number % 2 == 0)
    assert kills.acknowledged
