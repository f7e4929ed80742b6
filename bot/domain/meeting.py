"""A meeting with a lead: planned, perhaps moved or called off, then held and logged."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import LeadId, MeetingId


class GoalReached(StrEnum):
    """Whether the goal of a meeting was reached."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class MoreTalkative(StrEnum):
    """Who talked more."""

    THEM = "them"
    EVEN = "even"
    ME = "me"


class WorkKnown(StrEnum):
    """Whether they now know which work the member wants."""

    YES = "yes"
    NOT_SURE = "not-sure"
    NO = "no"


class MeetingState(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    UNDONE = "undone"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Notes:
    """What a member wrote about a meeting; None where nothing was written."""

    place: str | None = None
    goal: str | None = None
    fallback: str | None = None
    """What would make it a good hour, if no job and no new name comes of it."""
    questions: str | None = None
    """One a line."""
    human: str | None = None
    names: str | None = None
    want: str | None = None
    no_longer: str | None = None
    before: str | None = None
    """Where the lead stood before the meeting was logged or cancelled, so that it can be undone."""
    unplan: str | None = None
    """How the meeting and its lead were before it was planned or moved last, so that it can be undone."""
    off_with: str | None = None
    """The lead whose closing called it off, so that it is there again when the lead is."""


SHEET = ("goal", "fallback", "questions")
"""What is written before a talk."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One talk with a lead."""

    id: MeetingId
    lead: LeadId
    state: MeetingState
    planned_for: datetime | None = None
    held_at: datetime | None = None
    logged_at: datetime | None = None
    """When the member told that it was held, or cancelled it."""
    reached: GoalReached | None = None
    talked: MoreTalkative | None = None
    knows: WorkKnown | None = None
    notes: Notes = Notes()
    sequence: int = 0
    """How often its day, hour or place changed; calendars take the highest for the truth."""
    asked_at: datetime | None = None
    """When the member was asked whether it took place."""
    planned_at: datetime | None = None
    """When the member planned or moved it last."""

    @property
    def at(self) -> datetime | None:
        """When it was held, or is planned."""
        return self.held_at or self.planned_for


def moved(meeting: Meeting, to: datetime, place: str | None) -> Meeting:
    """Plan a meeting, or move one that is planned; without a place it keeps the one it has."""
    notes = replace(meeting.notes, place=place or meeting.notes.place)
    same = meeting.planned_for is None or (meeting.planned_for, meeting.notes.place) == (to, notes.place)
    # At a new hour the member is asked once more whether it took place.
    asked = meeting.asked_at if meeting.planned_for == to else None
    sequence = meeting.sequence if same else meeting.sequence + 1
    return replace(meeting, planned_for=to, notes=notes, sequence=sequence, asked_at=asked)


def unplanned(meeting: Meeting, earlier: Meeting) -> Meeting:
    """Take back the last planning: it has its earlier day again, or none when it was only prepared, or is off."""
    notes = replace(meeting.notes, unplan=earlier.notes.unplan, place=earlier.notes.place)
    day, at = earlier.planned_for, earlier.planned_at
    before = replace(meeting, planned_for=day, planned_at=at, notes=notes, sequence=meeting.sequence + 1)
    prepared = any((notes.goal, notes.fallback, notes.questions))
    return before if day is not None or prepared else replace(before, state=MeetingState.OFF)


def notes_beside(meeting: Meeting, prepared: Meeting) -> Notes | None:
    """Put what was prepared for another talk into the notes of one; None where the two differ, so that no word is lost."""
    own, others = ({name: getattr(talk.notes, name) for name in SHEET} for talk in (meeting, prepared))
    if any(own[name] and others[name] and own[name] != others[name] for name in SHEET):
        return None
    return replace(meeting.notes, **{name: own[name] or others[name] for name in SHEET})


def off(meeting: Meeting, *, with_lead: bool = False) -> Meeting:
    """Call a meeting off, alone or because its lead is closed."""
    notes = replace(meeting.notes, off_with=meeting.lead if with_lead else None)
    return replace(meeting, state=MeetingState.OFF, notes=notes, sequence=meeting.sequence + 1)


def on_again(meeting: Meeting, now: datetime) -> Meeting | None:
    """Plan a meeting again that ended with its lead; None when it did not, or when its time is over."""
    over = meeting.planned_for is not None and meeting.planned_for <= now
    if meeting.state is not MeetingState.OFF or not meeting.notes.off_with or over:
        return None
    notes = replace(meeting.notes, off_with=None)
    return replace(meeting, state=MeetingState.PLANNED, notes=notes, sequence=meeting.sequence + 1)


def cancelled(meeting: Meeting, now: datetime, before: str) -> Meeting:
    """Note when a meeting that is called off was cancelled, and where its lead stood, so that it can be taken back."""
    return replace(meeting, logged_at=now, notes=replace(meeting.notes, before=before))


def put_back(meeting: Meeting) -> Meeting:
    """Take back that a meeting was cancelled."""
    notes = replace(meeting.notes, before=None)
    return replace(meeting, state=MeetingState.PLANNED, logged_at=None, notes=notes, sequence=meeting.sequence + 1)


def as_planned(meeting: Meeting) -> Meeting:
    """Take back the log of a meeting: it is planned or prepared as before, or undone when it was neither."""
    notes = meeting.notes
    if meeting.planned_for is None and notes.goal is None:
        return replace(meeting, state=MeetingState.UNDONE)
    ready = Notes(notes.place, notes.goal, notes.fallback, notes.questions, unplan=notes.unplan)
    planned = Meeting(meeting.id, meeting.lead, MeetingState.PLANNED, meeting.planned_for, notes=ready)
    return replace(planned, sequence=meeting.sequence, asked_at=meeting.asked_at, planned_at=meeting.planned_at)


def prepared_alike(meeting: Meeting, earlier: Meeting | None) -> Meeting:
    """Begin a meeting with the sheet of one that was called off, so that what was prepared is not lost."""
    if earlier is None or earlier.state is not MeetingState.OFF:
        return meeting
    ready = earlier.notes
    return replace(meeting, notes=Notes(goal=ready.goal, fallback=ready.fallback, questions=ready.questions))
