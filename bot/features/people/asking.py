"""Logs an ask, and puts the lead's clock back where it was when an ask or an answer is taken back."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain.ask import AnswerKind, Wording
from bot.domain.lead import (
    CloseReason,
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
from bot.features.people.off_and_on import plan_again
from bot.features.people.wording import why_due
from bot.features.week import Recorded, record
from bot.store import asks, events, leads, meetings
from bot.store.asks import Ask
from bot.ui.reply import Fields
from bot.ui.text import Text, t, tn
from bot.ui.values import Day


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask that was logged: its id, the lead after it, its number among the asks to them, its day and week."""

    id: str
    lead: Lead
    number: int
    day: date
    recorded: Recorded


def log_ask(call: Call, lead: Lead, wording: Wording | None = None, when: date | None = None) -> Asked:
    """Log that the member wrote to somebody, on a day of theirs; today when none is given."""
    day = when or call.today
    sent = call.now if day == call.today else local_to_utc(day, time(12), call.zone)
    ask = asks.add(call.tx, call.who, lead.id, wording, sent, write_clock(lead.clock))
    recorded = record(call, events.ASK, lead=lead.id, thing=ask, day=when)
    after = keep_clock(call, lead, _from_tomorrow(call, after_ask(lead.clock, day)))
    return Asked(ask, after, len(asks.to_lead(call.tx, call.who, lead.id)), day, recorded)


def log_answer(call: Call, lead: Lead, ask: Ask, answer: AnswerKind, when: date | None = None) -> Lead:
    """Log that somebody answered an ask; the first answer keeps its time, and a later one changes what it was."""
    if ask.replied is None:
        record(call, events.REPLY, lead=lead.id, thing=ask.id, day=when)
        ask = replace(ask, replied=call.now, answer=answer, before_answer=write_clock(lead.clock))
    elif ask.answer is not answer:
        ask = asks.changed(ask, answer, write_clock(lead.clock), call.now)
    asks.save_answer(call.tx, call.who, ask)
    return keep_clock(call, lead, _answered(call, lead.clock, answer, when or call.today))


def _answered(call: Call, clock: FollowUpClock, answer: AnswerKind, day: date) -> FollowUpClock:
    if answer is AnswerKind.NO:
        return closed(clock)
    after = after_reply(clock, day)
    return after if after == clock else _from_tomorrow(call, after)


def _from_tomorrow(call: Call, clock: FollowUpClock) -> FollowUpClock:
    """Let what is logged late be due on the first morning on which it can still be said."""
    return not_before(clock, call.today + timedelta(days=1))


def keep_clock(call: Call, lead: Lead, clock: FollowUpClock) -> Lead:
    """Keep where a lead stands from now on; one who was closed is open again, or is closed now."""
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
    made = after_ask(before, call.today)
    return _put_back(call, lead, before, made)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an answer that was taken back leaves: the lead, the answer that holds again, the talk it had ended."""

    lead: Lead
    answer: AnswerKind | None
    meeting: Meeting | None


def take_back_answer(call: Call, lead: Lead, ask: Ask) -> TakenBack:
    """Forget the last answer to an ask, with what it ended, and put the clock back unless something moved it since."""
    after = asks.as_before(ask)
    if after.replied is None:
        events.undo(call.tx, call.who, ask.id, events.REPLY)
    before = lead.clock if ask.before_answer is None else read_clock(ask.before_answer)
    made = _answered(call, before, ask.answer or AnswerKind.YES, call.today)
    asks.save_answer(call.tx, call.who, after)
    # Who was closed by something else stays closed, and so does the talk.
    ended = made.stage is Stage.CLOSED and not lead.is_open
    meeting = plan_again(call, lead.id) if ended else None
    return TakenBack(_put_back(call, lead, before, made), after.answer, meeting)


def _put_back(call: Call, lead: Lead, before: FollowUpClock, made: FollowUpClock) -> Lead:
    if (lead.clock.stage, lead.clock.tries) != (made.stage, made.tries):
        return keep_clock(call, lead, lead.clock)
    return keep_clock(call, lead, as_it_stood(call, lead, before))


def as_it_stood(call: Call, lead: Lead, before: FollowUpClock) -> FollowUpClock:
    """Give the clock of before, unless it waits for a talk that is not planned any more."""
    if before.stage is not Stage.MEETING or meetings.planned(call.tx, call.who, lead.id) is not None:
        return before
    return after_calling_off(call.today, met=meetings.met(call.tx, call.who, lead.id))


def reopen(call: Call, lead: Lead) -> tuple[Lead, Meeting | None]:
    """Open a closed lead again where it stood, with the talk that ended with it."""
    meeting = plan_again(call, lead.id)
    before = read_clock(lead.before) if lead.before is not None else None
    asked = bool(asks.to_lead(call.tx, call.who, lead.id))
    clock = reopened(before, call.today, asked=asked, met=meetings.met(call.tx, call.who, lead.id))
    return keep_clock(call, lead, as_it_stood(call, lead, clock)), meeting


def message_number(number: int) -> Text:
    """Say how many messages a person has had, this one included."""
    return tn("This was your first message to them.", "This was your message number {n}.", number)


def due_fields(lead: Lead) -> Fields | None:
    """Say when the member is reminded of a lead, and why; None when they are not."""
    if lead.clock.due is None:
        return None
    return Fields(((t("I remind you on"), Day(lead.clock.due)), (t("Because"), why_due(lead) or t("you asked me"))))
