"""A lead: an outside person on a member's list, its stages and its follow-up clock.

Rule: any logged contact restarts the clock; there is one clock for each lead; days are the member's own.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.ids import LeadId
from bot.domain.workdays import DaysOff, no_holiday, plus_working_days, working_day

FOLLOW_UP_AFTER = 7
PROPOSE_WITHIN = 2
THANK_WITHIN = 1
PROGRESS_AFTER = 7
TRIES = 3
"""After this many unanswered tries the lead closes kindly."""
MOST_TAGS = 3
"""Own words of a member for one lead."""


class Stage(StrEnum):
    """How far a member has come with a lead."""

    NEW = "new"
    ASKED = "asked"
    REPLIED = "replied"
    MEETING = "meeting"
    MET = "met"
    IN_TOUCH = "in-touch"
    CLOSED = "closed"


class KnowsTerm(StrEnum):
    """Whether a lead knows the name that career advisors give to such talks."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not-sure"


class DueReason(StrEnum):
    """Why something is due with a lead.

    A time can be proposed at once, so that is told apart from one that was put off; and so is silence after an answer
    from silence before any.
    """

    FOLLOW_UP = "follow-up"
    GOODBYE = "goodbye"
    PROPOSE_TIME = "propose-time"
    PROPOSE_LATER = "propose-later"
    ASK_AGAIN = "ask-again"
    PROPOSE_AGAIN = "propose-again"
    THANK_YOU = "thank-you"
    PROGRESS = "progress"
    KEEP_IN_TOUCH = "keep-in-touch"


class HelloInterval(StrEnum):
    """How often a member wants to say hello to a lead."""

    TWO_WEEKS = "two-weeks"
    MONTH = "month"
    THREE_MONTHS = "three-months"

    @property
    def days(self) -> int:
        """The days from one hello to the next."""
        return {HelloInterval.TWO_WEEKS: 14, HelloInterval.MONTH: 30, HelloInterval.THREE_MONTHS: 91}[self]


class CloseReason(StrEnum):
    """Why a lead was closed."""

    NO_ANSWER = "no-answer"
    SAID_NO = "said-no"
    NOT_FOR_ME = "not-for-me"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FollowUpClock:
    """Where a lead stands: its stage, the unanswered tries, and what is due on which of the member's days."""

    stage: Stage = Stage.NEW
    tries: int = 0
    due: date | None = None
    reason: DueReason | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A distinct outside person on one member's list."""

    id: LeadId
    name: str
    organisation: str
    why: str
    clock: FollowUpClock
    added: datetime
    knows_term: KnowsTerm = KnowsTerm.NOT_SURE
    source: LeadId | None = None
    notes: str = ""
    closed: datetime | None = None
    close_reason: CloseReason | None = None
    touched: datetime | None = None
    """When it was last changed; None for one that is not kept yet."""
    before: str | None = None
    """Where it stood before the member closed it, so that it can be opened as it was."""
    every: HelloInterval = HelloInterval.MONTH
    tags: tuple[str, ...] = ()
    """The member's own words for them, to find them by."""

    @property
    def stage(self) -> Stage:
        """How far the member has come with this person."""
        return self.clock.stage

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.clock.stage is not Stage.CLOSED


def after_ask(clock: FollowUpClock, today: date, off: DaysOff = no_holiday) -> FollowUpClock:
    """Log one attempt: a follow-up is due in seven days; after the third, a kind goodbye.

    While a meeting is planned, nothing is due.
    """
    if clock.stage is Stage.MEETING:
        return after_plan(clock)
    tries = clock.tries + 1
    stage = Stage.ASKED if clock.stage in {Stage.NEW, Stage.ASKED, Stage.CLOSED} else clock.stage
    answered = stage is Stage.REPLIED or same_thing(clock.reason) in {DueReason.PROPOSE_TIME, DueReason.ASK_AGAIN}
    waits = DueReason.ASK_AGAIN if answered else DueReason.FOLLOW_UP
    reason = DueReason.GOODBYE if tries >= TRIES else waits
    return FollowUpClock(stage, tries, working_day(today + timedelta(days=FOLLOW_UP_AFTER), off), reason)


def after_reply(clock: FollowUpClock, today: date, off: DaysOff = no_holiday) -> FollowUpClock:
    """Log an answer: proposing a time is due in two working days.

    When a meeting is planned, or was held and nothing was asked since, what is due stays.
    """
    met = clock.stage in {Stage.MET, Stage.IN_TOUCH}
    if clock.stage is Stage.MEETING:
        return after_plan(clock)
    if met and not clock.tries:
        return clock
    stage = clock.stage if met else Stage.REPLIED
    return FollowUpClock(stage, 0, plus_working_days(today, PROPOSE_WITHIN, off), DueReason.PROPOSE_TIME)


def after_plan(clock: FollowUpClock) -> FollowUpClock:
    """Log a planned meeting: nothing is due until it was held."""
    return FollowUpClock(Stage.MEETING)


def after_calling_off(today: date, off: DaysOff = no_holiday, *, met: bool) -> FollowUpClock:
    """Log that a planned meeting is off: proposing another day is due in two working days.

    Args:
        today: the member's date.
        off: the days off.
        met: whether they met before.
    """
    return FollowUpClock(
        Stage.MET if met else Stage.REPLIED, 0, plus_working_days(today, PROPOSE_WITHIN, off), DueReason.PROPOSE_AGAIN
    )


def after_meeting(clock: FollowUpClock, held: date) -> FollowUpClock:
    """Log a meeting that was held: a thank-you is due within 24 hours."""
    stage = Stage.IN_TOUCH if clock.stage is Stage.IN_TOUCH else Stage.MET
    return FollowUpClock(stage, 0, held + timedelta(days=THANK_WITHIN), DueReason.THANK_YOU)


def after_done(
    clock: FollowUpClock, today: date, off: DaysOff = no_holiday, *, every: HelloInterval = HelloInterval.MONTH
) -> FollowUpClock:
    """Log that what was due is done."""
    match clock.reason:
        case DueReason.FOLLOW_UP | DueReason.ASK_AGAIN:
            return after_ask(clock, today, off)
        case DueReason.PROPOSE_TIME | DueReason.PROPOSE_LATER | DueReason.PROPOSE_AGAIN:
            return after_ask(clock, today, off)
        case DueReason.THANK_YOU:
            due = working_day(today + timedelta(days=PROGRESS_AFTER), off)
            return replace(clock, due=due, reason=DueReason.PROGRESS)
        case DueReason.PROGRESS | DueReason.KEEP_IN_TOUCH:
            due = working_day(today + timedelta(days=every.days), off)
            return replace(clock, stage=Stage.IN_TOUCH, due=due, reason=DueReason.KEEP_IN_TOUCH)
        case DueReason.GOODBYE:
            return closed(clock)
        case None:
            return clock


def after_thanks(
    clock: FollowUpClock, today: date, off: DaysOff = no_holiday, *, every: HelloInterval = HelloInterval.MONTH
) -> FollowUpClock:
    """Log a thank-you for good news: with who was met, it is the contact from which the next hello is counted."""
    if clock.stage not in {Stage.MET, Stage.IN_TOUCH}:
        return clock
    due = working_day(today + timedelta(days=every.days), off)
    return FollowUpClock(Stage.IN_TOUCH, 0, due, DueReason.KEEP_IN_TOUCH)


def in_rhythm(lead: Lead, every: HelloInterval, today: date, off: DaysOff = no_holiday) -> Lead:
    """Say hello to a lead in another rhythm, counted from the last hello; it begins once they have met.

    Who was met and has nothing due, because the reminders were stopped, is said hello to again.
    """
    clock, last = lead.clock, today
    if clock.reason is DueReason.KEEP_IN_TOUCH and clock.due is not None:
        last = clock.due - timedelta(days=lead.every.days)
    elif clock.stage not in {Stage.MET, Stage.IN_TOUCH} or clock.due is not None:
        return replace(lead, every=every)
    day = max(last + timedelta(days=every.days), today + timedelta(days=1))
    hello = replace(clock, due=working_day(day, off), reason=DueReason.KEEP_IN_TOUCH)
    return replace(lead, every=every, clock=hello)


def not_before(clock: FollowUpClock, day: date) -> FollowUpClock:
    """Move what is due before a day to that day, so that what is logged late is still said once."""
    return replace(clock, due=day) if clock.due is not None and clock.due < day else clock


def snoozed(clock: FollowUpClock, until: date) -> FollowUpClock:
    """Put off what is due; nothing changes when nothing is due."""
    if clock.due is None:
        return clock
    proposing = same_thing(clock.reason) is DueReason.PROPOSE_TIME
    return replace(clock, due=until, reason=DueReason.PROPOSE_LATER if proposing else clock.reason)


def same_thing(reason: DueReason | None) -> DueReason | None:
    """Return the same reason for all that ask to propose a time, put off or not; any other stays as it is."""
    return DueReason.PROPOSE_TIME if reason in {DueReason.PROPOSE_LATER, DueReason.PROPOSE_AGAIN} else reason


def stopped(clock: FollowUpClock) -> FollowUpClock:
    """Stop the reminders of a lead until the next contact."""
    return replace(clock, due=None, reason=None)


def closed(clock: FollowUpClock) -> FollowUpClock:
    """Close a lead; nothing is due any more."""
    return FollowUpClock(Stage.CLOSED, clock.tries)


def reopened(before: FollowUpClock | None, today: date, *, asked: bool, met: bool) -> FollowUpClock:
    """Take a closed lead up where it stood; one who never answered, or said no, is tried anew.

    Args:
        before: where it stood when the member closed it; None when it closed in another way.
        today: the member's date.
        asked: whether they were asked, as it is told now.
        met: whether they met, as it is told now.
    """
    stood = before is not None and {Stage.ASKED: asked, Stage.MET: met, Stage.IN_TOUCH: met}.get(before.stage, True)
    if before is None or not stood or before.reason is DueReason.GOODBYE:
        return FollowUpClock(Stage.MET if met else Stage.NEW)
    return not_before(before, today)


def write_clock(clock: FollowUpClock) -> str:
    """Write a clock as JSON, so that it can be put back later."""
    return json.dumps(asdict(clock), default=str)


def read_clock(clock_json: str) -> FollowUpClock:
    """Read a clock that `write_clock` wrote."""
    fields = json.loads(clock_json)
    due = date.fromisoformat(fields["due"]) if fields["due"] else None
    return FollowUpClock(
        Stage(fields["stage"]), fields["tries"], due, DueReason(fields["reason"]) if fields["reason"] else None
    )
