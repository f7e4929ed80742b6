"""A meeting with a lead: planned, then held and logged."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import LeadId, MeetingId


class Reached(StrEnum):
    """Whether the goal of a meeting was reached."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Talked(StrEnum):
    """Who talked more."""

    THEM = "them"
    EVEN = "even"
    ME = "me"


class Knows(StrEnum):
    """Whether they now know which work the member wants."""

    YES = "yes"
    NOT_SURE = "not-sure"
    NO = "no"


class MeetingState(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    UNDONE = "undone"


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
    """Where the lead stood before the meeting was logged, so that it can be undone."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One talk with a lead."""

    id: MeetingId
    lead: LeadId
    state: MeetingState
    planned_for: datetime | None = None
    held_at: datetime | None = None
    logged_at: datetime | None = None
    reached: Reached | None = None
    talked: Talked | None = None
    knows: Knows | None = None
    notes: Notes = Notes()

    @property
    def at(self) -> datetime | None:
        """When it was held, or is planned."""
        return self.held_at or self.planned_for
