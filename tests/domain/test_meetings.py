"""A meeting is planned, moved, called off, told and taken back; what was prepared is never lost on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.ids import LeadId, MeetingId
from bot.domain.meeting import (
    GoalReached,
    Meeting,
    MeetingState,
    MoreTalkative,
    Notes,
    WorkKnown,
    as_planned,
    moved,
    off,
    prepared_alike,
)

NOW = datetime(2026, 3, 11, 14, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SHEET = Notes(place="the library", goal="their tools", fallback="a good hour", questions="How did you begin?")
PLANNED = Meeting(MeetingId("m"), LeadId("l"), MeetingState.PLANNED, NOW, notes=SHEET, sequence=3, asked_at=LATER)
TOLD = replace(
    PLANNED,
    state=MeetingState.HELD,
    held_at=NOW,
    logged_at=LATER,
    reached=GoalReached.YES,
    talked=MoreTalkative.ME,
    knows=WorkKnown.NO,
    notes=replace(SHEET, human="a dog", names="Tom", want="rivers", no_longer="sales", before="asked"),
)


def test_a_meeting_that_is_taken_back_is_planned_with_its_sheet_as_before() -> None:
    assert as_planned(TOLD) == PLANNED


def test_a_meeting_that_was_only_told_is_not_there_when_it_is_taken_back() -> None:
    alone = replace(TOLD, planned_for=None, notes=replace(TOLD.notes, goal=None))
    assert as_planned(alone) == replace(alone, state=MeetingState.UNDONE)
    prepared = replace(TOLD, planned_for=None)
    assert as_planned(prepared) == replace(PLANNED, planned_for=None)


def test_a_meeting_begins_with_the_sheet_of_one_that_was_called_off() -> None:
    fresh = Meeting(MeetingId("n"), LeadId("l"), MeetingState.PLANNED, LATER)
    assert prepared_alike(fresh, off(PLANNED)).notes == replace(SHEET, place=None)
    assert prepared_alike(fresh, PLANNED) == fresh
    assert prepared_alike(fresh, None) == fresh


def test_calendars_are_told_of_every_change_and_of_nothing_else() -> None:
    assert moved(PLANNED, NOW, None) == PLANNED
    assert moved(PLANNED, NOW, "the library") == PLANNED
    assert moved(PLANNED, NOW, "my place") == replace(PLANNED, notes=replace(SHEET, place="my place"), sequence=4)
    assert moved(PLANNED, LATER, None) == replace(PLANNED, planned_for=LATER, sequence=4, asked_at=None)
    assert off(PLANNED) == replace(PLANNED, state=MeetingState.OFF, sequence=4)
    first = Meeting(MeetingId("n"), LeadId("l"), MeetingState.PLANNED)
    assert moved(first, NOW, "the library") == replace(first, planned_for=NOW, notes=Notes(place="the library"))


def test_a_meeting_is_when_it_was_held_or_else_when_it_is_planned() -> None:
    assert (replace(TOLD, held_at=LATER).at, PLANNED.at, replace(PLANNED, planned_for=None).at) == (LATER, NOW, None)
