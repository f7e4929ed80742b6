"""Commands for one lead: add, show, edit, close, open again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated

from bot.domain.chain import makes_circle
from bot.domain.ids import LeadId
from bot.domain.lead import CloseReason, KnowsTerm, Lead, closed, write_clock
from bot.domain.member import Appearance
from bot.domain.sameness import same_person_key
from bot.engine.call import Call
from bot.engine.command import SecondPress, Shortcut
from bot.engine.drafts import again
from bot.engine.errors import BadValue
from bot.engine.reading import Refusal
from bot.engine.rules import Choice, Lines, RowId
from bot.engine.when import DayOf
from bot.features.lead.card import card
from bot.features.lead.off_again import take_back
from bot.features.meeting import called_off, is_on_again
from bot.features.people import (
    CLOSE_REASONS,
    KNOWS_TERM,
    NAME,
    ORGANISATION,
    SAME,
    WHY,
    LeadRef,
    own_lead,
    person,
    reopen as open_again,
    told_button,
    who_is,
)
from bot.features.registry import action, command, refer_to
from bot.features.week import record
from bot.store import events, leads
from bot.ui.button import Style
from bot.ui.reply import Note, Paragraph, Part, Reply, buttons, reply
from bot.ui.text import t
from bot.ui.values import CommandRef, UserText

BOARD_AS_NAME = refer_to("board as-name")
BOARD_AS_NICKNAME = refer_to("board as-nickname")
BOARD_HIDDEN = refer_to("board hidden")
LEAD_MERGE = refer_to("lead merge")
LEAD_NEXT = refer_to("lead next")


LEAD = LeadRef(label=t("Person"))
ANY_LEAD = LeadRef(label=t("Person"), open_only=False)


@command(
    "lead add",
    shortcut=Shortcut(t("Log a lead"), t("Add a person you would like to talk with")),
    form=t("Add a person"),
    example='/lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"',
)
def add(
    call: Call,
    *,
    name: Annotated[str, NAME],
    organisation: Annotated[str, ORGANISATION],
    why: Annotated[str, WHY],
    source: Annotated[LeadId | None, LeadRef(label=t("Who gave you this name"), asked=False, open_only=False)] = None,
    knows_term: Annotated[
        KnowsTerm, Choice(label=t("They know the special term"), of=KNOWS_TERM, asked=False)
    ] = KnowsTerm.NOT_SURE,
    when: Annotated[date | None, DayOf(label=t("Day you found them"), asked=False)] = None,
    same: Annotated[str | None, SAME] = None,
) -> Reply:
    """Add a person you would like to talk with."""
    listed = who_is(call, name, organisation, same)
    if listed is not None:
        return _listed_already(call, listed, {"why": why, "source": source})
    added = leads.add(call.tx, call.who, leads.NewLead(name, organisation, why, source, knows_term), call.now)
    lead = added.lead
    recorded = record(call, events.LEAD, lead=lead.id, day=when)
    return reply(
        t("{person} is on your list.", person=person(lead)),
        recorded.note,
        *(_consent(call) if added.people == 1 else ()),
        Note(t("Next: write to them. Then tell me with {sent}.", sent=CommandRef("ask sent"))),
        buttons(
            told_button(call, lead, t("I asked them"), Style.MAIN, asked=0),
            add.button(call.stamp, t("Add another person")),
            take_back.button(call.stamp, t("Take it back"), lead=lead.id),
        ),
    )


def _listed_already(call: Call, lead: Lead, typed: Mapping[str, str | None]) -> Reply:
    """Say that a lead is on the list, with a button that opens the edit form with the values that differ."""
    stored = {"why": lead.why, "source": lead.source}
    changes = {name: value for name, value in typed.items() if value is not None and value != stored[name]}
    return reply(
        t("{person} is on your list already. Nothing changed.", person=person(lead)),
        buttons(
            show.button(call.stamp, t("Show this person"), lead=lead.id),
            again(call, edit, t("Use my new words"), {"lead": lead.id, **changes}) if changes else None,
            add.button(call.stamp, t("Add another person")),
        ),
    )


def _consent(call: Call) -> tuple[Part, ...]:
    """Ask how the member appears on the board, or for the nickname they wanted; () when it is known."""
    nameless = call.member.appearance is Appearance.NICKNAME and not call.member.nickname
    asks = nameless or call.member.appearance is Appearance.UNANSWERED
    if not asks or not call.community.ranks:
        return ()
    if nameless:
        unnamed = Note(t("You are not named on the leaderboard until you choose your nickname."))
        return unnamed, buttons(BOARD_AS_NICKNAME.button(call.stamp, t("Choose my nickname")))
    return (
        Paragraph(
            t(
                "May your name be on the leaderboard? Before you answer, your people count in the total, but your name does not show."
            )
        ),
        buttons(
            BOARD_AS_NAME.button(call.stamp, t("Join with my name")),
            BOARD_AS_NICKNAME.button(call.stamp, t("Join with a nickname")),
            BOARD_HIDDEN.button(call.stamp, t("Do not show me on the board")),
        ),
    )


@command("lead show", form=t("Show a person"), example='/lead show lead:"dana"', reads=True)
def show(call: Call, *, lead: Annotated[LeadId, ANY_LEAD]) -> Reply:
    """See what you know of a person, and what is next."""
    return card(call, own_lead(call, lead))


def _stored_values(call: Call, values: Mapping[str, object]) -> dict[str, object]:
    lead = own_lead(call, LeadId(str(values.get("lead", ""))))
    return {
        "name": lead.name,
        "organisation": lead.organisation,
        "why": lead.why,
        "notes": lead.notes or None,
        "knows_term": lead.knows_term,
    }


@command(
    "lead edit",
    form=t("Edit a person"),
    prefill=_stored_values,
    stays=True,
    example='/lead edit lead:"dana" notes:"likes rivers"',
)
def edit(
    call: Call,
    *,
    lead: Annotated[LeadId, ANY_LEAD],
    name: Annotated[str | None, NAME] = None,
    organisation: Annotated[str | None, ORGANISATION] = None,
    why: Annotated[str | None, WHY] = None,
    notes: Annotated[str | None, Lines(label=t("Your notes"), most=1000, no_contacts=True)] = None,
    knows_term: Annotated[KnowsTerm | None, Choice(label=t("They know the special term"), of=KNOWS_TERM)] = None,
    source: Annotated[LeadId | None, LeadRef(label=t("Who gave you this name"), asked=False, open_only=False)] = None,
    same: Annotated[str | None, SAME] = None,
) -> Reply:
    """Change what you wrote about a person."""
    before = own_lead(call, lead)
    after = replace(
        before,
        name=name or before.name,
        organisation=organisation or before.organisation,
        why=why or before.why,
        notes=notes or "",
        knows_term=knows_term or before.knows_term,
        source=_checked_giver(call, lead, source) if source is not None else before.source,
    )
    # A new spelling of the same letters, such as another case, cannot be somebody else.
    if same_person_key(after.name, after.organisation) != same_person_key(before.name, before.organisation):
        _check_nobody_else(call, after, same)
    leads.save(call.tx, call.who, after, call.now)
    return reply(Note(t("Saved.")), *card(call, after).parts)


def _check_nobody_else(call: Call, lead: Lead, same: str | None) -> None:
    """Check that a renamed lead is not another lead of the list.

    Raises:
        Refusal: it is, or one is so alike that only the member can tell.
    """
    namesake = who_is(call, lead.name, lead.organisation, same, but=lead.id)
    if namesake is not None:
        taken = t("{person} is on your list already.", person=person(namesake))
        merging = (
            LEAD_MERGE.button(call.stamp, t("Make one person of both"), Style.MAIN, lead=namesake.id, other=lead.id),
        )
        raise Refusal({"name": BadValue(taken, t("Two entries cannot be the same person."), merging)})


def _checked_giver(call: Call, lead_id: LeadId, source: LeadId) -> LeadId:
    """Return the giver of a lead's name.

    Raises:
        Refusal: the chain of givers would lead back to the lead itself.
    """
    if makes_circle(lead_id, source, lambda giver: leads.find(call.tx, call.who, giver)):
        wrong = BadValue(t("This person cannot have given this name."), t("Please choose another person."))
        raise Refusal({"source": wrong})
    return source


@command(
    "lead close", form=t("Close a person"), example='/lead close lead:"dana" reason:done', again=SecondPress.CHANGED
)
def close(
    call: Call,
    *,
    lead: Annotated[LeadId, LEAD],
    reason: Annotated[CloseReason, Choice(label=t("Reason"), of=CLOSE_REASONS)] = CloseReason.DONE,
) -> Reply:
    """Stop with a person for now; you can open them again."""
    before = own_lead(call, lead)
    # The clock of before is stored, so that "open again" restores it.
    old_clock = write_clock(before.clock)
    after = replace(before, clock=closed(before.clock), closed=call.now, close_reason=reason, before=old_clock)
    leads.save(call.tx, call.who, after, call.now)
    return reply(
        t("{name} is closed. You did what you could.", name=UserText(after.name)),
        *called_off(call, after),
        buttons(
            LEAD_NEXT.button(call.stamp, t("What do I do now?"), Style.MAIN),
            reopen.button(call.stamp, t("Open again"), lead=lead),
        ),
    )


@action("lead reopen", again=SecondPress.CHANGED)
def reopen(call: Call, *, lead: Annotated[LeadId, RowId(label=t("Person"))]) -> Reply:
    """Open a closed person again."""
    before = own_lead(call, lead)
    if before.is_open:
        return reply(t("{name} is open already.", name=UserText(before.name)), *card(call, before).parts)
    reopened, meeting = open_again(call, before)
    return reply(
        t("{name} is on your list again.", name=UserText(reopened.name)),
        *is_on_again(call, reopened, meeting),
        *card(call, reopened).parts,
    )
