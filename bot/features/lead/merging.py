"""Commands to make one person of two entries: offered when they are alike, done by hand, and taken back for a day."""

from typing import Annotated

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
from bot.engine.call import Call
from bot.engine.errors import BadValue, NotNow, StaleButton
from bot.engine.reading import Refusal
from bot.engine.rules import RowId
from bot.features.meeting import two_planned
from bot.features.people import STAGES, LeadRef, own_lead, person
from bot.features.registry import action, command, refer_to
from bot.store import drafts, merging, spellings
from bot.ui.button import Button, Style
from bot.ui.reply import Listing, Note, Reply, buttons, reply
from bot.ui.text import Text, t
from bot.ui.values import CommandRef, Day, UserText

LEAD_SHOW = refer_to("lead show")

SHOWN = 50
"""Letters of a name on a button, which has 75 in all."""
FIRST = LeadRef(label=t("Person"), open_only=False)
SECOND = LeadRef(label=t("The same person, in another entry"), open_only=False)


@command("lead merge", form=t("One person, not two"), example='/lead merge lead:"dana" other:"rahman"')
def merge(call: Call, *, lead: Annotated[LeadId, FIRST], other: Annotated[LeadId, SECOND]) -> Reply:
    """Make one person of two entries on your list."""
    first, second = own_lead(call, lead), own_lead(call, other)
    if first.id == second.id:
        same = BadValue(t("This is the same entry twice."), t("Please choose another entry of this person."))
        raise Refusal({"other": same})
    merged, undo = merging.merge(call.tx, call.who, first, second, call.now)
    return reply(
        t("{person} is one person on your list now.", person=person(merged)),
        t("Where the two differ, I keep what you wrote first. The other reason is in your notes."),
        Note(t("Messages, talks and dates of both are together. You can take it back for a day.")),
        *two_planned(call, merged),
        buttons(
            LEAD_SHOW.button(call.stamp, t("Show this person"), Style.MAIN, lead=merged.id),
            part.button(call.stamp, t("They are two people again"), undo=undo),
            alike.button(call.stamp, t("Is there anybody else twice?")),
        ),
    )


@action("lead alike", reads=True)
def alike(call: Call) -> Reply:
    """See two entries that may be one person."""
    pairs = merging.alike(call.tx, call.who, 1)
    if not pairs:
        return reply(
            t("I see nobody twice on your list."),
            Note(t("Do you see one person twice? Type {merge}.", merge=CommandRef("lead merge"))),
        )
    first, second = (own_lead(call, lead) for lead in pairs[0])
    return reply(
        t("These two entries may be one person."),
        Listing((_line(call, first), _line(call, second))),
        buttons(
            merge.button(call.stamp, t("Yes, one person"), Style.MAIN, lead=first.id, other=second.id),
            two_people.button(call.stamp, t("No, two people"), lead=first.id, other=second.id),
        ),
    )


def _line(call: Call, lead: Lead) -> Text:
    since = Day(lead.added.astimezone(call.zone).date())
    return t("{person}: {stage}, since {day}", person=person(lead), stage=STAGES[lead.stage], day=since)


def twin_button(call: Call, lead: Lead) -> Button | None:
    """Offer to make one person of a lead and one that is alike; None when nobody is, or the member said they are two."""
    answers = spellings.answers_about(call.tx, call.who, lead.name, lead.organisation)
    for twin in spellings.alike(call.tx, call.who, lead.name, lead.organisation, answers):
        if twin.id != lead.id and not spellings.told_apart(call.tx, call.who, lead, twin):
            return merge.button(
                call.stamp, t("The same as {person}", person=UserText(twin.name[:SHOWN])), lead=lead.id, other=twin.id
            )
    return None


@action("lead two-people")
def two_people(call: Call, *, lead: Annotated[LeadId, FIRST], other: Annotated[LeadId, SECOND]) -> Reply:
    """Say that two entries are two people, so that it is not asked again."""
    first, second = own_lead(call, lead), own_lead(call, other)
    spellings.remember(call.tx, call.who, first.name, first.organisation, second.id, same=False)
    return reply(t("Good. I do not ask about these two again."), *alike(call).parts)


@action("lead part", lasts=drafts.KEPT_FOR, takes_back=True)
def part(call: Call, *, undo: Annotated[str, RowId(label=t("Person"))]) -> Reply:
    """Make two people again of one, within a day."""
    before = merging.noted(call.tx, call.who, undo)
    if before is None:
        raise StaleButton(
            t("These are two people already, or more than a day is over."),
            t("See them with {command}.", command=CommandRef("lead list")),
        )
    parted = merging.part(call.tx, call.who, undo, before)
    if parted is None:
        raise NotNow(
            t("I cannot take this back any more. Your list changed since."),
            t("Add the other person with {command}.", command=CommandRef("lead add")),
        )
    return reply(
        t("{one} and {other} are two people again.", one=person(parted[0]), other=person(parted[1])),
        Note(t("What you did since then stays with the first one.")),
        buttons(*(LEAD_SHOW.button(call.stamp, person(lead), lead=lead.id) for lead in parted)),
    )
