"""One private message a day at most, in more weeks of the year and more homes than the tests have time for."""

from itertools import product

import pytest

from tests.features.morning.test_one_a_day import (
    test_nobody_gets_two_messages_on_one_day as at_most_one,
    test_sunday_and_monday_come_on_each_members_own_clock as on_their_own_clock,
)

HOMES = ("America/Toronto", "Pacific/Kiritimati", "America/Los_Angeles", "Europe/Paris", "Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("start", "seed", "home"),
    [
        (start, seed, home)
        for start, home in product(("2026-02-20", "2026-03-20", "2026-10-12"), HOMES)
        for seed in range(3)
    ],
)
async def test_nobody_gets_two_messages_on_one_day(start: str, seed: int, home: str) -> None:
    await at_most_one(start, seed, home)


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("start", ["2026-03-02", "2026-03-23", "2026-10-19"])
async def test_sunday_and_monday_come_on_each_members_own_clock(start: str, home: str) -> None:
    await on_their_own_clock(start, home)
