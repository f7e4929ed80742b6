"""A digest comes once, wherever the process dies on the way; when nobody can tell, the organiser is asked."""

from pathlib import Path

import pytest

from tests.faults.crashing import Nature
from tests.faults.digests import due_digest, survive
from tests.support.store import open_store

NATURES = {
    "a platform that can tell": Nature(),
    "a platform that takes a key once": Nature(refuses_repeats=True),
    "the post is lost": Nature(loses="post"),
    "the answer is lost": Nature(loses="answer"),
    "a platform that cannot tell": Nature(knows=False),
    "it cannot tell, and the post is lost": Nature(knows=False, loses="post"),
    "it cannot tell, and the answer is lost": Nature(knows=False, loses="answer"),
}


@pytest.mark.parametrize("nature", NATURES.values(), ids=NATURES.keys())
async def test_a_digest_survives_a_death_at_every_step(tmp_path: Path, nature: Nature) -> None:
    async with open_store(tmp_path) as db:
        whole = await due_digest(db, "whole", nature)
        await whole.start(None)
        steps = whole.platform.steps.reached
        await survive(whole, ())
        assert "after the post" in steps or nature.loses == "post"
        for last in range(len(steps)):
            await survive(await due_digest(db, f"dies at {last}", nature), [last])


async def test_a_digest_that_went_well_is_never_posted_again(tmp_path: Path) -> None:
    async with open_store(tmp_path) as db:
        case = await due_digest(db, "circle", Nature())
        for _ in range(5):
            await case.start(None)
        assert case.in_channel == 1
