"""Home: the member's own page, for platforms that have a place for one."""

from collections.abc import Sequence

from bot.core.call import Call
from bot.core.links import link, shown_by
from bot.core.next_buttons import next_buttons
from bot.core.progress import progress
from bot.core.registry import action
from bot.core.wording import STAGES, person, why_due
from bot.domain.lead import Lead, Stage
from bot.store import leads
from bot.ui.button import Style
from bot.ui.reply import Fields, Heading, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import Text, t, tn
from bot.ui.values import CommandRef, Count, WeekOf

SHOWN = 12
"""People shown with buttons; the rest are in the list."""
_ORDER = (Stage.REPLIED, Stage.MEETING, Stage.ASKED, Stage.NEW, Stage.MET, Stage.IN_TOUCH)
"""The stages as they matter: who waits for the member comes first."""


@action("home show", reads=True, before_set_up=True)
def show(call: Call) -> Reply:
    """See your week, the next thing to do, your people and your settings."""
    if not call.community.set_up:
        return _not_set_up(call)
    return reply(
        *_welcome(call),
        *_my_week(call),
        *shown_by(call, "lead next"),
        *_people(call),
        *shown_by(call, "me settings-page"),
        Heading(t("More")),
        buttons(
            link(call.stamp, "me inbox", t("My messages")),
            link(call.stamp, "community settings", t("Settings of this community")) if call.sender.organiser else None,
            link(call.stamp, "board show", t("Show the board")),
            link(call.stamp, "tip get", t("Read a tip")),
            link(call.stamp, "help", t("Help")),
        ),
        Note(t("Only you see this page.")),
    )


def _not_set_up(call: Call) -> Reply:
    """Show the way to whom it is open: an organiser sets the community up."""
    if not call.sender.organiser:
        first = t("An organiser can type {command} first.", command=CommandRef("community setup"))
        return reply(Heading(t("Hello Circle")), t("This community is not set up yet."), Note(first))
    return reply(
        Heading(t("Hello Circle")),
        t("This community is not set up yet. An organiser can do it here."),
        buttons(link(call.stamp, "community setup", t("Set up"), Style.MAIN)),
    )


def _welcome(call: Call) -> Sequence[Part]:
    """Show a newcomer where to begin."""
    if call.member.started:
        return ()
    return (
        Heading(t("Welcome")),
        Paragraph(t("Five short questions, two minutes. Then add your first person.")),
        buttons(link(call.stamp, "start", t("Start here"), Style.MAIN)),
    )


def _my_week(call: Call) -> "Sequence[Part | Text | None]":
    done = progress(call)
    promise = done.promises.get(call.week)
    title = Heading(t("My week of {week}", week=WeekOf(call.week.monday)))
    if promise is None:
        return (
            title,
            t("You have no plan for this week yet. Two asks are enough."),
            buttons(link(call.stamp, "week plan", t("Plan my week"), Style.MAIN)),
        )
    rows = [(t("Asks"), _of(done.asks.get(call.week, 0), promise.asks))]
    if promise.leads is not None:
        rows.append((t("New names"), _of(done.leads.get(call.week, 0), promise.leads)))
    if promise.meetings is not None:
        rows.append((t("Meetings"), _of(done.meetings.get(call.week, 0), promise.meetings)))
    return (
        title,
        Fields(tuple(rows)),
        t("You reached your number. Well done.") if done.kept(call.week) else None,
        tn("{n} week in a row with your promise kept.", "{n} weeks in a row with your promise kept.", done.streak)
        if done.streak > 1
        else None,
        buttons(
            link(call.stamp, "week report", t("Report")),
            link(call.stamp, "week plan", t("Change my plan")),
        ),
    )


def _of(done: int, planned: int) -> Text:
    return t("{done} of {planned}", done=Count(done), planned=Count(planned))


def _people(call: Call) -> Sequence[Part]:
    """Show the open leads by stage, each with the way to its card."""
    every = leads.choices(call.tx, call.who, open_only=True)
    parts: list[Part] = [Heading(tn("{n} person on your list", "{n} people on your list", len(every)))]
    room = SHOWN
    for stage in _ORDER:
        here = [lead for lead in every if lead.stage is stage]
        if here and room > 0:
            parts.append(Paragraph(t("{stage}: {n}", stage=STAGES[stage], n=Count(len(here)))))
            parts += [part for lead in here[:room] for part in _row(call, lead)]
            room -= len(here)
    if len(every) > SHOWN:
        parts.append(Note(t("See the others with {command}.", command=CommandRef("lead list"))))
    parts.append(buttons(link(call.stamp, "lead add", t("Add a person"))))
    return parts


def _row(call: Call, lead: Lead) -> tuple[Part, Part]:
    why = why_due(lead)
    words = t("{person}: {why}.", person=person(lead), why=why) if why else person(lead)
    first = link(call.stamp, *_FIRST[lead.stage], lead=lead.id) if lead.stage in _FIRST else next_buttons(call, lead)[0]
    return Note(words), buttons(first, link(call.stamp, "lead show", t("Show"), lead=lead.id))


_FIRST: dict[Stage, tuple[str, Text]] = {
    Stage.REPLIED: ("meeting plan", t("Plan a meeting")),
    Stage.MEETING: ("meeting log", t("We met")),
    Stage.MET: ("meeting plan", t("Plan a meeting")),
    Stage.IN_TOUCH: ("meeting plan", t("Plan a meeting")),
}
