"""Two thousand times 64 random bytes in a file that was lived in: each is noticed, or changes no row."""

from collections import Counter
from pathlib import Path

from tests.support.damage import HARMLESS, NOTICED, scribbled, tried
from tests.support.store import RING, begin_from_template
from tests.support.world import file_of_the_world

TRIALS = 2_000


async def test_two_thousand_damages_are_noticed_or_change_no_row(tmp_path: Path) -> None:
    begin_from_template(tmp_path, RING)
    whole = await file_of_the_world()
    seen = Counter([await tried(tmp_path, whole, scribbled(whole, 10_000 + number)) for number in range(TRIALS)])
    assert seen[NOTICED] + seen[HARMLESS] == TRIALS
    assert seen[NOTICED] > TRIALS / 5
