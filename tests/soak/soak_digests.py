"""Digests through processes that really end, several times each, at steps drawn by lot."""

import random
from pathlib import Path

import pytest

from tests.faults.digests import due_digest, survive
from tests.faults.processes import DyingProcess
from tests.faults.test_digest_crashes import NATURES
from tests.support.store import open_store

CASES, STEPS = 60, 30


@pytest.mark.parametrize("name", NATURES)
async def test_a_digest_survives_any_deaths_in_one_process(tmp_path: Path, name: str) -> None:
    dice = random.Random()
    async with open_store(tmp_path) as db:
        for number in range(CASES * 5):
            deaths = [dice.randrange(STEPS) for _ in range(dice.randint(2, 5))]
            await survive(await due_digest(db, f"case {number}", NATURES[name]), deaths)


@pytest.mark.parametrize("name", NATURES)
async def test_a_digest_survives_processes_that_end(tmp_path: Path, name: str) -> None:
    dice = random.Random()
    for number in range(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with open_store(folder) as db:
            case = await due_digest(db, "circle", NATURES[name])
        dying = DyingProcess(folder, NATURES[name], case.clock)
        for _ in range(dice.randint(1, 3)):
            dying.start(dice.randrange(STEPS))
        async with open_store(folder) as db:
            platform = dying.platform()
            await survive(case.on(db, platform), ())
