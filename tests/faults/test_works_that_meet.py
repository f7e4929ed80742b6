"""Works of two bots that meet; `make soak` tries all kinds, many times, and takes the locks away to see that it is noticed."""

from pathlib import Path

import pytest

from tests.faults.kinds_that_meet import (
    a_member_adds_while_they_are_linked,
    everything_is_changed_while_a_member_adds,
    two_members_want_one_nickname,
    two_people_meet_the_bot_in_a_new_place,
)
from tests.faults.meeting import Kind, at_once, differences, in_order, two_bots

pytestmark = pytest.mark.server_only
TIMES = 2


@pytest.mark.parametrize(
    "kind",
    [
        two_members_want_one_nickname,
        two_people_meet_the_bot_in_a_new_place,
        a_member_adds_while_they_are_linked,
        everything_is_changed_while_a_member_adds,
    ],
)
async def test_what_comes_of_works_that_meet_is_what_comes_of_one_after_the_other(tmp_path: Path, kind: Kind):
    async with two_bots(tmp_path) as bots:
        allowed = await in_order(bots, kind)
        for _ in range(TIMES):
            outcome = await at_once(bots, kind)
            assert outcome in allowed, differences(outcome, allowed)
