"""Every kind of works that meet, thirty times; and without the locks each comes out wrong, so that this would be seen."""

from pathlib import Path

import pytest

from bot.store.postgres.locks import HeldLocks
from tests.faults.kinds_that_meet import KINDS
from tests.faults.meeting import Kind, at_once, differences, in_order, two_bots

pytestmark = pytest.mark.server_only
TIMES = 30
MOST = 1_000
"""Rounds after which a kind is given up that comes out right without its locks."""


@pytest.mark.parametrize("kind", KINDS)
async def test_what_comes_of_works_that_meet_is_what_comes_of_one_after_the_other(tmp_path: Path, kind: Kind):
    async with two_bots(tmp_path) as bots:
        allowed = await in_order(bots, kind)
        for _ in range(TIMES):
            outcome = await at_once(bots, kind)
            assert outcome in allowed, differences(outcome, allowed)


@pytest.mark.parametrize("kind", KINDS)
async def test_without_the_locks_it_comes_out_wrong(tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(HeldLocks, "statement", lambda _, *also: (f"SELECT {', '.join(also)}", []))
    monkeypatch.setattr(HeldLocks, "enter", lambda *_: False)
    async with two_bots(tmp_path) as bots:
        allowed = await in_order(bots, kind)
        for _ in range(MOST):
            if await at_once(bots, kind) not in allowed:
                return
    raise AssertionError("Nothing came of taking the locks away.")
