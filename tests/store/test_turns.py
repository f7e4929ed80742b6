"""Works that wait are taken in turn, so that a crowd of one community holds nobody else up."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.store.batch import driver
from bot.store.database import Tx
from bot.store.turns import Turns, on_behalf_of, present_owner
from tests.support.store import open_store, someone

LONG = 60
"""Seconds after which what never comes is given up; nothing that is asserted depends on them."""


@dataclass(frozen=True)
class Thing:
    owner: str
    number: int


piles = st.lists(st.sampled_from("abcde"), max_size=60).map(
    lambda owners: [Thing(owner, number) for number, owner in enumerate(owners)]
)


def waiting(things: list[Thing]) -> Turns[Thing]:
    turns: Turns[Thing] = Turns()
    for thing in things:
        turns.put(thing)
    return turns


@given(piles, st.integers(1, 20))
def test_everything_comes_once_and_each_owners_things_in_their_order(things: list[Thing], most: int):
    turns, taken = waiting(things), list[Thing]()
    while turns:
        some = turns.take(most)
        assert 0 < len(some) <= most
        taken += some
    assert sorted(taken, key=lambda thing: thing.number) == things
    for owner in "abcde":
        assert [thing for thing in taken if thing.owner == owner] == [thing for thing in things if thing.owner == owner]


@given(piles)
def test_nobody_waits_for_more_than_one_thing_of_each_other(things: list[Thing]):
    owners = {thing.owner for thing in things}
    first = waiting(things).take(len(owners))
    assert {thing.owner for thing in first} == owners


@given(piles, st.integers(1, 20), st.integers(0, 20))
def test_what_was_put_back_comes_before_all_others_of_its_owner(things: list[Thing], most: int, taken_up: int):
    turns = waiting(things)
    taken = turns.take(most)
    turns.put_back(taken[taken_up:])
    still_waiting = turns.take_all()
    assert sorted([*taken[:taken_up], *still_waiting], key=lambda thing: thing.number) == things
    for owner in "abcde":
        mine = [thing.number for thing in still_waiting if thing.owner == owner]
        assert mine == sorted(mine)


def test_work_is_done_on_behalf_of_whoever_it_is_for():
    assert present_owner() == ""
    with on_behalf_of("a"):
        assert present_owner() == "a"
    assert present_owner() == ""


async def handed_over(owner: str, ask: Callable[[], Coroutine[None, None, object]]) -> asyncio.Future[object]:
    """Give the store one thing to do on behalf of somebody, and go on once it waits there."""
    with on_behalf_of(owner):
        asked = asyncio.ensure_future(ask())
    await asyncio.wait([asked], timeout=0)
    return asked


@pytest.mark.file_only("works that share a commit")
async def test_a_thousand_writes_of_one_let_anothers_pass(tmp_path: Path):
    order: list[str] = []
    begun, held = threading.Event(), threading.Event()

    def hold(tx: Tx) -> None:
        begun.set()
        held.wait(LONG)

    def work(tx: Tx, whose: str) -> None:
        someone(tx)
        order.append(whose)

    async with open_store(tmp_path) as db:
        first = await handed_over("first", lambda: db.write(hold))
        assert await asyncio.to_thread(begun.wait, LONG)
        crowd = [await handed_over("noisy", lambda: db.write(lambda tx: work(tx, "noisy"))) for _ in range(1000)]
        quiet = await handed_over("quiet", lambda: db.write(lambda tx: work(tx, "quiet")))
        held.set()
        await asyncio.gather(first, quiet, *crowd)
    assert order.index("quiet") <= 1
    assert len(order) == 1001


async def test_a_thousand_long_reads_of_one_leave_a_reader_for_others(tmp_path: Path):
    """None of them ends until the other one has read; that one would wait for ever, had they every reader."""
    passed = threading.Event()
    async with open_store(tmp_path) as db:
        crowd = [await handed_over("noisy", lambda: db.read(lambda tx: passed.wait(LONG))) for _ in range(1000)]
        quiet = await handed_over("quiet", lambda: db.read(lambda tx: passed.set()))
        _, *overtook = await asyncio.gather(quiet, *crowd)
    assert overtook == [True] * 1000


@pytest.mark.file_only("works that share a commit")
async def test_a_long_row_of_works_is_committed_in_parts(tmp_path: Path):
    """So that who comes in the middle of a crowd waits for a part of it, and not for all."""
    statements: list[str] = []

    def slow(tx: Tx, number: int) -> int:
        threading.Event().wait(0.004)
        return number

    async with open_store(tmp_path) as db:
        await db.write(lambda tx: driver(tx).set_trace_callback(statements.append))
        works = [db.write(lambda tx, n=n: slow(tx, n)) for n in range(60)]
        assert await asyncio.gather(*works) == list(range(60))
        await db.write(lambda tx: driver(tx).set_trace_callback(None))
    assert statements.count("COMMIT") > 3


async def test_reads_that_wait_are_done_before_the_end(tmp_path: Path):
    async with open_store(tmp_path) as db:
        reads = [asyncio.ensure_future(db.read(lambda tx, n=n: n)) for n in range(100)]
        await asyncio.wait(reads, timeout=0)
        await db.close()
        assert [read.result() for read in reads] == list(range(100))
