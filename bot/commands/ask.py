"""Asks: the member's messages to the people on their list. The bot never writes to anybody itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated

from bot.core import drafts
from bot.core.call import Call
from bot.core.calling_off import called_off
from bot.core.contacts import has_contact
from bot.core.drafts import MOST_CHOICES
from bot.core.errors import BadValue, NotNow
from bot.core.links import link
from bot.core.outreach import NOT_READ, fix_words, good_words
from bot.core.recording import record
from bot.core.refs import Language, LeadRef, own_lead
from bot.core.registry import command
from bot.core.rules import Choice, Lines, Number
from bot.core.when import DayOf
from bot.core.wording import TALKS, WORDINGS, why_due
from bot.domain.ask import AnswerKind, Wording
from bot.domain.ids import LeadId
from bot.domain.lead import CloseReason, KnowsTerm, Lead, after_ask, after_reply, closed, not_before
from bot.domain.outreach.draft import Answers, build
from bot.domain.outreach.naming import wording_of
from bot.domain.outreach.review import Fault, NotAMessage, Reader, Review, review
from bot.domain.outreach.roles import ROLES, role_in
from bot.domain.outreach.term import find_term
from bot.domain.week import local_to_utc
from bot.store import asks, events, leads
from bot.ui.button import Style
from bot.ui.reply import Fields, File, Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Day, UserText

EYE = Lines(
    label=t("What in their work caught your eye?"),
    hint=t("One thing that only they did. For example: your talk about the river"),
    most=200,
    no_contacts=True,
)
SHARE = Lines(
    label=t("What do you two have in common?"),
    hint=t("A place, a school, a person you both know, a hobby"),
    most=200,
    no_contacts=True,
)
WANT = Lines(
    label=t("What do you want to understand?"),
    hint=t("One topic. For example: how you test in winter"),
    most=200,
    no_contacts=True,
)
ANSWERS: dict[AnswerKind, Text] = {
    AnswerKind.YES: t("yes"),
    AnswerKind.LATER: t("later"),
    AnswerKind.NO: t("no"),
}


def _first_answers(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    """Begin with what the member noted about the person; without a person, ask who it is."""
    if not values.get("lead"):
        raise _who(call)
    found = own_lead(call, LeadId(str(values["lead"])))
    return {"eye": found.why[: EYE.most].strip() or None, "minutes": 20, "how": Wording.CALL}


def _who(call: Call) -> NotNow:
    known = leads.choices(call.tx, call.who, open_only=True)[:MOST_CHOICES]
    if not known:
        add = link(call.stamp, "lead add", t("Add a person"), Style.MAIN)
        return NotNow(t("Your list is empty."), t("First add the person you want to write to."), (add,))
    names = [(lead.id, t("{name}", name=UserText(lead.name[:70]))) for lead in known]
    choices = tuple(link(call.stamp, "ask draft", name, lead=lead) for lead, name in names)
    return NotNow(t("Who do you want to write to?"), t("Press a name, or type a part of it."), choices)


@command("ask draft", form=t("Draft a message"), prefill=_first_answers, example='/ask draft lead:"dana"')
def draft(
    call: Call,
    *,
    lead: Annotated[LeadId | None, LeadRef(label=t("Person"), asked=False)] = None,
    eye: Annotated[str | None, EYE] = None,
    share: Annotated[str | None, SHARE] = None,
    want: Annotated[str | None, WANT] = None,
    minutes: Annotated[int | None, Number(label=t("How many minutes?"), least=5, most=60)] = None,
    how: Annotated[Wording | None, Choice(label=t("How do you want to talk?"), of=TALKS)] = None,
    language: Annotated[str | None, Language(label=t("Language of the message"), asked=False)] = None,
) -> Reply:
    """Make a first message from your own answers; you send it yourself."""
    if lead is None:
        raise _who(call)
    found = own_lead(call, lead)
    made = build(Answers(found.name, eye, share, want, minutes, how), language or call.language)
    values = {"lead": lead, "eye": eye, "share": share, "want": want, "minutes": minutes, "how": how}
    return reply(
        Heading(t("Your draft for {name}", name=UserText(found.name))),
        Paragraph(UserText(made.message)),
        Paragraph(t("Shorter, for a connection request:")),
        Paragraph(UserText(made.note)),
        Note(t("Write your own words where you see [brackets].")),
        Note(t("Your answers are long, so I cut some. Look for the dots.")) if made.shortened else None,
        *_warnings(review(made.message, _reader(call, found))),
        Note(t("Copy it and send it yourself. I never write to anybody.")),
        File("message.txt", "text/plain", made.message + "\n"),
        File("note.txt", "text/plain", made.note + "\n"),
        buttons(
            sent.button(call.stamp, t("I sent it"), Style.MAIN, lead=lead, wording=how),
            drafts.again(call, draft, t("Change my answers"), {**values, "language": language}),
        ),
    )


def _warnings(read: Review | NotAMessage) -> list[Note]:
    """Warn of what a member's answers brought into the draft; what is only missing stands in brackets."""
    brought = {Fault.JOB, Fault.TERM, Fault.ATTACHMENT, Fault.TOO_MANY}
    if isinstance(read, NotAMessage):
        return []
    return [Note(fix_words(fix, read)) for fix in read.faults if fix.fault in brought]


@command(
    "ask check",
    form=t("Check a message"),
    example='/ask check text:"Hello Dana, could we talk for 20 minutes about your river sensor?"',
)
def check(
    call: Call,
    *,
    text: Annotated[str, Lines(label=t("Your message"), most=3000)],
    lead: Annotated[LeadId | None, LeadRef(label=t("Person"))] = None,
) -> Reply:
    """Read your message: what is good, and what to change first."""
    found = own_lead(call, lead) if lead else None
    read = review(text, _reader(call, found))
    if isinstance(read, NotAMessage):
        raise BadValue(NOT_READ[read], t("Please paste the whole message you want to send."))
    more = len(read.faults) - len(read.fixes)
    return reply(
        Heading(t("Your message")),
        Paragraph(t("Good:")),
        Listing(good_words(read)),
        *_to_change(read),
        Note(tn("There is {n} more, but smaller.", "There are {n} more, but smaller.", more)) if more else None,
        _knows(call, found, text),
        Note(t("Nobody else sees this. You send it yourself.")),
        buttons(
            sent.button(call.stamp, t("I sent it"), Style.MAIN, lead=lead, wording=wording_of(text)) if lead else None,
            # An address or a number in it is an outsider's, or should not lie around; such a text is not kept.
            drafts.again(call, check, t("Change my text"), {"text": text, "lead": lead})
            if has_contact(text) is None
            else check.button(call.stamp, t("Check again"), lead=lead),
        ),
    )


def _to_change(read: Review) -> tuple[Part, ...]:
    if not read.fixes:
        return (Paragraph(t("I see nothing to change. Send it when you are ready.")),)
    said = tuple(fix_words(fix, read) for fix in read.fixes)
    return (Paragraph(t("To change, the most important first:")), Listing(said, numbered=True))


def _reader(call: Call, lead: Lead | None) -> Reader:
    if lead is None:
        return Reader()
    return Reader(knows_term=lead.knows_term is KnowsTerm.YES or _role(call, lead) is not None, about=lead.why)


def _role(call: Call, lead: Lead) -> str | None:
    """Find work of this person that makes it likely that they know the term; the member's own word goes first."""
    if lead.knows_term is not KnowsTerm.NOT_SURE:
        return None
    return role_in((lead.why, lead.organisation, lead.notes), call.community.term_roles or ROLES)


def _knows(call: Call, lead: Lead | None, text: str) -> Note | None:
    """Say why the term is no problem, where it is none."""
    term = find_term(text)
    role = _role(call, lead) if lead is not None else None
    if term is None or role is None:
        return None
    said = t(
        'You wrote that they work as "{role}". So they know the term "{term}".',
        role=UserText(role),
        term=UserText(term),
    )
    return Note(said)


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
    ended = called_off(call, after) if answer is AnswerKind.NO else ()
    return _said(call, after, answer, ended)


def _after(call: Call, lead: Lead, answer: AnswerKind, day: date) -> Lead:
    if answer is AnswerKind.NO:
        return replace(lead, clock=closed(lead.clock), closed=call.now, close_reason=CloseReason.SAID_NO)
    return replace(lead, clock=not_before(after_reply(lead.clock, day), _tomorrow(call)))


def _tomorrow(call: Call) -> date:
    """Give the first morning on which something logged now can still be said."""
    return call.today + timedelta(days=1)


def _said(call: Call, lead: Lead, answer: AnswerKind, ended: tuple[Part, ...]) -> Reply:
    if answer is AnswerKind.NO:
        return reply(
            t("A clear no is good to know. {name} is closed.", name=UserText(lead.name)),
            *ended,
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
