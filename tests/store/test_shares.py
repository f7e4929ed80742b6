"""Leases are shared evenly, whoever comes and goes: the rule, played through by processes that look in any order."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, strategies as st

from bot.store.leases import LASTS, Lease
from bot.store.shares import ShareStep, next_step, quotas

pytestmark = pytest.mark.file_only("a rule; nothing is kept")
NOW = datetime(2026, 11, 27, tzinfo=UTC)
PAST = NOW - timedelta(days=1)


def free(number: int) -> list[Lease]:
    return [Lease(f"{shard:02}", None, 0, PAST, PAST, None) for shard in range(number)]


def look(held: list[Lease], alive: list[str], me: str) -> list[Lease]:
    """Let one process look and do its step; what it asked for it takes over at its next look."""
    held = [replace(lease, holder=me, heir=None, until=NOW + LASTS) if lease.heir == me else lease for lease in held]
    step = next_step(held, alive, me, NOW, judges=True)
    return [
        replace(lease, holder=me, until=NOW + LASTS)
        if lease.name in step.take
        else replace(lease, heir=me)
        if lease.name in step.ask_for
        else lease
        for lease in held
    ]


@given(
    number=st.integers(1, 20),
    crowds=st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True), min_size=1, max_size=4),
    seed=st.integers(),
)
def test_they_are_even_after_a_few_looks_and_then_nobody_moves_anything(
    number: int, crowds: list[list[str]], seed: int
):
    held, dice, before = free(number), Random(seed), set[str]()
    for alive in crowds:
        gone = before - set(alive)
        # Some died, and their time is over; some only leave, and still hold.
        held = [
            replace(lease, until=PAST) if lease.holder in gone and dice.random() < 0.5 else replace(lease, heir=None)
            for lease in held
        ]
        for _ in range(4):
            for me in dice.sample(alive, len(alive)):
                held = look(held, alive, me)
        having = Counter(lease.holder for lease in held)
        assert having == Counter({me: share for me, share in quotas(number, alive).items() if share})
        assert all(next_step(held, alive, me, NOW, judges=True) == ShareStep() for me in alive)
        before = set(alive)


def test_who_comes_takes_no_more_than_its_share_and_only_of_those_who_have_too_much():
    held = [replace(lease, holder="ab"[place % 2], until=NOW + LASTS) for place, lease in enumerate(free(5))]
    assert next_step(held, ["a", "b", "c"], "c", NOW, judges=True) == ShareStep(ask_for=("00",))
    assert next_step(held, ["a", "b"], "b", NOW, judges=True) == ShareStep()


def test_who_leaves_gives_first():
    held = [replace(lease, holder="aab"[place], until=NOW + LASTS) for place, lease in enumerate(free(3))]
    assert next_step(held, ["a", "c"], "c", NOW, judges=True) == ShareStep(ask_for=("02",))


def test_who_was_away_itself_takes_nothing_that_another_held():
    held = [replace(lease, holder="a", until=PAST) for lease in free(2)]
    assert next_step(held, ["b"], "b", NOW, judges=False) == ShareStep()
    assert next_step(held, ["b"], "b", NOW, judges=True) == ShareStep(take=("00", "01"))
    assert next_step(free(2), ["b"], "b", NOW, judges=False) == ShareStep(take=("00", "01"))
