"""The same person is added once; the one thing to do now; names as people write them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, strategies as st

from bot.domain.ids import LeadId
from bot.domain.lead import DueReason, FollowUpClock, Lead, Stage
from bot.domain.next_step import NextReason, next_step
from tests.domain.made import clocks, names
from tests.support.present import present

TODAY = date(2026, 3, 11)
ADDED = datetime(2026, 3, 1, tzinfo=UTC)
words = st.text(st.characters(categories=("L",)), min_size=1, max_size=8)
leads = st.lists(
    st.builds(
        lambda id_, name, clock, days: Lead(
            LeadId(str(id_)), name, "Nordik", "why", clock, ADDED + timedelta(days=days)
        ),
        st.uuids(),
        names,
        clocks,
        st.integers(0, 9),
    ),
    max_size=8,
)


@given(leads)
def test_the_one_thing_to_do_now_is_due_or_waits_longest(people):
    step = next_step(people, TODAY)
    due = [lead for lead in people if lead.is_open and lead.clock.due and lead.clock.due <= TODAY]
    theirs = {DueReason.PROPOSE_LATER, DueReason.ASK_AGAIN, DueReason.GOODBYE}
    waiting = [lead for lead in people if lead.clock.reason not in theirs]
    replied = [lead for lead in waiting if lead.stage is Stage.REPLIED]
    new = [lead for lead in waiting if lead.stage is Stage.NEW]
    if step is None:
        assert not due
        assert not replied
        assert not new
    elif due:
        assert step.lead in due
        assert step.reason is NextReason.DUE
    else:
        chosen = replied or new
        assert step.lead in chosen
        assert step.lead.added == min(lead.added for lead in chosen)
        assert step.reason is (NextReason.ANSWERED if replied else NextReason.NEVER_ASKED)


@given(leads)
def test_the_order_of_the_list_changes_nothing(people):
    assert next_step(people, TODAY) == next_step(people[::-1], TODAY)


def test_thanks_come_before_everything_else():
    leads = [
        Lead(LeadId(reason), reason, "Nordik", "why", FollowUpClock(Stage.MET, 0, TODAY, reason), ADDED)
        for reason in DueReason
    ]
    assert present(next_step(leads, TODAY)).lead.clock.reason is DueReason.THANK_YOU
