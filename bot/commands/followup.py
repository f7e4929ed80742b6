"""What the buttons of the morning message do: done, later, stop."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from bot.core.agenda import plan_followups
from bot.core.call import Call
from bot.core.links import link
from bot.core.recording import record
from bot.core.refs import own_lead
from bot.core.registry import action
from bot.core.rules import Choice, RowId
from bot.core.wording import why_due
from bot.domain.ids import LeadId
from bot.domain.lead import Clock, DueReason, Lead, after_done, next_monday, snoozed, stopped
from bot.store import asks, events, leads
from bot.ui.button import Style
from bot.ui.reply import Fields, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import Day, UserText

LEAD = RowId(label=t("Person"))


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


@action("followup did")
def did(call: Call, *, lead: Annotated[LeadId, LEAD]) -> Reply:
    """Say that what was due is done."""
    found = own_lead(call, lead)
    if found.clock.reason is DueReason.FOLLOW_UP:
        record(call, events.ASK, lead=lead, thing=asks.add(call.tx, call.who, lead, None, call.now))
    return _keep(
        call, found, after_done(found.clock, call.today), t("Well done with {name}.", name=UserText(found.name))
    )


@action("followup later", form=t("Later"))
def later(
    call: Call,
    *,
    lead: Annotated[LeadId, RowId(label=t("Person"))],
    until: Annotated[Later, Choice(label=t("When"), of=LATER)],
) -> Reply:
    """Put off what is due."""
    found = own_lead(call, lead)
    day = {
        Later.TOMORROW: call.today + timedelta(days=1),
        Later.THREE_DAYS: call.today + timedelta(days=3),
        Later.MONDAY: next_monday(call.today),
    }[until]
    return _keep(call, found, snoozed(found.clock, day), t("Good. {name} can wait.", name=UserText(found.name)))


@action("followup stop")
def stop(call: Call, *, lead: Annotated[LeadId, LEAD]) -> Reply:
    """Be reminded of this person no more."""
    found = own_lead(call, lead)
    said = t("I remind you of {name} no more, until you log something new.", name=UserText(found.name))
    return _keep(call, found, stopped(found.clock), said)


def _keep(call: Call, lead: Lead, clock: Clock, said: Text) -> Reply:
    after = replace(lead, clock=clock)
    leads.save(call.tx, call.who, after, call.now)
    plan_followups(call.tx, call.community, call.member, call.now)
    due = None
    if after.clock.due is not None:
        because = why_due(after) or t("you asked me")
        due = Fields(((t("I remind you on"), Day(after.clock.due)), (t("Because"), because)))
    return reply(said, due, buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)))
