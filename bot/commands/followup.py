"""Follow-ups: what is due to whom, and what the buttons of the morning message do: done, later, stop."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from bot.core.call import Call
from bot.core.following import due_parts, let_go
from bot.core.links import link
from bot.core.recording import record
from bot.core.refs import Language, LeadRef, own_lead
from bot.core.registry import action, command
from bot.core.rules import Choice, RowId
from bot.core.thanks import after_talk
from bot.core.wording import why_due
from bot.domain.ids import LeadId
from bot.domain.lead import Clock, DueReason, Lead, after_done, next_monday, snoozed, stopped
from bot.domain.meeting import MeetingState
from bot.domain.names import folded
from bot.store import asks, events, leads, meetings, members
from bot.ui.button import Style
from bot.ui.languages import spoken
from bot.ui.reply import Fields, Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Day, LanguageName, UserText

SHOWN = 4
"""People with buttons, and people to come, in the list; Discord has five rows of buttons in all."""
LEAD = LeadRef(label=t("Person"))


class Later(StrEnum):
    """How long a follow-up is put off."""

    TOMORROW = "tomorrow"
    THREE_DAYS = "three-days"
    MONDAY = "monday"


LATER: dict[Later, Text] = {
    Later.TOMORROW: t("Tomorrow"),
    Later.THREE_DAYS: t("In 3 days"),
    Later.MONDAY: t("Next Monday"),
}


@command("followup list", reads=True)
def list_(call: Call) -> Reply:
    """See what is due to whom, and what comes next."""
    waiting = leads.choices(call.tx, call.who, open_only=True)
    dated = sorted(
        ((lead.clock.due, lead) for lead in waiting if lead.clock.due is not None),
        key=lambda each: (each[0], each[1].added, folded(each[1].name), each[1].organisation),
    )
    due = [lead for day, lead in dated if day <= call.today]
    later = [(day, lead) for day, lead in dated if day > call.today]
    if not dated:
        return reply(
            t("Nothing is due, and nothing comes next."),
            Note(t("After each message you log, I tell you when to write again.")),
            buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)),
        )
    said = tn("{n} thing for today", "{n} things for today", len(due)) if due else t("Nothing is due today.")
    parts: list[Part] = [Heading(said)]
    for lead in due[:SHOWN]:
        parts += due_parts(call.stamp, lead)
    if len(due) > SHOWN:
        parts.append(Note(tn("And {n} more after these.", "And {n} more after these.", len(due) - SHOWN)))
    if later:
        parts += [Paragraph(t("Coming")), Listing(tuple(_coming(lead) for _, lead in later[:SHOWN]))]
    if not call.member.reminders:
        parts += [Note(t("Reminders are off.")), buttons(on.button(call.stamp, t("Turn reminders on")))]
    return Reply(tuple(parts))


def _coming(lead: Lead) -> Text:
    day = Day(lead.clock.due) if lead.clock.due is not None else t("not yet")
    return t("{name}, {day}: {why}", name=UserText(lead.name), day=day, why=why_due(lead) or t("you asked me"))


@command("followup done", form=t("Done"), example='/followup done lead:"dana"')
def done(call: Call, *, lead: Annotated[LeadId, LEAD]) -> Reply:
    """Say that what was due to a person is done."""
    found = own_lead(call, lead)
    if found.clock.reason is None:
        return reply(
            t("Nothing is due to {name}.", name=UserText(found.name)),
            buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)),
        )
    if found.clock.reason is DueReason.GOODBYE:
        said = let_go(call.tx, call.who, found, call.now)
        return reply(said, buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)))
    if found.clock.reason is DueReason.FOLLOW_UP:
        record(call, events.ASK, lead=lead, thing=asks.add(call.tx, call.who, lead, None, call.now))
    after = after_done(found.clock, call.today)
    return _keep(call, found, after, t("Well done with {name}.", name=UserText(found.name)))


@command("followup snooze", form=t("Later"), example='/followup snooze lead:"dana" until:monday')
def snooze(
    call: Call,
    *,
    lead: Annotated[LeadId, LEAD],
    until: Annotated[Later, Choice(label=t("When"), of=LATER)],
) -> Reply:
    """Put off what is due to a person."""
    found = own_lead(call, lead)
    day = {
        Later.TOMORROW: call.today + timedelta(days=1),
        Later.THREE_DAYS: call.today + timedelta(days=3),
        Later.MONDAY: next_monday(call.today),
    }[until]
    return _keep(call, found, snoozed(found.clock, day), t("Good. {name} can wait.", name=UserText(found.name)))


@command("followup off", example='/followup off lead:"dana"')
def off(call: Call, *, lead: Annotated[LeadId | None, LEAD] = None) -> Reply:
    """Stop the reminders of one person, or all of them."""
    if lead is None:
        members.update(call.tx, call.who, reminders=False)
        return reply(
            t("I send you no reminders any more."),
            Note(t("You still see what is due with {list}.", list=CommandRef("followup list"))),
            buttons(on.button(call.stamp, t("Turn reminders on"))),
        )
    found = own_lead(call, lead)
    said = t("I remind you of {name} no more, until you log something new.", name=UserText(found.name))
    return _keep(call, found, stopped(found.clock), said)


@action("followup on")
def on(call: Call) -> Reply:
    """Be reminded again."""
    members.update(call.tx, call.who, reminders=True)
    return reply(
        t("Good. I remind you in the morning when something is due."),
        buttons(link(call.stamp, "followup list", t("What is due?"))),
    )


def _keep(call: Call, lead: Lead, clock: Clock, said: Text) -> Reply:
    after = replace(lead, clock=clock)
    leads.save(call.tx, call.who, after, call.now)
    due = None
    if after.clock.due is not None:
        because = why_due(after) or t("you asked me")
        due = Fields(((t("I remind you on"), Day(after.clock.due)), (t("Because"), because)))
    return reply(said, due, buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)))


@action("followup thanks", reads=True)
def thanks(
    call: Call,
    *,
    lead: Annotated[LeadId, RowId(label=t("Person"))],
    language: Annotated[str | None, Language(label=t("Language"))] = None,
) -> Reply:
    """Get a thank-you to copy, made of what you learned."""
    found, said_in = own_lead(call, lead), language or call.language
    held = [m for m in meetings.of_member(call.tx, call.who) if m.lead == lead and m.state is MeetingState.HELD]
    last = held[0] if held else None
    day = last.held_at.astimezone(call.zone).date() if last is not None and last.held_at is not None else None
    return reply(
        Heading(t("A thank-you to copy")),
        *after_talk(found, last, day, call.member.name, said_in),
        Note(t("Put your own words in the [brackets]. Then send it yourself.")),
        buttons(
            done.button(call.stamp, t("I sent it"), Style.MAIN, lead=lead),
            *(
                thanks.button(call.stamp, t("In {language}", language=LanguageName(code)), lead=lead, language=code)
                for code in spoken()
                if code != said_in
            ),
        ),
    )
