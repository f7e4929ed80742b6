"""Several real processes in real time, and what befalls machines; every digest comes once, and nothing acknowledged is lost.

An hour in all. The numbers say how often each thing happens.
"""

from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from tests.live.waiting import passes
from tests.soak.several import LEASE, several
from tests.support.postgres import restart

pytestmark = pytest.mark.server_only
KILLS, STOPS, RESTARTS, CUTS, WRONG_CLOCKS = 200, 50, 20, 200, 20
LOOK_EVERY = 20
"""Kills and cuts between two looks at everything."""


async def test_processes_that_are_killed(tmp_path: Path) -> None:
    async with several(tmp_path) as bots, bots.typing():
        for number in range(KILLS):
            before = bots.came().total()
            await bots.fall_due(8)
            await bots.begun(before)
            await passes(bots.dice.uniform(0, 0.3))
            bots.kill()
            bots.start()
            if number % LOOK_EVERY == LOOK_EVERY - 1:
                await bots.all_came_once()
        await bots.all_came_once()


async def test_processes_that_stand_still_past_their_lease_and_go_on(tmp_path: Path) -> None:
    async with several(tmp_path) as bots:
        for _ in range(STOPS):
            before = bots.came().total()
            await bots.fall_due(40)
            await bots.begun(before)
            async with bots.stopped():
                await passes(LEASE + 2)
            await bots.all_came_once()
        assert await bots.taken_over()


async def test_a_server_that_is_restarted(tmp_path: Path) -> None:
    modes = cycle(("fast", "immediate"))
    async with several(tmp_path) as bots, bots.typing():
        for _ in range(RESTARTS):
            before = bots.came().total()
            await bots.fall_due(20)
            await bots.begun(before)
            restart(next(modes))
            await bots.all_came_once()


async def test_connections_that_are_cut(tmp_path: Path) -> None:
    async with several(tmp_path) as bots, bots.typing():
        for number in range(CUTS):
            await bots.fall_due(4)
            await passes(bots.dice.uniform(0.1, 0.5))
            bots.cut()
            if number % LOOK_EVERY == LOOK_EVERY - 1:
                await bots.all_came_once()
        await bots.all_came_once()


async def test_a_machine_whose_clock_is_an_hour_off(tmp_path: Path) -> None:
    wrong = cycle(("+1h", "-1h"))
    async with several(tmp_path) as bots:
        not_yet = await bots.fall_due(20, after=timedelta(minutes=30))
        for _ in range(WRONG_CLOCKS):
            bots.kill()
            bots.start(next(wrong))
            before = bots.came().total()
            await bots.fall_due(20)
            await bots.begun(before)
            await bots.all_came_once()
            bots.kill(bots.alive[-1])
            bots.start()
        assert not set(not_yet) & set(bots.came())
