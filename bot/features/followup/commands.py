"""Commands for follow-ups: list what is due, and the three things to do with it: done, later, stop."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from bot.domain.ids import LeadId
from bot.domain.lead import DueReason, FollowUpClock, Lead, after_done, snoozed, stopped
from bot.domain.meeting import MeetingState
from bot.engine.call import Call
from bot.engine.command import AnswerPlace, SecondPress
from bot.engine.errors import NotNow
from bot.engine.holidays import days_off
from bot.engine.refs import IN_LANGUAGE, SpokenLanguage
from bot.engine.rules import Choice, Number, RowId
from bot.features.followup.following import is_due, let_go
from bot.features.followup.until import FutureDay
from bot.features.meeting import after_talk
from bot.features.people import (
    DUE,
    STAGES,
    LeadRef,
    as_it_is,
    due_fields,
    keep_clock,
    log_ask,
    message_number,
    next_buttons,
    own_lead,
    still_open,
)
from bot.features.registry import action, command, refer_to
from bot.store import leads, meetings, members
from bot.ui.button import Button, Style
from bot.ui.languages import spoken
from bot.ui.reply import Heading, Note, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Day, UserText

ASK_TAKE_BACK = refer_to("ask take-back")
FOLLOWUP_DID = refer_to("followup did")
FOLLOWUP_LIST = refer_to("followup list")
LEAD_CLOSE = refer_to("lead close")
LEAD_NEXT = refer_to("lead next")

LEAD = LeadRef(label=t("Person"))
THIS_LEAD = RowId(label=t("Person"))
REASON = Choice(label=t("Because"), of=DUE, asked=False)
TRIES = Number(label=t("Number"), most=99_999, asked=False)
UNTIL = FutureDay(label=t("Until when"))


@command("followup done", form=t("Done"), example='/followup done lead:"dana"', once=True)
def done(call: Call, *, lead: Annotated[LeadId, LEAD]) -> Reply:
    """Say that you did the next step for a person."""
    return _log_due_step(call, own_lead(call, lead))


def _log_due_step(call: Call, lead: Lead) -> Reply:
    due = lead.clock.due
    if due is None:
        return _nothing_due(call, lead)
    # The goodbye closes the lead, so it is not done before its day.
    if lead.clock.reason is DueReason.GOODBYE and due > call.today:
        return reply(
            t("Until {day} you wait for an answer of {name}.", name=UserText(lead.name), day=Day(due)),
            buttons(*next_buttons(call, lead), LEAD_CLOSE.button(call.stamp, t("Close"), lead=lead.id)),
        )
    return _log_step(call, lead)


@action("followup did", again=SecondPress.CHANGED, spot=AnswerPlace.ROW)
def did(
    call: Call,
    *,
    lead: Annotated[LeadId, THIS_LEAD],
    reason: Annotated[DueReason, REASON],
    tries: Annotated[int, TRIES],
) -> Reply:
    """Say that what this button is for is done."""
    current = still_open(call, own_lead(call, lead))
    return _log_step(call, current) if is_due(current, reason, tries, call.today) else as_it_is(call, current)


def _log_step(call: Call, lead: Lead) -> Reply:
    """Log that the step that is due was done; a follow-up is one more ask, and counts as one."""
    if lead.clock.reason is DueReason.GOODBYE:
        return reply(let_go(call.tx, call.who, lead, call.now), buttons(_what_now(call)))
    praise = t("Well done. You did this for {name}.", name=UserText(lead.name))
    if lead.clock.reason is not DueReason.FOLLOW_UP:
        return _save_clock(
            call, lead, after_done(lead.clock, call.today, days_off(call.community.holidays), every=lead.every), praise
        )
    asked = log_ask(call, lead)
    undo_button = ASK_TAKE_BACK.button(call.stamp, t("Take it back"), ask=asked.id)
    return reply(praise, message_number(asked.number), due_fields(asked.lead), buttons(_what_now(call), undo_button))


@command("followup snooze", form=t("Remind me later"), example='/followup snooze lead:"dana" until:monday')
def snooze(call: Call, *, lead: Annotated[LeadId, LEAD], until: Annotated[date, UNTIL]) -> Reply:
    """Do the next step for a person later."""
    return _put_off(call, own_lead(call, lead), until)


@command("followup all-later", form=t("All of it later"), example="/followup all-later until:monday")
def all_later(call: Call, *, until: Annotated[date, UNTIL]) -> Reply:
    """Put off everything that is due before a day."""
    return _put_all_off(call, until)


def _put_all_off(call: Call, until: date) -> Reply:
    """Put off everything that is due before a day."""
    waiting = leads.due(call.tx, call.who, until - timedelta(days=1))
    for lead in waiting:
        keep_clock(call, lead, snoozed(lead.clock, until))
    if not waiting:
        return reply(t("Before {day} there is nothing to do.", day=Day(until)), buttons(_what_now(call)))
    return reply(
        tn("{n} person can wait until {day}.", "{n} people can wait until {day}.", len(waiting), day=Day(until)),
        Note(t("Talks that you planned stay on their days.")),
        buttons(FOLLOWUP_LIST.button(call.stamp, t("See the list"))),
    )


def _check_before_form(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    """Refuse to open the form when the step that it puts off is not due any more; it prefills nothing.

    Raises:
        NotNow: the step is done, or another one is due.
    """
    _check_due(call, LeadId(str(values["lead"])), DueReason(str(values["reason"])), int(str(values["tries"])))
    return {}


@action("followup later", form=t("Remind me later"), prefill=_check_before_form)
def later(
    call: Call,
    *,
    lead: Annotated[LeadId, THIS_LEAD],
    reason: Annotated[DueReason, REASON],
    tries: Annotated[int, TRIES],
    until: Annotated[date, UNTIL],
) -> Reply:
    """Put off what this button is for."""
    return _put_off(call, _check_due(call, lead, reason, tries), until)


def _check_due(call: Call, lead_id: LeadId, reason: DueReason, tries: int) -> Lead:
    lead = still_open(call, own_lead(call, lead_id))
    if not is_due(lead, reason, tries, call.today):
        raise NotNow(
            t("{name}: {stage}.", name=UserText(lead.name), stage=STAGES[lead.stage]),
            t("This button was for an earlier step. Nothing changed now."),
            tuple(next_buttons(call, lead)),
        )
    return lead


def _put_off(call: Call, lead: Lead, until: date) -> Reply:
    if lead.clock.due is None:
        return _nothing_due(call, lead)
    return _save_clock(call, lead, snoozed(lead.clock, until), t("Good. {name} can wait.", name=UserText(lead.name)))


def _nothing_due(call: Call, lead: Lead) -> Reply:
    return reply(t("There is nothing to do for {name}.", name=UserText(lead.name)), buttons(_what_now(call)))


@command("followup off", example='/followup off lead:"dana"', again=SecondPress.CHANGED)
def off(call: Call, *, lead: Annotated[LeadId | None, LEAD] = None) -> Reply:
    """Stop the reminders of one person, or all of them."""
    if lead is None:
        members.update(call.tx, call.who, reminders=False)
        return reply(
            t("I send you no reminders any more."),
            Note(t("You still see what to do with {list}.", list=CommandRef("followup list"))),
            buttons(on.button(call.stamp, t("Turn reminders on"))),
        )
    return _stop_reminders_of(call, own_lead(call, lead))


def _stop_reminders_of(call: Call, lead: Lead) -> Reply:
    result = t("I remind you of {name} no more, until you log something new.", name=UserText(lead.name))
    return _save_clock(call, lead, stopped(lead.clock), result)


@action("followup on", again=SecondPress.CHANGED)
def on(call: Call) -> Reply:
    """Be reminded again."""
    members.update(call.tx, call.who, reminders=True)
    return reply(
        t("Good. I remind you in the morning when there is something to do."),
        buttons(FOLLOWUP_LIST.button(call.stamp, t("What do I do today?"))),
    )


def _save_clock(call: Call, lead: Lead, clock: FollowUpClock, result: Text) -> Reply:
    return reply(result, due_fields(keep_clock(call, lead, clock)), buttons(_what_now(call)))


def _what_now(call: Call) -> Button:
    return LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)


@action("followup thanks", reads=True)
def thanks(
    call: Call,
    *,
    lead: Annotated[LeadId, RowId(label=t("Person"))],
    language: Annotated[str | None, SpokenLanguage(label=t("Language"))] = None,
) -> Reply:
    """Get a thank-you to copy, made of what you learned."""
    recipient, draft_language = own_lead(call, lead), language or call.language
    held = [m for m in meetings.of_member(call.tx, call.who) if m.lead == lead and m.state is MeetingState.HELD]
    # The store lists the latest first.
    last = held[0] if held else None
    day = last.held_at.astimezone(call.zone).date() if last is not None and last.held_at is not None else None
    due_step: dict[str, object] = {"lead": lead, "reason": DueReason.THANK_YOU, "tries": recipient.clock.tries}
    return reply(
        Heading(t("A thank-you to copy")),
        *after_talk(recipient, last, day, call.member.name, draft_language),
        Note(t("Put your own words in the [brackets]. Then send it yourself.")),
        buttons(
            FOLLOWUP_DID.button(call.stamp, t("I sent it"), Style.MAIN, **due_step),
            *(
                thanks.button(call.stamp, IN_LANGUAGE[code], lead=lead, language=code)
                for code in spoken()
                if code != draft_language
            ),
        ),
    )
