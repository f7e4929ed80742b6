"""What one process asks of Discord in a second, alone and beside others."""

import asyncio

import pytest

from adapters.discord.budget import A_SECOND, WINDOW, Budget
from tests.support.discord.hurry import timeless


@pytest.mark.parametrize(("sharers", "most"), [(1, A_SECOND), (4, A_SECOND // 4), (80, 1)])
def test_no_second_has_more_requests_than_the_share_of_a_process(sharers: int, most: int):
    async def story() -> None:
        budget, sent = Budget(), list[float]()
        budget.sharers = sharers

        async def ask() -> None:
            await budget.wait()
            sent.append(asyncio.get_running_loop().time())

        await asyncio.gather(*(ask() for _ in range(2 * most + 1)))
        assert all(later - earlier >= 1 for earlier, later in zip(sent, sent[most:], strict=False))
        assert sent[-1] - sent[0] == pytest.approx(2 * WINDOW), "and no slower than needed"

    timeless(story())


def test_nothing_is_asked_while_discord_wants_nothing():
    async def story() -> None:
        loop, budget = asyncio.get_running_loop(), Budget()
        budget.close_for(5)
        before = loop.time()
        await budget.wait()
        assert loop.time() - before >= 5

    timeless(story())
