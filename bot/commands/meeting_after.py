"""After a meeting: the names it gave, what it taught, and whether they know which work the member wants."""

from dataclasses import replace
from typing import Annotated

from bot.core.call import Call
from bot.core.command import Again
from bot.core.figures import clarity, listening, own_figures
from bot.core.links import link
from bot.core.recording import record
from bot.core.refs import held_meeting, own_lead
from bot.core.registry import action
from bot.core.rules import Choice, Line, RowId
from bot.core.wording import KNOWS
from bot.domain.ids import MeetingId
from bot.domain.meeting import Knows
from bot.domain.new_names import read_new_names
from bot.store import events, leads, meetings
from bot.ui.button import Style
from bot.ui.reply import Listing, Note, Part, Reply, buttons, reply
from bot.ui.text import t, tn
from bot.ui.values import CommandRef, UserText
from bot.ui.voice import say


@action("meeting knows", again=Again.CHANGED)
def knows(
    call: Call,
    *,
    meeting: Annotated[MeetingId, RowId(label=t("Meeting"))],
    answer: Annotated[Knows, Choice(label=t("Do they know which work you want?"), of=KNOWS)],
) -> Reply:
    """Say if they now know which work you want."""
    held_meeting(call, meeting)
    meetings.answer_knows(call.tx, call.who, meeting, answer)
    figures = own_figures(call)
    work = call.member.work
    return reply(
        t("Well done. That is what a talk is for.")
        if answer is Knows.YES
        else t("Good to know. Next time, say it early."),
        Note(t("Your sentence: {work}", work=UserText(work))) if work and answer is not Knows.YES else None,
        clarity(figures),
        listening(figures),
        buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN)),
    )


@action("meeting add-names", again=Again.CHANGED)
def add_names(call: Call, *, meeting: Annotated[MeetingId, RowId(label=t("Meeting"))]) -> Reply:
    """Add the names somebody gave, in one press."""
    found = held_meeting(call, meeting)
    giver = own_lead(call, found.lead)
    added: list[str] = []
    for new in read_new_names(found.notes.names or "", giver.organisation):
        why = say(t("{name} gave me this name.", name=UserText(giver.name)), call.language)
        lead, fresh = leads.add(call.tx, call.who, leads.NewLead(new.name, new.organisation, why, giver.id), call.now)
        if fresh:
            record(call, events.LEAD, lead=lead.id)
            added.append(new.name)
    if not added:
        return reply(t("These names are on your list already. Nothing changed."), _what_now(call))
    return reply(
        tn("{n} new person is on your list.", "{n} new people are on your list.", len(added)),
        Listing(tuple(UserText(name) for name in added)),
        Note(t("Write why you want to talk with them: {edit}.", edit=CommandRef("lead edit"))),
        _what_now(call),
    )


@action("meeting learned", form=t("What I learned"))
def learned(
    call: Call,
    *,
    meeting: Annotated[MeetingId, RowId(label=t("Meeting"))],
    want: Annotated[str, Line(label=t("What I now know I want"), most=200, no_contacts=True)],
    no_longer: Annotated[str | None, Line(label=t("What I no longer want"), most=200, no_contacts=True)] = None,
) -> Reply:
    """Keep what a meeting taught about the work you want."""
    found = held_meeting(call, meeting)
    notes = replace(found.notes, want=want, no_longer=no_longer or found.notes.no_longer)
    meetings.save(call.tx, call.who, replace(found, notes=notes))
    return reply(t("Kept. You see more clearly now."), _what_now(call))


def _what_now(call: Call) -> Part:
    return buttons(link(call.stamp, "lead next", t("What do I do now?"), Style.MAIN))
