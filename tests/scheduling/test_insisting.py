"""What was heard is kept, though the database cannot do it at first."""

import pytest

from bot.scheduling import insisting
from bot.store.errors import Busy, Closed, NotSaved, StoreError


@pytest.mark.parametrize(
    ("faults", "tries"),
    [((), 1), ((NotSaved,), 2), ((Busy, NotSaved, NotSaved), 4), ((NotSaved,) * 4, 4), ((Closed,), 1)],
)
async def test_what_cannot_be_kept_is_tried_some_times_and_no_more_where_the_store_is_closed(
    monkeypatch: pytest.MonkeyPatch, faults: tuple[type[StoreError], ...], tries: int
) -> None:
    monkeypatch.setattr(insisting, "PAUSES", (0.0, 0.0, 0.0))
    coming, tried = list(faults), list[int]()

    async def work() -> str:
        tried.append(1)
        if coming:
            raise coming.pop(0)
        return "kept"

    if len(faults) < tries:
        assert await insisting.insist(work) == "kept"
    else:
        with pytest.raises(NotSaved):
            await insisting.insist(work)
    assert len(tried) == tries
