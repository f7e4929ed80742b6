"""Several real processes in real time, and what befalls machines; every digest comes once, and nothing acknowledged is lost.

The numbers say how often each thing happens.
"""

import sys
from datetime import timedelta
from itertools import cycle, pairwise, product
from pathlib import Path

import pytest

from tests.live.waiting import passes, until
from tests.soak.parents import PATIENCE, Running
from tests.soak.releases import Release, releases
from tests.soak.several import LEASE, PROCESSES, READY, TAKEN_BACK, Several, in_worlds, several
from tests.support.postgres import restart

pytestmark = pytest.mark.server_only
KILLS, STOPS, RESTARTS, CUTS, WRONG_CLOCKS, UPGRADES = 200, 50, 20, 200, 20, 20
WORLDS, SLEEPING_WORLDS = 2, 5
"""What is tried at once of what keeps two cores busy, and of what mostly sleeps."""
POSTED = "outcome=posted"
LOOK_EVERY = 20
"""Kills and cuts between two looks at everything."""


async def test_processes_that_are_killed(tmp_path: Path) -> None:
    await in_worlds(WORLDS, tmp_path, _are_killed)


async def _are_killed(bots: Several) -> None:
    async with bots.typing():
        for number in range(KILLS // WORLDS):
            before = bots.arrived()
            await bots.fall_due(8)
            await bots.begun(before)
            await passes(bots.dice.uniform(0, 0.3))
            await bots.kill()
            await bots.start()
            if number % LOOK_EVERY == LOOK_EVERY - 1:
                await bots.all_came_once()
        await bots.all_came_once()


async def test_processes_that_stand_still_past_their_lease_and_go_on(tmp_path: Path) -> None:
    await in_worlds(SLEEPING_WORLDS, tmp_path, _stand_still)


async def _stand_still(bots: Several) -> None:
    for _ in range(STOPS // SLEEPING_WORLDS):
        before = bots.arrived()
        await bots.fall_due(40)
        await bots.begun(before)
        async with bots.stopped():
            await passes(LEASE + 2)
        await bots.all_came_once()
    assert await bots.taken_over()


async def test_processes_that_stand_still_between_the_question_and_the_wire(tmp_path: Path) -> None:
    await in_worlds(SLEEPING_WORLDS, tmp_path, _stand_still_at_the_wire)


async def _stand_still_at_the_wire(bots: Several) -> None:
    await bots.ready(PROCESSES)
    stops = cycle(product((1, 2), (1, 12)))
    while bots.at_the_wire < STOPS // SLEEPING_WORLDS:
        many, due = next(stops)
        await bots.stand_still_at_the_wire(many, fall_due=due)
        await bots.all_came_once()
    taken_back = bots.said().count(TAKEN_BACK)
    sys.stdout.write(f"{bots.at_the_wire} stops between the question and the wire, {taken_back} digests taken back\n")


async def test_a_server_that_is_restarted(tmp_path: Path) -> None:
    modes = cycle(("fast", "immediate"))
    async with several(tmp_path) as bots, bots.typing():
        await bots.ready(PROCESSES)
        for _ in range(RESTARTS):
            before = bots.arrived()
            await bots.fall_due(20)
            await bots.begun(before)
            restart(next(modes))
            await bots.all_came_once()


async def test_connections_that_are_cut(tmp_path: Path) -> None:
    async with several(tmp_path) as bots, bots.typing():
        await bots.ready(PROCESSES)
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
            await bots.kill()
            await bots.start(ahead=next(wrong))
            before = bots.arrived()
            await bots.fall_due(20)
            await bots.begun(before)
            await bots.all_came_once()
            await bots.kill(bots.alive[-1])
            await bots.start()
        assert not set(not_yet) & set(bots.came())


async def test_two_versions_at_once(tmp_path: Path) -> None:
    with releases(UPGRADES // WORLDS + 1, tmp_path) as chain:
        await in_worlds(WORLDS, tmp_path, lambda bots: _are_upgraded(bots, chain))


async def _are_upgraded(bots: Several, chain: list[Release]) -> None:
    async with bots.typing():
        await bots.ready(PROCESSES)
        for number, (older, newer) in enumerate(pairwise(chain)):
            old = await old_beside(bots, older, newer)
            await both_post(bots, older, newer)
            await are_replaced(bots, old, newer, calmly=number % 2 == 0)
            await bots.all_came_once()


async def old_beside(bots: Several, older: Release, newer: Release) -> list[Running]:
    """Start a process of the next version, and after that an old one again; gives the old ones."""
    *old, killed = bots.alive
    before = bots.said(older).count(READY)
    await bots.start(newer)
    await bots.ready(1, newer)
    await bots.kill(killed)
    await bots.start(older)
    await bots.ready(before + 1, older)
    assert "newer schema, which only added to this one" in bots.said(older)
    return [*old, bots.alive[-1]]


async def both_post(bots: Several, *releases: Release) -> None:
    """Let digests fall due until processes of both versions have posted some."""
    before = {release: bots.said(release).count(POSTED) for release in releases}

    async def both() -> bool:
        await bots.fall_due(3)
        return all(bots.said(release).count(POSTED) > number for release, number in before.items())

    await until("both versions post", both, within=PATIENCE)


async def are_replaced(bots: Several, old: list[Running], newer: Release, *, calmly: bool) -> None:
    """Put one process of the next version after the other into the place of an old one."""
    for number, process in enumerate(old):
        if number:
            await bots.start(newer)
            await bots.ready(number + 1, newer)
        await bots.fall_due(4)
        if calmly:
            await bots.stop(process)
        else:
            await bots.kill(process)
