"""Logs asks and answers, and moves the lead's follow-up clock; taking one back restores the clock of before."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain.ask import AnswerKind, Wording
from bot.domain.lead import (
    CloseReason,
    DueReason,
    FollowUpClock,
    Lead,
    Stage,
    after_ask,
    after_calling_off,
    after_reply,
    closed,
    not_before,
    read_clock,
    reopened,
    write_clock,
)
from bot.domain.meeting import Meeting
from bot.domain.week import local_to_utc
from bot.engine.call import Call
from bot.engine.holidays import days_off
from bot.features.people.off_and_on import plan_again
from bot.features.people.wording import why_due
from bot.features.week import RecordedWeek, record
from bot.store import asks, events, leads, meetings
from bot.store.asks import Ask
from bot.ui.reply import Fields
from bot.ui.text import Text, t, tn
from bot.ui.values import Day


@dataclass(frozen=True, slots=True)
class LoggedAsk:
    """An ask that was logged: its id, the lead after it, its number among the asks to them, its day and week."""

    id: str
    lead: Lead
    number: int
    day: date
    recorded: RecordedWeek


def log_ask(call: Call, lead: Lead, wording: Wording | None = None, when: date | None = None) -> LoggedAsk:
    """Log that the member wrote to a lead on a day in the member's zone; None is today."""
    day = when or call.today
    # An earlier day has no hour. Noon is on the same date in most zones, so it falls into the week that was meant.
    sent = call.now if day == call.today else local_to_utc(day, time(12), call.zone)
    ask = asks.add(call.tx, call.who, lead.id, wording, sent, write_clock(lead.clock))
    recorded = record(call, events.ASK, lead=lead.id, row_id=ask, day=when)
    clock = lead.clock
    if not _stays_due(call, lead, day):
        clock = _from_tomorrow(call, after_ask(clock, day, days_off(call.community.holidays)))
    after = keep_clock(call, lead, clock)
    return LoggedAsk(ask, after, len(asks.to_lead(call.tx, call.who, lead.id)), day, recorded)


def _stays_due(call: Call, lead: Lead, day: date) -> bool:
    """Tell whether a message of a day changes nothing that is due, because the lead answered or talked since.

    A message of the day of a talk is no thank-you for it, so that one stays due.
    """
    answers = [ask.replied for ask in asks.to_lead(call.tx, call.who, lead.id)]
    talks = [meeting.held_at for meeting in meetings.with_lead(call.tx, call.who, lead.id)]
    answered = any(at is not None and at.astimezone(call.zone).date() > day for at in answers)
    talked = any(at is not None and at.astimezone(call.zone).date() >= day for at in talks)
    if day == call.today:
        return talked and lead.clock.reason is DueReason.THANK_YOU
    return answered or talked


def log_answer(call: Call, lead: Lead, ask: Ask, answer: AnswerKind, when: date | None = None) -> Lead:
    """Log that a lead answered an ask; a second answer replaces the first one, which keeps its time."""
    if ask.replied is None:
        record(call, events.REPLY, lead=lead.id, row_id=ask.id, day=when)
        ask = replace(ask, replied=call.now, answer=answer, before_answer=write_clock(lead.clock))
    elif ask.answer is not answer:
        ask = asks.changed(ask, answer, write_clock(lead.clock), call.now)
    asks.save_answer(call.tx, call.who, ask)
    return keep_clock(call, lead, _clock_after_answer(call, lead.clock, answer, when or call.today))


def _clock_after_answer(call: Call, clock: FollowUpClock, answer: AnswerKind, day: date) -> FollowUpClock:
    """Move the clock for an answer: a "no" closes the lead, anything else makes the next step due."""
    if answer is AnswerKind.NO:
        return closed(clock)
    after = after_reply(clock, day, days_off(call.community.holidays))
    return after if after == clock else _from_tomorrow(call, after)


def _from_tomorrow(call: Call, clock: FollowUpClock) -> FollowUpClock:
    """Move a due day that is already over to tomorrow, the first morning on which a reminder can still come."""
    return not_before(clock, call.today + timedelta(days=1))


def keep_clock(call: Call, lead: Lead, clock: FollowUpClock) -> Lead:
    """Save a lead with a new clock; the clock's stage decides whether the lead is open or closed."""
    # `before` is the clock that "open again" restores, so only a closed lead has one.
    after = replace(lead, clock=clock, closed=None, close_reason=None, before=None)
    if not after.is_open:
        reason = lead.close_reason or CloseReason.SAID_NO
        after = replace(after, closed=lead.closed or call.now, close_reason=reason, before=lead.before)
    leads.save(call.tx, call.who, after, call.now)
    return after


def take_back_ask(call: Call, lead: Lead, ask: Ask) -> Lead:
    """Forget an ask, and put the clock back unless something else moved it since."""
    events.undo(call.tx, call.who, ask.id)
    asks.drop(call.tx, call.who, ask.id)
    before = lead.clock if ask.before is None else read_clock(ask.before)
    return _put_back(call, lead, before, after_ask(before, call.today, days_off(call.community.holidays)))


@dataclass(frozen=True, slots=True)
class AnswerTakenBack:
    """The result of taking an answer back: the lead, the answer of before it, and the meeting that is planned again."""

    lead: Lead
    answer: AnswerKind | None
    meeting: Meeting | None


def take_back_answer(call: Call, lead: Lead, ask: Ask) -> AnswerTakenBack:
    """Forget the last answer to an ask, plan again the meeting it ended, and put the clock back unless it moved since."""
    after = asks.as_before(ask)
    if after.replied is None:
        events.undo(call.tx, call.who, ask.id, events.REPLY)
    before = lead.clock if ask.before_answer is None else read_clock(ask.before_answer)
    answered = _clock_after_answer(call, before, ask.answer or AnswerKind.YES, call.today)
    asks.save_answer(call.tx, call.who, after)
    # A lead that something else closed stays closed, and its meeting stays off.
    closed_by_answer = answered.stage is Stage.CLOSED and not lead.is_open
    meeting = plan_again(call, lead.id) if closed_by_answer else None
    return AnswerTakenBack(_put_back(call, lead, before, answered), after.answer, meeting)


def _put_back(call: Call, lead: Lead, before: FollowUpClock, undone: FollowUpClock) -> Lead:
    """Save the clock of before, if the clock still stands where the step that is undone had moved it."""
    # The due day is not compared: snoozing changes it, and that is no newer step.
    if (lead.clock.stage, lead.clock.tries) != (undone.stage, undone.tries):
        return keep_clock(call, lead, lead.clock)
    return keep_clock(call, lead, as_it_stood(call, lead, before))


def as_it_stood(call: Call, lead: Lead, before: FollowUpClock) -> FollowUpClock:
    """Return the clock of before, or a new one when it waited for a meeting that is not planned any more."""
    if before.stage is not Stage.MEETING or meetings.planned(call.tx, call.who, lead.id) is not None:
        return before
    off = days_off(call.community.holidays)
    return after_calling_off(call.today, off, met=meetings.met(call.tx, call.who, lead.id))


def reopen(call: Call, lead: Lead) -> tuple[Lead, Meeting | None]:
    """Open a closed lead at its stage of before; returns the meeting too, when the one that ended is planned again."""
    meeting = plan_again(call, lead.id)
    before = read_clock(lead.before) if lead.before is not None else None
    asked = bool(asks.to_lead(call.tx, call.who, lead.id))
    clock = reopened(before, call.today, asked=asked, met=meetings.met(call.tx, call.who, lead.id))
    return keep_clock(call, lead, as_it_stood(call, lead, clock)), meeting


def message_number(number: int) -> Text:
    """Say how many messages the member sent to a lead, the latest included."""
    return tn("This was your first message to them.", "This was your message number {n}.", number)


def due_fields(lead: Lead) -> Fields | None:
    """Say when the member is reminded of a lead, and why; None when they are not."""
    if lead.clock.due is None:
        return None
    return Fields(((t("I remind you on"), Day(lead.clock.due)), (t("Because"), why_due(lead) or t("you asked me"))))
