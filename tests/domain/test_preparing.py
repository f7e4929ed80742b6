"""The few questions of a talk, and what counts in the figures of many."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.ids import LeadId, MeetingId
from bot.domain.meeting import Meeting, MeetingState, MoreTalkative, WorkKnown
from bot.domain.preparing import read_questions, talk_figures, write_questions


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("How did you begin?\nWhat is hard?", ["How did you begin?", "What is hard?"]),
        ("How did you begin? What is hard?", ["How did you begin?", "What is hard?"]),
        ("1. How did you begin?\n2) What is hard?\n- Your team", ["How did you begin?", "What is hard?", "Your team"]),
        ("Comment avez-vous commencé ?  Qu'aimez-vous ?", ["Comment avez-vous commencé ?", "Qu'aimez-vous ?"]),
        ("  \n\n", []),
        ("The salary\n\nThe team", ["The salary", "The team"]),
    ],
)
def test_questions_are_read_as_people_write_them(typed: str, read: list[str]) -> None:
    assert read_questions(typed) == read


@given(st.text(alphabet="ab?؟ 1.-\n", max_size=60))
def test_questions_that_were_kept_are_read_back_the_same(typed: str) -> None:
    once = read_questions(typed)
    assert read_questions(write_questions(once) or "") == once


def held(lead: str, talked: MoreTalkative | None = None, knows: WorkKnown | None = None) -> Meeting:
    return Meeting(MeetingId("m"), LeadId(lead), MeetingState.HELD, talked=talked, knows=knows)


def test_only_answered_talks_count_for_clarity() -> None:
    figures = talk_figures([held("a", knows=WorkKnown.YES), held("b", knows=WorkKnown.NOT_SURE), held("c")], set())
    assert (figures.held, figures.answered, figures.clear) == (3, 2, 1)


def test_a_second_talk_is_staying_in_touch() -> None:
    talks = [
        held("a", MoreTalkative.THEM),
        held("a", MoreTalkative.ME),
        held("b", MoreTalkative.THEM),
        held("c", MoreTalkative.THEM),
    ]
    figures = talk_figures(talks, {LeadId("c")})
    assert (figures.they_talked, figures.they_talked_in_touch) == (3, 2)


def test_planned_and_undone_talks_count_nowhere() -> None:
    other = [Meeting(MeetingId("m"), LeadId("a"), state, talked=MoreTalkative.THEM) for state in MeetingState]
    assert talk_figures(other, set()).held == 1


@pytest.mark.parametrize(("talks", "compares"), [(7, False), (8, True)])
def test_talks_are_compared_from_eight_on(talks: int, *, compares: bool) -> None:
    figures = talk_figures([held(f"l{n}", MoreTalkative.THEM) for n in range(talks)], set())
    assert figures.compares is compares
