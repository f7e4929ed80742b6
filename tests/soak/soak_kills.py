"""Three hundred killed processes, on files young and old, at moments from the first start on."""

import random
from pathlib import Path

from tests.faults.killing import Kills

FILES, CYCLES = 10, 30


async def test_three_hundred_killed_processes_lose_nothing(tmp_path: Path) -> None:
    dice = random.Random()
    acknowledged = 0
    for number in range(FILES):
        folder = tmp_path / str(number)
        folder.mkdir()
        kills = Kills(folder)
        for cycle in range(CYCLES):
            await kills.cycle(dice.uniform(0.0, 0.5), at_work=cycle % 2 == 0)
        acknowledged += len(kills.acknowledged)
    assert acknowledged > FILES * CYCLES
