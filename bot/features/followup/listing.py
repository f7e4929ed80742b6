"""The command that lists what to do now for each person, and what comes next: follow-ups and planned talks."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
from bot.domain.meeting import Meeting
from bot.domain.next_step import OVER_AFTER
from bot.engine.call import Call
from bot.features.followup.following import due_parts
from bot.features.people import person, why_due
from bot.features.registry import command, refer_to
from bot.letters import folded
from bot.store import leads, meetings
from bot.ui.button import Style
from bot.ui.reply import Heading, Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import Day, Moment, UserText

FOLLOWUP_ALL_LATER = refer_to("followup all-later")
FOLLOWUP_ON = refer_to("followup on")
LEAD_NEXT = refer_to("lead next")
MEETING_CANCEL = refer_to("meeting cancel")
MEETING_LOG = refer_to("meeting log")
MEETING_PLAN = refer_to("meeting plan")

SHOWN = 4
"""People with buttons, and people to come, in the list; Discord has five rows of buttons in all."""


@command("followup list", reads=True)
def list_(call: Call) -> Reply:
    """See what to do now for each person, and what comes next."""
    open_leads = leads.choices(call.tx, call.who, open_only=True)
    due, later = _follow_ups(call, open_leads)
    over, ahead = _talks(call, {lead.id: lead for lead in open_leads})
    now = [*(_ask_about(call, *talk) for talk in over), *(due_parts(call.stamp, lead) for lead in due)]
    coming = [*((_due_day(lead), _follow_up(lead)) for lead in later), *(_talk(call, *talk) for talk in ahead)]
    if not now and not coming:
        return reply(
            t("There is nothing to do now, and nothing comes next."),
            Note(t("After each message you log, I tell you when to write again.")),
            buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
        )
    title = tn("{n} thing for today", "{n} things for today", len(now)) if now else t("There is nothing to do today.")
    parts: list[Part] = [Heading(title), *chain.from_iterable(now[:SHOWN])]
    if len(now) > SHOWN:
        parts.append(Note(tn("And {n} more after these.", "And {n} more after these.", len(now) - SHOWN)))
    if len(due) > 1:
        parts.append(buttons(FOLLOWUP_ALL_LATER.button(call.stamp, t("All of it later"))))
    if coming:
        # Sorting is stable, so what comes on one day stays in the order of names.
        lines = tuple(line for _, line in sorted(coming, key=lambda day_and_line: day_and_line[0])[:SHOWN])
        parts += [Paragraph(t("Coming")), Listing(lines)]
    if not call.member.reminders:
        parts += [Note(t("Reminders are off.")), buttons(FOLLOWUP_ON.button(call.stamp, t("Turn reminders on")))]
    return Reply(tuple(parts))


def _follow_ups(call: Call, open_leads: Sequence[Lead]) -> tuple[Sequence[Lead], Sequence[Lead]]:
    """List those with whom something is due by today, and those with whom it is due later."""
    dated = [lead for lead in open_leads if lead.clock.due is not None]
    dated.sort(key=lambda lead: (_due_day(lead), lead.added, folded(lead.name), lead.organisation))
    due = [lead for lead in dated if _due_day(lead) <= call.today]
    return due, dated[len(due) :]


def _talks(
    call: Call, open_leads: Mapping[LeadId, Lead]
) -> tuple[list[tuple[Meeting, Lead]], list[tuple[Meeting, Lead]]]:
    """List the planned talks that are over and not told of, and those that are not over."""
    over: list[tuple[Meeting, Lead]] = []
    ahead: list[tuple[Meeting, Lead]] = []
    for meeting in meetings.every_planned(call.tx, call.who):
        lead = open_leads.get(meeting.lead)
        if lead is not None and meeting.planned_for is not None:
            (over if meeting.planned_for + OVER_AFTER <= call.now else ahead).append((meeting, lead))
    return over, ahead


def _due_day(lead: Lead) -> date:
    """Return the day on which something is due with a lead; a lead with nothing due comes behind all days."""
    return lead.clock.due or date.max


def _follow_up(lead: Lead) -> Text:
    day = Day(lead.clock.due) if lead.clock.due is not None else t("not yet")
    return t("{name}, {day}: {why}", name=UserText(lead.name), day=day, why=why_due(lead) or t("you asked me"))


def _talk(call: Call, meeting: Meeting, lead: Lead) -> tuple[date, Text]:
    """Say when a talk is, with its day."""
    start = meeting.planned_for or call.now
    moment = Moment(start, call.zone_name)
    line = t("{name}, {moment}: your talk", name=UserText(lead.name), moment=moment)
    return start.astimezone(call.zone).date(), line


def _ask_about(call: Call, meeting: Meeting, lead: Lead) -> tuple[Part, ...]:
    """Ask how a talk went that is over."""
    day = Day((meeting.planned_for or call.now).astimezone(call.zone).date())
    return (
        Paragraph(t("You planned to meet {person} on {day}.", person=person(lead), day=day)),
        buttons(
            MEETING_LOG.button(call.stamp, t("We met"), Style.MAIN, lead=lead.id),
            MEETING_PLAN.button(call.stamp, t("Plan another day"), lead=lead.id),
            MEETING_CANCEL.button(call.stamp, t("Cancel the talk"), lead=lead.id),
        ),
    )
