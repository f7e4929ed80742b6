"""Processes that take up work at once: they pass one another's over, and none is begun again because of another."""

import asyncio
import threading
from collections.abc import Callable, Hashable
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.store import agenda, notices, posts
from bot.store.database import Tx
from bot.store.posts import PostEntry
from tests.support.store import NOW, open_store, someone

pytestmark = pytest.mark.server_only
LEASE, EACH = timedelta(minutes=2), 3

Claiming: TypeAlias = Callable[[Tx, str], list[Hashable]]


def some_work(tx: Tx) -> None:
    who = someone(tx)
    for number in range(2 * EACH):
        posts.enter(tx, [PostEntry(who.community, "digest", f"2026-W{number + 10}", NOW)])
        notices.put(tx, who, f"key {number}", "{}", NOW)
        agenda.put(tx, who.community, who.member, f"kind {number}", NOW)


def of_posts(tx: Tx, owner: str) -> list[Hashable]:
    return [post.period for post in posts.claim(tx, NOW, owner, LEASE, platforms=("console",), limit=EACH)]


def of_notices(tx: Tx, owner: str) -> list[Hashable]:
    return [notice.id for notice in notices.claim(tx, NOW, owner, LEASE, platforms=("console",), limit=EACH)]


def of_agenda(tx: Tx, owner: str) -> list[Hashable]:
    return list(agenda.hold(tx, NOW, LEASE, EACH))


@pytest.mark.parametrize("claim", [of_posts, of_notices, of_agenda])
async def test_two_at_once_get_different_works_and_neither_is_begun_again(tmp_path: Path, claim: Claiming) -> None:
    begun: list[str] = []
    both_have_some = threading.Barrier(2, timeout=60)

    def work(owner: str) -> Callable[[Tx], list[Hashable]]:
        def claimed(tx: Tx) -> list[Hashable]:
            begun.append(owner)
            mine = claim(tx, owner)
            both_have_some.wait()
            return mine

        return claimed

    async with open_store(tmp_path) as first_process, open_store(tmp_path) as second_process:
        await first_process.write(some_work)
        first, second = await asyncio.gather(
            first_process.row_by_row(work("one")), second_process.row_by_row(work("two"))
        )
        assert (len(first), len(second), len({*first, *second})) == (EACH, EACH, 2 * EACH)
        assert sorted(begun) == ["one", "two"]
        assert await first_process.row_by_row(lambda tx: claim(tx, "three")) == []


async def test_who_moves_a_thing_on_the_agenda_takes_it_from_whoever_holds_it(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        await db.write(some_work)
        held = await db.row_by_row(lambda tx: agenda.hold(tx, NOW, LEASE, EACH))
        moved, *others = held
        await db.write(lambda tx: agenda.put(tx, moved.community, moved.member, moved.kind, NOW - LEASE))
        assert await db.read(lambda tx: agenda.unchanged(tx, held)) == others
        (again, *_) = await db.row_by_row(lambda tx: agenda.hold(tx, NOW, LEASE, EACH))
        assert (again.kind, again.at) == (moved.kind, NOW - LEASE)
