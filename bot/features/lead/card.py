"""The card of one lead: what the member knows of them, and the buttons for what is next."""

from bot.domain.lead import HelloInterval, Lead, Stage
from bot.engine.call import Call
from bot.features.lead.merging import twin_button
from bot.features.meeting import gave_names, names_waiting, when_and_where
from bot.features.people import EVERY, STAGES, from_whom, next_buttons, person, why_due
from bot.features.registry import refer_to
from bot.store import meetings
from bot.ui.button import Button
from bot.ui.reply import Fields, Heading, Reply, buttons, reply
from bot.ui.text import Text, Value, t
from bot.ui.values import Day, Together, UserText

FOLLOWUP_RHYTHM = refer_to("followup rhythm")
LEAD_CLOSE = refer_to("lead close")
LEAD_EDIT = refer_to("lead edit")
LEAD_TAG = refer_to("lead tag")


def card(call: Call, lead: Lead) -> Reply:
    """Show what a member knows of a lead, and what is next."""
    source = from_whom(call.tx, call.who, lead)
    planned = meetings.planned(call.tx, call.who, lead.id)
    waiting = names_waiting(call, lead)
    rows: list[tuple[Text, Value]] = [
        (t("Stage"), STAGES[lead.stage]),
        *(when_and_where(planned, call.zone_name) if planned is not None else ()),
        (t("Why"), UserText(lead.why)),
    ]
    if lead.clock.due is not None:
        rows += [(t("Due"), Day(lead.clock.due)), (t("Because"), why_due(lead) or t("you asked me to remind you"))]
    if source is not None:
        rows.append((t("Name given by"), source))
    if lead.tags:
        rows.append((t("Your words"), Together(tuple(UserText(word) for word in lead.tags))))
    if lead.every is not HelloInterval.MONTH:
        rows.append((t("Say hello"), EVERY[lead.every]))
    if lead.notes:
        rows.append((t("Notes"), UserText(lead.notes)))
    rows.append((t("On your list since"), Day(lead.added.astimezone(call.zone).date())))
    return reply(
        Heading(person(lead)),
        Fields(tuple(rows)),
        buttons(*next_buttons(call, lead), *_edit_and_close(call, lead), twin_button(call, lead)),
        *(gave_names(call, *waiting) if waiting is not None else ()),
    )


def _edit_and_close(call: Call, lead: Lead) -> list[Button]:
    edit_button = LEAD_EDIT.button(call.stamp, t("Edit"), lead=lead.id)
    words_button = LEAD_TAG.button(call.stamp, t("My words"), lead=lead.id)
    if not lead.is_open:
        return [edit_button, words_button]
    hello = FOLLOWUP_RHYTHM.button(call.stamp, t("How often"), lead=lead.id)
    often = [hello] if lead.stage in {Stage.MET, Stage.IN_TOUCH} else []
    return [edit_button, words_button, *often, LEAD_CLOSE.button(call.stamp, t("Close"), lead=lead.id)]
