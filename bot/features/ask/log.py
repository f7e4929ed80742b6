"""Commands that log asks: sent, answered, taken back. The bot itself never writes to a lead."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from bot.domain.ask import AnswerKind, Wording
from bot.domain.ids import LeadId
from bot.domain.lead import DueReason, Lead, Stage
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import BadValue, NotNow
from bot.engine.reading import Refusal
from bot.engine.rules import Choice, Number, RowId
from bot.engine.when import DayOf
from bot.features.meeting import called_off, is_on_again
from bot.features.people import (
    STAGES,
    WORDINGS,
    LeadRef,
    LoggedAsk,
    answered_button,
    as_it_is,
    due_fields,
    log_answer,
    log_ask,
    message_number,
    next_buttons,
    own_lead,
    still_open,
    take_back_answer,
    take_back_ask,
    told_button,
)
from bot.features.registry import action, command, refer_to
from bot.features.week import stays_note
from bot.store import asks, events
from bot.store.asks import Ask
from bot.store.events import CountedEvent
from bot.ui.button import Button, Style
from bot.ui.reply import Note, Part, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Day, UserText

LEAD_NEXT = refer_to("lead next")

ANSWERS: dict[AnswerKind, Text] = {
    AnswerKind.YES: t("yes"),
    AnswerKind.LATER: t("later"),
    AnswerKind.NO: t("no"),
}
UNDO_WITHIN = timedelta(days=1)
"""How long an ask or an answer can be taken back."""
LEAD = LeadRef(label=t("Person"))
THIS_LEAD = RowId(label=t("Person"))
THIS_ASK = RowId(label=t("Message"))
WORDING = Choice(label=t("What you called the talk"), of=WORDINGS)


@command("ask sent", form=t("I asked a person"), example='/ask sent lead:"dana" wording:chat', once=True)
def sent(
    call: Call,
    *,
    lead: Annotated[LeadId, LEAD],
    wording: Annotated[Wording | None, WORDING] = None,
    when: Annotated[date | None, DayOf(label=t("Day you sent it, if not today"))] = None,
) -> Reply:
    """Tell me that you sent a message; I remind you to follow up."""
    return _sent(call, log_ask(call, own_lead(call, lead), wording, when))


def _sent(call: Call, asked: LoggedAsk) -> Reply:
    return reply(
        t("Good. You asked {name} on {day}.", name=UserText(asked.lead.name), day=Day(asked.day)),
        message_number(asked.number),
        asked.recorded.note,
        due_fields(asked.lead),
        buttons(
            answered_button(call, asked.lead),
            _what_now(call),
            take_back.button(call.stamp, t("Take it back"), ask=asked.id),
        ),
    )


@action("ask told", again=SecondPress.CHANGED)
def told(
    call: Call,
    *,
    lead: Annotated[LeadId, THIS_LEAD],
    number: Annotated[int, Number(label=t("Number"), least=1, most=99_999)],
    stage: Annotated[Stage, Choice(label=t("Stage"), of=STAGES)],
    wording: Annotated[Wording | None, WORDING] = None,
) -> Reply:
    """Tell that the message this button is for was sent."""
    recipient, sent_asks = still_open(call, own_lead(call, lead)), asks.to_lead(call.tx, call.who, lead)
    if len(sent_asks) + 1 == number and recipient.stage is stage:
        return _sent(call, log_ask(call, recipient, wording))
    # The same message was logged by another button or command, so a press must not count it twice.
    if sent_asks and len(sent_asks) == number and sent_asks[-1].replied is None:
        return _told_already(call, recipient, sent_asks)
    return as_it_is(call, recipient)


def _told_already(call: Call, lead: Lead, sent_asks: Sequence[Ask]) -> Reply:
    day = Day(sent_asks[-1].sent.astimezone(call.zone).date())
    return reply(
        t("You asked {name} on {day}.", name=UserText(lead.name), day=day),
        message_number(len(sent_asks)),
        due_fields(lead),
        Note(t("You told me this already, so it counts once.")),
        buttons(*next_buttons(call, lead), _what_now(call)),
    )


@command("ask replied", form=t("They answered"), example='/ask replied lead:"dana" answer:yes')
def replied(
    call: Call,
    *,
    lead: Annotated[LeadId, LEAD],
    answer: Annotated[AnswerKind, Choice(label=t("Their answer"), of=ANSWERS)] = AnswerKind.YES,
    when: Annotated[date | None, DayOf(label=t("Day of the answer, if not today"))] = None,
) -> Reply:
    """Tell me that a person answered you."""
    recipient = own_lead(call, lead)
    last = _last_ask(call, recipient)
    sent_on = last.sent.astimezone(call.zone).date()
    if when is not None and when < sent_on:
        day, name = Day(sent_on), UserText(recipient.name)
        wrong = t("You asked {name} on {day}. An answer cannot come before that day.", name=name, day=day)
        raise Refusal({"when": BadValue(wrong, t("Please choose a later day."))})
    return _replied(call, recipient, last, answer, when)


@action("ask answered", again=SecondPress.CHANGED)
def answered(call: Call, *, lead: Annotated[LeadId, THIS_LEAD]) -> Reply:
    """Tell that a person answered the message they have."""
    recipient = still_open(call, own_lead(call, lead))
    last = _last_ask(call, recipient)
    if last.replied is not None:
        return as_it_is(call, recipient)
    return _replied(call, recipient, last, AnswerKind.YES, None)


def _last_ask(call: Call, lead: Lead) -> Ask:
    """Return the last message that was logged for a lead.

    Raises:
        NotNow: there is none.
    """
    sent_asks = asks.to_lead(call.tx, call.who, lead.id)
    if not sent_asks:
        raise NotNow(
            t("You have not told me that you asked {name}.", name=UserText(lead.name)),
            t("First use {sent}.", sent=CommandRef("ask sent")),
            (told_button(call, lead, t("I asked them")),),
        )
    return sent_asks[-1]


def _replied(call: Call, lead: Lead, ask: Ask, answer: AnswerKind, when: date | None) -> Reply:
    after = log_answer(call, lead, ask, answer, when)
    undo_button = unanswer.button(call.stamp, t("Take it back"), ask=ask.id)
    if answer is AnswerKind.NO:
        return reply(
            t("A clear no is good to know. {name} is closed.", name=UserText(after.name)),
            *called_off(call, after),
            Note(t("Many people say no for reasons of their own.")),
            buttons(_what_now(call), undo_button),
        )
    return reply(
        t("{name} answered. Well done.", name=UserText(after.name)),
        _propose(answer) if after.clock.reason is DueReason.PROPOSE_TIME else None,
        due_fields(after),
        buttons(*next_buttons(call, after), undo_button),
    )


def _propose(answer: AnswerKind) -> Text:
    if answer is AnswerKind.YES:
        return t("Now propose a day and an hour to them.")
    return t("Ask them which week is good.")


@command("ask undo", once=True, takes_back=True)
def undo(call: Call) -> Reply:
    """Take back the last message or answer you told me, within a day."""
    last = events.last_told(call.tx, call.who, (events.ASK, events.REPLY))
    # An answer that was told anew is no event of its own.
    told_anew = asks.last_changed(call.tx, call.who, call.now - UNDO_WITHIN)
    if told_anew is not None and told_anew.changed is not None and (last is None or told_anew.changed > last.at):
        return unanswer(call, ask=told_anew.id)
    if last is None:
        raise _nothing_to_undo()
    return (unanswer if last.kind == events.REPLY else take_back)(call, ask=last.thing)


@action("ask take-back", takes_back=True)
def take_back(call: Call, *, ask: Annotated[str, THIS_ASK]) -> Reply:
    """Take back this message, and no other, within a day."""
    to_undo, event = _of_the_last_day(call, ask, events.ASK)
    lead = own_lead(call, to_undo.lead)
    last = asks.to_lead(call.tx, call.who, lead.id)[-1]
    # Only the last ask can go: the clock goes back one step, and a message that was answered was sent.
    if last.id != to_undo.id:
        raise NotNow(
            t("You told me of a later message to {name}.", name=UserText(lead.name)),
            t("First take back that one."),
            (take_back.button(call.stamp, t("Take it back"), ask=last.id),),
        )
    if last.replied is not None:
        raise NotNow(
            t("{name} answered this message.", name=UserText(lead.name)),
            t("First take back the answer."),
            (unanswer.button(call.stamp, t("Take back the answer"), ask=last.id),),
        )
    after = take_back_ask(call, lead, last)
    result = t("I took back your message to {name}. It counts no more.", name=UserText(lead.name))
    return _taken_back(call, result, event, after)


@action("ask unanswer", takes_back=True)
def unanswer(call: Call, *, ask: Annotated[str, THIS_ASK]) -> Reply:
    """Take back the answer to this message, within a day."""
    answered_ask, event = _of_the_last_day(call, ask, events.REPLY)
    taken_back = take_back_answer(call, own_lead(call, answered_ask.lead), answered_ask)
    result = t("I took back the answer of {name}.", name=UserText(taken_back.lead.name))
    if taken_back.answer is not None:
        result = t("{said} The answer is again: {answer}.", said=result, answer=ANSWERS[taken_back.answer])
    meeting_parts = is_on_again(call, taken_back.lead, taken_back.meeting)
    return _taken_back(call, result, event, taken_back.lead, meeting_parts)


def _of_the_last_day(call: Call, ask_id: str, kind: str) -> tuple[Ask, CountedEvent]:
    """Find an ask with the event of its message or its answer, while that can still be taken back.

    Raises:
        NotNow: there is none, or it was logged more than a day ago.
    """
    ask, event = asks.find(call.tx, call.who, ask_id), events.last_told(call.tx, call.who, (kind,), ask_id)
    if ask is None or event is None:
        raise _nothing_to_undo()
    # A changed answer keeps the event of the first one, so the day counts from the change.
    logged_at = ask.changed if kind == events.REPLY and ask.changed is not None else event.at
    if call.now - logged_at > UNDO_WITHIN:
        raise _nothing_to_undo()
    return ask, event


def _nothing_to_undo() -> NotNow:
    return NotNow(
        t("There is no message to take back."),
        t("You can take back a message or an answer for one day."),
    )


def _taken_back(call: Call, result: Text, event: CountedEvent, lead: Lead, more: Sequence[Part] = ()) -> Reply:
    posted = stays_note(call, event.week, event.at)
    return reply(result, posted, *more, due_fields(lead), buttons(*next_buttons(call, lead)))


def _what_now(call: Call) -> Button:
    return LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)
