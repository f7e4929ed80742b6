"""The command that shows the one thing to do now, and why."""

from bot.domain.lead import DueReason, Lead
from bot.domain.next_step import NextReason, NextStep, next_step
from bot.engine.call import Call
from bot.features.followup import due_buttons
from bot.features.meeting import gave_names, names_waiting
from bot.features.people import ALL_CLOSED, WHAT_THEN, after_all_closed, next_buttons, person, why_due
from bot.features.registry import command, refer_to
from bot.store import asks, leads, meetings
from bot.ui.button import Button, Style
from bot.ui.reply import Heading, Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import Day

LEAD_ADD = refer_to("lead add")
LEAD_SHOW = refer_to("lead show")
MEETING_LOG = refer_to("meeting log")
MEETING_PREP = refer_to("meeting prep")

AT_MOST = 5
"""Buttons in one row."""


@command("lead next", reads=True)
def next_(call: Call) -> Reply:
    """See the one thing to do now, and why."""
    open_leads = leads.choices(call.tx, call.who, open_only=True)
    step = next_step(open_leads, call.today, meetings.of_member(call.tx, call.who), call.now)
    if step is not None:
        return _show_step(call, step)
    if (waiting := names_waiting(call)) is not None:
        return reply(*gave_names(call, *waiting))
    if not open_leads and leads.some(call.tx, call.who):
        return reply(ALL_CLOSED, Note(WHAT_THEN), buttons(*after_all_closed(call)))
    nothing = t("There is nothing to do now. A new name is a good next step.")
    return reply(
        nothing if open_leads else t("Your list is empty."),
        Note(t("Think of one person whose work interests you.")),
        buttons(LEAD_ADD.button(call.stamp, t("Add a person"), Style.MAIN)),
    )


def _show_step(call: Call, step: NextStep) -> Reply:
    lead = step.lead
    row = [
        *_reason_buttons(call, step),
        *next_buttons(call, lead),
        LEAD_SHOW.button(call.stamp, t("Show"), lead=lead.id),
    ]
    # The step and the stage can have a button of one token; the first of them stays, because it has the better label.
    first_of_token = {button.token: button for button in reversed(row)}
    return reply(
        Heading(t("The one thing to do now")),
        t("{person}: {why}.", person=person(lead), why=_why(call, step)),
        buttons(*[button for button in row if first_of_token[button.token] is button][:AT_MOST]),
    )


def _why(call: Call, step: NextStep) -> Text:
    planned = step.meeting.planned_for if step.meeting is not None else None
    match step.reason:
        case NextReason.MEETING_OVER if planned is not None:
            day = Day(planned.astimezone(call.zone).date())
            return t("you planned to meet on {day}, so tell me how it went", day=day)
        case NextReason.PREPARE if planned is not None:
            return t("you meet on {day}, so choose a goal", day=Day(planned.astimezone(call.zone).date()))
        case NextReason.ANSWERED:
            return why_due(step.lead) or t("they answered, so propose a time")
        case NextReason.NEVER_ASKED:
            if asks.to_lead(call.tx, call.who, step.lead.id):
                return t("you opened them again, so write to them once more")
            return t("they are on your list, and you did not write to them yet")
        case _:
            return why_due(step.lead) or t("you asked me to remind you")


def _reason_buttons(call: Call, step: NextStep) -> list[Button]:
    """Make the buttons for the reason of a step; none where the buttons of the stage do the same."""
    lead = step.lead
    match step.reason:
        case NextReason.MEETING_OVER:
            return [MEETING_LOG.button(call.stamp, t("We met"), Style.MAIN, lead=lead.id)]
        case NextReason.PREPARE:
            return [MEETING_PREP.button(call.stamp, t("Prepare the talk"), Style.MAIN, lead=lead.id)]
        case NextReason.DUE:
            return due_buttons(call.stamp, lead, t("I did it")) if _by_hand(lead) else []
        case NextReason.ANSWERED | NextReason.NEVER_ASKED:
            return []


def _by_hand(lead: Lead) -> bool:
    """Tell whether the member has to say that what is due is done, because no other command logs it."""
    return lead.clock.reason in {
        DueReason.THANK_YOU,
        DueReason.PROGRESS,
        DueReason.KEEP_IN_TOUCH,
        DueReason.ASK_AGAIN,
        DueReason.GOODBYE,
    }
