"""A community the bot was taken out of."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.lead import KnowsTerm
from bot.engine.replanning import replan_touched
from bot.engine.tokens import Signer
from bot.features import everything
from bot.scheduling import leaving
from bot.scheduling.planning import BATCH, Planner
from bot.store import agenda, communities, leads
from bot.store.database import Tx
from bot.store.tables import METADATA, tombstones
from tests.support.store import NOW, someone

SIGNER = Signer((b"k" * 32,))
PLANNER = Planner(everything().schedules, SIGNER)


def live(tx: Tx, place: str, now: datetime = NOW) -> str:
    """Fill a community a little, with a digest on its agenda."""
    who = someone(tx, platform_id=place)
    leads.add(tx, who, leads.NewLead("Dana R.", "Nordik", "rivers", None, KnowsTerm.NOT_SURE), NOW)
    communities.set_up(
        tx, who, zone="UTC", language="en", second_language=None, digest_channel="digest", digest_at=None
    )
    replan_touched(tx, everything().schedules, now)
    return who.community


def rows(tx: Tx, community: str) -> int:
    tables = [table for table in METADATA.sorted_tables if "community_id" in table.c and table is not tombstones]
    return sum(
        tx.execute(sa.select(sa.func.count()).where(table.c.community_id == community)).scalar_one() for table in tables
    )


def erased(tx: Tx, now: datetime) -> int:
    """Erase what was left long enough ago; tells how many communities."""
    due = [timed for timed in agenda.due(tx, now, BATCH) if timed.kind == agenda.ERASURE]
    PLANNER.plan(tx, due, now)
    return len(due)


def test_only_the_community_that_was_left_is_erased_and_only_after_thirty_days(tx: Tx):
    gone, stays = live(tx, "gone"), live(tx, "stays")
    before = rows(tx, stays)
    assert leaving.leave(tx, everything(), "console", "gone", NOW)
    assert erased(tx, NOW + timedelta(days=29, hours=23)) == 0
    assert rows(tx, gone) > 0
    assert erased(tx, NOW + timedelta(days=30)) == 1
    assert rows(tx, gone) == 0
    assert communities.find(tx, "console", "gone") is None
    assert rows(tx, stays) == before
    (stone,) = tx.execute(sa.select(tombstones)).all()
    assert (stone.community_id, stone.kind) == (gone, "community"), "a restore erases it again"


def test_nothing_is_due_any_more_in_a_community_that_was_left(tx: Tx):
    live(tx, "gone")
    leaving.leave(tx, everything(), "console", "gone", NOW)
    assert PLANNER.plan_due(tx, NOW + timedelta(days=8)) == 0
    assert agenda.earliest(tx) == NOW + leaving.KEPT_FOR


def test_a_community_that_takes_the_bot_back_is_never_erased(tx: Tx):
    gone = live(tx, "gone")
    planned = agenda.earliest(tx)
    leaving.leave(tx, everything(), "console", "gone", NOW)
    assert leaving.come_back(tx, everything(), "console", "gone", NOW + timedelta(days=2))
    assert agenda.earliest(tx) == planned
    assert erased(tx, NOW + timedelta(days=400)) == 0
    assert rows(tx, gone) > 0


def test_a_first_digest_does_not_come_earlier_because_the_bot_was_taken_out(tx: Tx):
    morning = NOW - timedelta(hours=2)
    live(tx, "gone", morning)
    planned = agenda.earliest(tx)
    assert planned == NOW + timedelta(days=7) - timedelta(minutes=30), "and not today, before there is anything to tell"
    leaving.leave(tx, everything(), "console", "gone", morning)
    assert leaving.come_back(tx, everything(), "console", "gone", morning + timedelta(minutes=30))
    assert agenda.earliest(tx) == planned


def test_leaving_or_coming_back_twice_changes_nothing(tx: Tx):
    live(tx, "gone")
    assert not leaving.come_back(tx, everything(), "console", "gone", NOW)
    assert leaving.leave(tx, everything(), "console", "gone", NOW)
    assert not leaving.leave(tx, everything(), "console", "gone", NOW + timedelta(days=5))
    assert agenda.earliest(tx) == NOW + leaving.KEPT_FOR, "the thirty days count from the first time"
    assert not leaving.leave(tx, everything(), "console", "never heard of", NOW)
