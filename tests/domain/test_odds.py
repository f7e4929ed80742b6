"""What a member may expect, and where they are going, from what they noted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.compass import compass
from bot.domain.ids import LeadId, MeetingId
from bot.domain.lead import FollowUpClock, Lead
from bot.domain.meeting import Meeting, MeetingState, Notes
from bot.domain.odds import Odds

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "replied", "one_in", "for_chats"),
    [(0, 0, 3, 6), (12, 3, 4, 8), (3, 1, 3, 6), (1, 1, 2, 4), (20, 0, 23, 46), (10, 10, 1, 2), (5, 3, 2, 4)],
)
def test_the_odds_are_whole_numbers_a_person_can_use(sent: int, replied: int, one_in: int, for_chats: int) -> None:
    odds = Odds(sent, replied)
    assert (odds.one_in, odds.for_chats) == (one_in, for_chats)


@given(st.integers(0, 500).flatmap(lambda sent: st.tuples(st.just(sent), st.integers(0, sent))))
def test_one_more_answer_never_makes_the_odds_worse(counts: tuple[int, int]) -> None:
    sent, replied = counts
    before, after = Odds(sent, replied), Odds(sent + 1, replied + 1)
    assert after.one_in <= before.one_in
    assert after.for_chats <= before.for_chats
    assert before.for_chats >= 2
    assert before.one_in >= 1


def lead(name: str, source: str | None = None) -> Lead:
    given_by = LeadId(source) if source else None
    return Lead(LeadId(name), name, "Nordik", "good work", FollowUpClock(), NOW, source=given_by)


def talk(who: str, day: int, **notes: str) -> Meeting:
    at = NOW + timedelta(days=day)
    return Meeting(MeetingId(f"{who}{day}"), LeadId(who), MeetingState.HELD, held_at=at, notes=Notes(**notes))


def test_the_compass_is_in_the_order_learned() -> None:
    talks = [talk("b", 5, want="field work"), talk("a", 1, want="any work"), talk("c", 9, no_longer="an office")]
    read = compass(talks, [])
    assert [learned.words for learned in read.want] == ["any work", "field work"]
    assert [learned.words for learned in read.no_longer] == ["an office"]


def test_a_name_counts_once_whether_noted_or_listed() -> None:
    people = [lead("a"), lead("priya", "a"), lead("tom", "a"), lead("x", "never-met")]
    read = compass([talk("a", 1, names="Priya at Hydro"), talk("a", 2, names="Priya at Hydro")], people)
    assert (read.talks, read.new_names, read.names_hoped_for) == (2, 2, 6)


def test_a_talk_that_was_planned_or_taken_back_teaches_nothing() -> None:
    gone = Meeting(MeetingId("m"), LeadId("a"), MeetingState.UNDONE, held_at=NOW, notes=Notes(want="gold"))
    assert compass([gone], []).talks == 0
