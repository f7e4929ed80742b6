"""After a meeting: the names it gave, what it taught, and whether they know which work the member wants."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from bot.domain.ids import MeetingId
from bot.domain.lead import Lead
from bot.domain.meeting import WorkKnown
from bot.domain.new_names import NewName, checked, read_new_names, write_new_names
from bot.engine.call import Call
from bot.engine.command import SecondPress
from bot.engine.errors import NotNow
from bot.engine.reading import Refusal
from bot.engine.rules import Choice, Line, Number, RowId
from bot.features.meeting.figures import clarity, listening, own_figures
from bot.features.meeting.held import held_meeting
from bot.features.meeting.names_given import NameState, names_given, names_to_add
from bot.features.people import KNOWS, NAME, ORGANISATION, SAME, WHY, own_lead, person, who_is
from bot.features.registry import action, refer_to
from bot.features.week import record
from bot.store import events, leads, meetings
from bot.ui.button import Style
from bot.ui.reply import Listing, Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import t, tn
from bot.ui.values import CommandRef, UserText
from bot.ui.voice import say

LEAD_NEXT = refer_to("lead next")

ALL_LISTED = t("These names are on your list already. Nothing changed.")
MOST_NAMES = 400
"""More than the letters that names may have."""


@action("meeting knows", again=SecondPress.CHANGED)
def knows(
    call: Call,
    *,
    meeting: Annotated[MeetingId, RowId(label=t("Meeting"))],
    answer: Annotated[WorkKnown, Choice(label=t("Do they know which work you want?"), of=KNOWS)],
) -> Reply:
    """Say if they now know which work you want."""
    held_meeting(call, meeting)
    meetings.answer_knows(call.tx, call.who, meeting, answer)
    figures = own_figures(call)
    work = call.member.work
    return reply(
        t("Well done. That is what a talk is for.")
        if answer is WorkKnown.YES
        else t("Good to know. Next time, say early which work you want."),
        Note(t("Your sentence: {work}", work=UserText(work))) if work and answer is not WorkKnown.YES else None,
        clarity(figures),
        listening(figures),
        buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN)),
    )


@action("meeting add-names", again=SecondPress.CHANGED)
def add_names(call: Call, *, meeting: Annotated[MeetingId, RowId(label=t("Meeting"))]) -> Reply:
    """Add the names somebody gave that need no question, in one press."""
    held = held_meeting(call, meeting)
    giver = own_lead(call, held.lead)
    added: list[NewName] = []
    for given_name in names_given(call, held, giver):
        # Asked again for each name: a name can be alike to the one that was added just before it.
        if given_name.state is NameState.CLEAR and _is_clear(call, given_name.name):
            _add(call, given_name.name, _why(call, giver), giver)
            added.append(given_name.name)
    not_added = names_to_add(call, held, giver)
    if not added and not not_added:
        return reply(ALL_LISTED, _what_now(call))
    return reply(
        *_added(added),
        *not_added,
        _what_now(call),
    )


def _is_clear(call: Call, name: NewName) -> bool:
    """Tell whether a name can be added without a question: nobody on the list is this person, or is alike."""
    try:
        return who_is(call, name.name, name.organisation, None) is None
    except Refusal:
        return False


def _add(call: Call, name: NewName, why: str, giver: Lead) -> None:
    new = leads.NewLead(name.name, name.organisation, why, giver.id)
    added = leads.add(call.tx, call.who, new, call.now)
    # A person who was on the list already counts no second time.
    if added.is_new:
        record(call, events.LEAD, lead=added.lead.id)


def _why(call: Call, giver: Lead) -> str:
    return say(t("{name} gave me this name.", name=UserText(giver.name)), call.language)


def _added(added: Sequence[NewName]) -> tuple[Part, ...]:
    if not added:
        return ()
    return (
        Paragraph(tn("{n} new person is on your list.", "{n} new people are on your list.", len(added))),
        Listing(tuple(UserText(name.name) for name in added)),
        Note(t("Write why you want to talk with them: {edit}.", edit=CommandRef("lead edit"))),
    )


@action("meeting other-names", reads=True)
def other_names(
    call: Call,
    *,
    meeting: Annotated[MeetingId, RowId(label=t("Meeting"))],
    after: Annotated[int | None, Number(label=t("Name"), most=MOST_NAMES, asked=False)] = None,
) -> Reply:
    """Show the names that come after some, to look at them."""
    held = held_meeting(call, meeting)
    shown = names_to_add(call, held, own_lead(call, held.lead), after=-1 if after is None else after)
    return reply(*(shown or (Paragraph(ALL_LISTED),)), _what_now(call))


@action("meeting leave-names", again=SecondPress.CHANGED)
def leave_names(call: Call, *, meeting: Annotated[MeetingId, RowId(label=t("Meeting"))]) -> Reply:
    """Leave out the names that are not on your list."""
    held = held_meeting(call, meeting)
    given_names = names_given(call, held, own_lead(call, held.lead))
    names = [
        given_name.name if given_name.state is NameState.LISTED else replace(given_name.name, left=True)
        for given_name in given_names
    ]
    meetings.save(call.tx, call.who, replace(held, notes=replace(held.notes, names=write_new_names(names))))
    return reply(t("I leave these names out. You can add a person at any time."), _what_now(call))


def _name_as_read(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    """Prefill the form with the name at this place, as it was read.

    Raises:
        NotNow: there is no such place any more, because names before it were answered for.
    """
    held = held_meeting(call, MeetingId(str(values.get("meeting", ""))))
    giver = own_lead(call, held.lead)
    given_names = names_given(call, held, giver)
    at = int(str(values.get("at", 0)))
    if at >= len(given_names):
        raise NotNow(t("You already answered for this name."), t("Add people with {add}.", add=CommandRef("lead add")))
    return {
        "name": given_names[at].name.name,
        "organisation": given_names[at].name.organisation,
        "why": _why(call, giver),
    }


@action("meeting name", form=t("A new name"), prefill=_name_as_read)
def name_(
    call: Call,
    *,
    meeting: Annotated[MeetingId, RowId(label=t("Meeting"))],
    at: Annotated[int, Number(label=t("Name"), most=MOST_NAMES, asked=False)],
    name: Annotated[str, NAME],
    organisation: Annotated[str, ORGANISATION],
    why: Annotated[str, WHY],
    same: Annotated[str | None, SAME] = None,
) -> Reply:
    """Put a name right that a meeting gave, and add the person."""
    held = held_meeting(call, meeting)
    giver = own_lead(call, held.lead)
    corrected = NewName(name, organisation)
    listed = who_is(call, name, organisation, same)
    if listed is None:
        _add(call, corrected, why, giver)
    names = checked(read_new_names(held.notes.names or "", giver.organisation), at, corrected)
    after = replace(held, notes=replace(held.notes, names=write_new_names(names)))
    meetings.save(call.tx, call.who, after)
    result = t("{name} is on your list.", name=UserText(name))
    if listed is not None:
        result = t("{person} is on your list already. Nothing changed.", person=person(listed))
    return reply(result, *names_to_add(call, after, giver, after=at), _what_now(call))


@action("meeting learned", form=t("What I learned"))
def learned(
    call: Call,
    *,
    meeting: Annotated[MeetingId, RowId(label=t("Meeting"))],
    want: Annotated[str, Line(label=t("What I want now"), most=200, no_contacts=True)],
    no_longer: Annotated[str | None, Line(label=t("What I no longer want"), most=200, no_contacts=True)] = None,
) -> Reply:
    """Keep what a meeting taught about the work you want."""
    held = held_meeting(call, meeting)
    notes = replace(held.notes, want=want, no_longer=no_longer or held.notes.no_longer)
    meetings.save(call.tx, call.who, replace(held, notes=notes))
    return reply(t("Saved. You know better now what you want."), _what_now(call))


def _what_now(call: Call) -> Part:
    return buttons(LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN))
