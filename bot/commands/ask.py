"""Asks: the member's messages to the people on their list. The bot never writes to anybody itself."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated

from bot.core.agenda import plan_followups
from bot.core.call import Call
from bot.core.errors import NotNow
from bot.core.links import link
from bot.core.recording import record
from bot.core.refs import LeadRef, own_lead
from bot.core.registry import command
from bot.core.rules import Choice
from bot.core.when import DayOf
from bot.core.wording import why_due
from bot.domain.ask import AnswerKind, Wording
from bot.domain.ids import LeadId
from bot.domain.lead import CloseReason, Lead, after_ask, after_reply, closed, not_before
from bot.domain.week import local_to_utc
from bot.store import asks, events, leads
from bot.ui.button import Style
from bot.ui.reply import Fields, Note, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Day, UserText

WORDINGS: dict[Wording, Text] = {
    Wording.CHAT: t("a casual chat"),
    Wording.CALL: t("a short call"),
    Wording.COFFEE: t("a coffee"),
    Wording.MEETING: t("a meeting"),
    Wording.DISCUSSION: t("a discussion"),
    Wording.TERM: t("the special term"),
    Wording.OTHER: t("something else"),
}
ANSWERS: dict[AnswerKind, Text] = {
    AnswerKind.YES: t("yes"),
    AnswerKind.LATER: t("later"),
    AnswerKind.NO: t("no"),
}


@command("ask sent", form=t("I asked a person"), example='/ask sent lead:"dana" wording:chat')
def sent(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"))],
    wording: Annotated[Wording | None, Choice(label=t("What you called the talk"), of=WORDINGS)] = None,
    when: Annotated[date | None, DayOf(label=t("Day you sent it, if not today"))] = None,
) -> Reply:
    """Tell me that you sent a message; I remind you to follow up."""
    found = own_lead(call, lead)
    day = when or call.today
    sent_at = call.now if day == call.today else local_to_utc(day, time(12), call.zone)
    ask = asks.add(call.tx, call.who, lead, wording, sent_at)
    recorded = record(call, events.ASK, lead=lead, thing=ask, day=when)
    after = replace(
        found, clock=not_before(after_ask(found.clock, day), _tomorrow(call)), closed=None, close_reason=None
    )
    leads.save(call.tx, call.who, after, call.now)
    plan_followups(call.tx, call.community, call.member, call.now)
    return reply(
        t("Good. You asked {name} on {day}.", name=UserText(found.name), day=Day(day)),
        tn("This was your first message to them.", "This was your message number {n}.", after.clock.tries),
        recorded.note,
        _due(after),
        buttons(
            link(call.stamp, "ask replied", t("They answered"), lead=lead),
            link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN),
        ),
    )


@command("ask replied", form=t("They answered"), example='/ask replied lead:"dana" answer:yes')
def replied(
    call: Call,
    *,
    lead: Annotated[LeadId, LeadRef(label=t("Person"))],
    answer: Annotated[AnswerKind, Choice(label=t("Their answer"), of=ANSWERS)] = AnswerKind.YES,
    when: Annotated[date | None, DayOf(label=t("Day of the answer, if not today"))] = None,
) -> Reply:
    """Tell me that a person answered you."""
    found = own_lead(call, lead)
    last = asks.last(call.tx, call.who, lead)
    if last is None:
        raise NotNow(
            t("You have not told me that you asked {name}.", name=UserText(found.name)),
            t("First use {sent}.", sent=CommandRef("ask sent")),
            (link(call.stamp, "ask sent", t("I asked them"), lead=lead),),
        )
    if last.replied is None:
        record(call, events.REPLY, lead=lead, thing=last.id, day=when)
    asks.answered(call.tx, call.who, last.id, answer, call.now)
    after = _after(call, found, answer, when or call.today)
    leads.save(call.tx, call.who, after, call.now)
    plan_followups(call.tx, call.community, call.member, call.now)
    return _said(call, after, answer)


def _after(call: Call, lead: Lead, answer: AnswerKind, day: date) -> Lead:
    if answer is AnswerKind.NO:
        return replace(lead, clock=closed(lead.clock), closed=call.now, close_reason=CloseReason.SAID_NO)
    return replace(lead, clock=not_before(after_reply(lead.clock, day), _tomorrow(call)))


def _tomorrow(call: Call) -> date:
    """Give the first morning on which something logged now can still be said."""
    return call.today + timedelta(days=1)


def _said(call: Call, lead: Lead, answer: AnswerKind) -> Reply:
    if answer is AnswerKind.NO:
        return reply(
            t("A clear no is good to know. {name} is closed.", name=UserText(lead.name)),
            Note(t("Many people say no for reasons of their own.")),
            buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)),
        )
    return reply(
        t("{name} answered. Well done.", name=UserText(lead.name)),
        t("Now propose a day and an hour to them.") if answer is AnswerKind.YES else t("Ask them which week is good."),
        _due(lead),
        buttons(link(call.stamp, "meeting plan", t("Plan a meeting"), Style.MAIN, lead=lead.id)),
    )


def _due(lead: Lead) -> Fields | None:
    if lead.clock.due is None:
        return None
    return Fields(((t("I remind you on"), Day(lead.clock.due)), (t("Because"), why_due(lead) or t("you asked me"))))
