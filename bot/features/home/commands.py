"""The member's own page, which a platform such as Slack shows as its home tab."""

from collections.abc import Sequence

from bot.domain.lead import Lead, Stage
from bot.engine.call import Call
from bot.engine.organising import organises
from bot.engine.registry import Reference
from bot.engine.role import Role
from bot.features.board import board_button
from bot.features.people import STAGES, next_buttons, person, why_due
from bot.features.registry import action, refer_to
from bot.features.week import progress, this_week
from bot.store import leads
from bot.ui.button import Style
from bot.ui.reply import Fields, Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Count, WeekOf

MEETING_LOG = refer_to("meeting log")
MEETING_PLAN = refer_to("meeting plan")
COMMUNITY_SETTINGS = refer_to("community settings")
COMMUNITY_SETUP = refer_to("community setup")
HELP = refer_to("help")
LEAD_ADD = refer_to("lead add")
LEAD_NEXT = refer_to("lead next")
LEAD_SHOW = refer_to("lead show")
ME_INBOX = refer_to("me inbox")
ME_SETTINGS_PAGE = refer_to("me settings-page")
START = refer_to("start")
TIP_GET = refer_to("tip get")
WEEK_PLAN = refer_to("week plan")
WEEK_REPORT = refer_to("week report")

SHOWN = 12
"""People shown with buttons; the rest are in the list."""
_ORDER = (Stage.REPLIED, Stage.MEETING, Stage.ASKED, Stage.NEW, Stage.MET, Stage.IN_TOUCH)
"""The open stages in the order of the page: leads who wait for the member come first."""


@action("home show", reads=True, before_set_up=True, role=Role.HOME)
def show(call: Call) -> Reply:
    """See your week, the next thing to do, your people and your settings."""
    if not call.community.set_up:
        return _not_set_up(call)
    return reply(
        *_welcome(call),
        *_my_week(call),
        *LEAD_NEXT.shown(call),
        *_open_people(call),
        *ME_SETTINGS_PAGE.shown(call),
        Heading(t("More")),
        buttons(
            ME_INBOX.button(call.stamp, t("My messages")),
            COMMUNITY_SETTINGS.button(call.stamp, t("Settings of this community")) if organises(call) else None,
            board_button(call),
            TIP_GET.button(call.stamp, t("Read a tip")),
            HELP.button(call.stamp, t("Help")),
        ),
        Note(t("Only you see this page.")),
    )


def _not_set_up(call: Call) -> Reply:
    """Say that an organiser has to set the community up, with the button when the reader is one."""
    if not organises(call):
        first = t("An organiser can type {command} first.", command=CommandRef("community setup"))
        return reply(Heading(t("Hello Circle")), t("This community is not set up yet."), Note(first))
    return reply(
        Heading(t("Hello Circle")),
        t("This community is not set up yet. An organiser can do it here."),
        buttons(COMMUNITY_SETUP.button(call.stamp, t("Set up"), Style.MAIN)),
    )


def _welcome(call: Call) -> Sequence[Part]:
    """Show a member who did not answer the first questions where to begin; () for all others."""
    if call.member.started:
        return ()
    return (
        Heading(t("Welcome")),
        Paragraph(t("Five short questions, two minutes. Then add your first person.")),
        buttons(START.button(call.stamp, t("Start here"), Style.MAIN)),
    )


def _my_week(call: Call) -> "Sequence[Part | Text | None]":
    my_weeks = progress(call)
    promise = my_weeks.promises.get(this_week(call))
    title = Heading(t("My week of {week}", week=WeekOf(this_week(call).monday)))
    if promise is None:
        return (
            title,
            t("You have no plan for this week yet. Two asks are enough."),
            buttons(WEEK_PLAN.button(call.stamp, t("Plan my week"), Style.MAIN)),
        )
    rows = [(t("Asks"), _of(my_weeks.asks.get(this_week(call), 0), promise.asks))]
    if promise.leads is not None:
        rows.append((t("New names"), _of(my_weeks.leads.get(this_week(call), 0), promise.leads)))
    if promise.meetings is not None:
        rows.append((t("Meetings"), _of(my_weeks.meetings.get(this_week(call), 0), promise.meetings)))
    return (
        title,
        Fields(tuple(rows)),
        t("You reached your number. Well done.") if my_weeks.kept(this_week(call)) else None,
        tn("{n} week in a row with your promise kept.", "{n} weeks in a row with your promise kept.", my_weeks.streak)
        if my_weeks.streak > 1
        else None,
        buttons(
            WEEK_REPORT.button(call.stamp, t("Report on my week")),
            WEEK_PLAN.button(call.stamp, t("Change my plan")),
        ),
    )


def _of(count: int, planned: int) -> Text:
    return t("{done} of {planned}", done=Count(count), planned=Count(planned))


def _open_people(call: Call) -> Sequence[Part]:
    """Show the open leads by stage, each with the way to its card."""
    open_leads = leads.choices(call.tx, call.who, open_only=True)
    parts: list[Part] = [Heading(tn("{n} person on your list", "{n} people on your list", len(open_leads)))]
    room = SHOWN
    for stage in _ORDER:
        at_stage = [lead for lead in open_leads if lead.stage is stage]
        if at_stage and room > 0:
            parts.append(Paragraph(t("{stage}: {n}", stage=STAGES[stage], n=Count(len(at_stage)))))
            parts += [part for lead in at_stage[:room] for part in _row(call, lead)]
            room -= len(at_stage)
    if len(open_leads) > SHOWN:
        parts.append(Note(t("See the others with {command}.", command=CommandRef("lead list"))))
    parts.append(buttons(LEAD_ADD.button(call.stamp, t("Add a person"))))
    return parts


def _row(call: Call, lead: Lead) -> tuple[Part, Part]:
    why = why_due(lead)
    words = t("{person}: {why}.", person=person(lead), why=why) if why else person(lead)
    if lead.stage in _FIRST:
        step, label = _FIRST[lead.stage]
        first = step.button(call.stamp, label, lead=lead.id)
    else:
        first = next_buttons(call, lead)[0]
    return Note(words), buttons(first, LEAD_SHOW.button(call.stamp, t("Show"), lead=lead.id))


_FIRST: dict[Stage, tuple[Reference, Text]] = {
    Stage.REPLIED: (MEETING_PLAN, t("Plan a meeting")),
    Stage.MEETING: (MEETING_LOG, t("We met")),
    Stage.MET: (MEETING_PLAN, t("Plan a meeting")),
    Stage.IN_TOUCH: (MEETING_PLAN, t("Plan a meeting")),
}
