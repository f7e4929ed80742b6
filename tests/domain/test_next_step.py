"""The one thing to do now is chosen in a fixed order, and always the same for the same list."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.chain import chain, makes_circle, passed_on
from bot.domain.ids import LeadId, MeetingId
from bot.domain.lead import DueReason, FollowUpClock, Lead, Stage
from bot.domain.meeting import Meeting, MeetingState, Notes
from bot.domain.next_step import NextReason, next_step

NOW = datetime(2026, 3, 11, 14, tzinfo=UTC)
TODAY = date(2026, 3, 11)


def lead(name: str, stage: Stage = Stage.NEW, due: DueReason | None = None, source: str | None = None) -> Lead:
    clock = FollowUpClock(stage, due=TODAY if due else None, reason=due)
    return Lead(LeadId(name), name, "Nordik", "good work", clock, NOW, source=LeadId(source) if source else None)


def planned(name: str, hours: float, goal: str | None = None) -> Meeting:
    at = NOW + timedelta(hours=hours)
    return Meeting(MeetingId(name), LeadId(name), MeetingState.PLANNED, at, notes=Notes(goal=goal))


PEOPLE = [
    lead("new"),
    lead("replied", Stage.REPLIED),
    lead("near", Stage.MEETING),
    lead("due", Stage.ASKED, DueReason.FOLLOW_UP),
    lead("thanks", Stage.MET, DueReason.THANK_YOU),
    lead("over", Stage.MEETING),
]
TALKS = [planned("over", -2), planned("near", 30)]


@pytest.mark.parametrize(
    ("without", "first", "reason"),
    [
        (0, "over", NextReason.MEETING_OVER),
        (1, "thanks", NextReason.DUE),
        (2, "due", NextReason.DUE),
        (3, "near", NextReason.PREPARE),
        (4, "replied", NextReason.ANSWERED),
        (5, "new", NextReason.NEVER_ASKED),
    ],
)
def test_a_talk_that_is_over_comes_first_and_a_new_name_last(without: int, first: str, reason: NextReason) -> None:
    step = next_step(PEOPLE[: len(PEOPLE) - without], TODAY, TALKS, NOW)
    assert step is not None
    assert (step.lead.name, step.reason) == (first, reason)


@pytest.mark.parametrize(("hours", "asks"), [(48, True), (48.01, False), (0.01, True), (0, False)])
def test_a_talk_is_prepared_within_two_days(hours: float, *, asks: bool) -> None:
    step = next_step([lead("near", Stage.MEETING)], TODAY, [planned("near", hours)], NOW)
    assert (step is not None) is asks
    assert next_step([lead("near", Stage.MEETING)], TODAY, [planned("near", hours)]) is None


@pytest.mark.parametrize(("hours", "over"), [(-1, True), (-0.99, False)])
def test_a_talk_is_over_an_hour_after_it_began(hours: float, *, over: bool) -> None:
    step = next_step([lead("over", Stage.MEETING)], TODAY, [planned("over", hours)], NOW)
    assert (step is not None and step.reason is NextReason.MEETING_OVER) is over


def test_of_what_is_due_the_most_urgent_comes_first_and_then_the_longest_waiting() -> None:
    late = replace(
        lead("late", Stage.ASKED, DueReason.FOLLOW_UP),
        clock=FollowUpClock(Stage.ASKED, 1, date(2026, 3, 1), DueReason.FOLLOW_UP),
    )
    people = [lead("progress", Stage.MET, DueReason.PROGRESS), lead("today", Stage.ASKED, DueReason.FOLLOW_UP), late]
    assert [step.lead.name for step in (next_step(people, TODAY), next_step(people[:2], TODAY)) if step] == [
        "late",
        "today",
    ]
    tomorrow = replace(late, clock=replace(late.clock, due=TODAY + timedelta(days=1)))
    assert next_step([tomorrow], TODAY) is None


def test_the_longest_waiting_comes_first_and_then_the_alphabet() -> None:
    people = [lead("Zoe"), lead("ana"), replace(lead("old"), added=NOW - timedelta(days=1))]
    names = []
    while people:
        step = next_step(people, TODAY)
        assert step is not None
        names.append(step.lead.name)
        people.remove(step.lead)
    assert names == ["old", "ana", "Zoe"]


@pytest.mark.parametrize("reason", [DueReason.PROPOSE_LATER, DueReason.ASK_AGAIN, DueReason.GOODBYE])
def test_who_answered_does_not_wait_while_their_turn_was_put_off(reason: DueReason) -> None:
    waits = replace(lead("waits"), clock=FollowUpClock(Stage.REPLIED, 1, TODAY + timedelta(days=3), reason))
    assert next_step([waits], TODAY) is None


@pytest.mark.parametrize("meeting", [planned("near", 60), planned("near", 30, "their tools"), planned("near", -0.5)])
def test_a_talk_far_away_or_ready_or_running_asks_for_nothing(meeting: Meeting) -> None:
    assert next_step([lead("near", Stage.MEETING)], TODAY, [meeting], NOW) is None


def test_the_talk_of_a_closed_person_asks_for_nothing() -> None:
    assert next_step([lead("over", Stage.CLOSED)], TODAY, TALKS, NOW) is None


def test_of_two_talks_at_one_moment_one_is_always_first() -> None:
    people = [lead("a", Stage.MEETING), lead("b", Stage.MEETING)]
    talks = [planned("b", -2), planned("a", -2)]
    for talks_in_order in (talks, talks[::-1]):
        step = next_step(people, TODAY, talks_in_order, NOW)
        assert step is not None
        assert step.lead.name == "a"


@given(st.permutations(PEOPLE), st.permutations(TALKS))
def test_the_order_of_the_list_changes_nothing(people: list[Lead], talks: list[Meeting]) -> None:
    assert next_step(people, TODAY, talks, NOW) == next_step(PEOPLE, TODAY, TALKS, NOW)


def test_a_chain_goes_back_to_the_first_name() -> None:
    people = {
        person.id: person for person in (lead("rosa"), lead("daniel", source="rosa"), lead("priya", source="daniel"))
    }
    chained = chain(people[LeadId("priya")], people.get)
    assert [person.name for person in chained] == ["priya", "daniel", "rosa"]
    assert [(giver.name, new.name) for giver, new in passed_on(chained)] == [("daniel", "priya"), ("rosa", "daniel")]


def test_a_chain_is_followed_a_thousand_steps() -> None:
    people = {LeadId(str(n)): lead(str(n), source=str(n + 1)) for n in range(1_200)}
    assert len(chain(people[LeadId("0")], people.get)) == 1_000


def test_nobody_is_given_by_somebody_who_is_not_there() -> None:
    assert makes_circle(LeadId("rosa"), LeadId("unknown"), {LeadId("rosa"): lead("rosa")}.get)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_no_names_ever_go_round_in_a_circle(pairs: list[tuple[int, int]]) -> None:
    people = {LeadId(str(n)): lead(str(n)) for n in range(8)}
    for given_name, source in pairs:
        named, giver = LeadId(str(given_name)), LeadId(str(source))
        if not makes_circle(named, giver, people.get):
            people[named] = replace(people[named], source=giver)
    for person in people.values():
        assert chain(person, people.get)[-1].source is None
