"""The names that a lead gave in a meeting: how each was read, and the buttons to add, check or leave them."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.lead import Lead
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.new_names import NewName, read_new_names
from bot.engine.call import Call
from bot.engine.reading import Refusal
from bot.features.people import who_is
from bot.features.registry import refer_to
from bot.store import leads, meetings, spellings
from bot.ui.button import Button, Style
from bot.ui.reply import Listing, Note, Paragraph, Part, buttons
from bot.ui.text import Text, t, tn
from bot.ui.values import Together, UserText

MEETING_ADD_NAMES = refer_to("meeting add-names")
MEETING_LEAVE_NAMES = refer_to("meeting leave-names")
MEETING_NAME = refer_to("meeting name")
MEETING_OTHER_NAMES = refer_to("meeting other-names")

ASKED_AT_ONCE = 3
"""Names that get a button each in one message, as a row has five; "show the other names" brings the next ones."""
SHOWN = 55
"""Letters of a name on a button, which has 75 in all."""


class NameState(Enum):
    """What is still to be done with a name that was given."""

    LISTED = auto()
    """The person is on the list."""
    LEFT = auto()
    """The member does not want them on the list."""
    CLEAR = auto()
    """There is one way to read it, and nobody on the list is alike."""
    DOUBTFUL = auto()
    """The member has to look at it."""


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name that was given in a meeting, with its place among all of them."""

    at: int
    name: NewName
    state: NameState


def names_given(call: Call, meeting: Meeting, giver: Lead) -> list[GivenName]:
    """Read the names that were given in a meeting, and tell what is to be done with each."""
    names = read_new_names(meeting.notes.names or "", giver.organisation)
    return [GivenName(at, name, _state(call, name)) for at, name in enumerate(names)]


def _state(call: Call, name: NewName) -> NameState:
    if name.left:
        return NameState.LEFT
    if spellings.lead_spelled(call.tx, call.who, name.name, name.organisation) is not None:
        return NameState.LISTED
    if not name.sure:
        return NameState.DOUBTFUL
    try:
        who_is(call, name.name, name.organisation, None)
    except Refusal:
        return NameState.DOUBTFUL
    return NameState.CLEAR


def names_waiting(call: Call, giver: Lead | None = None) -> tuple[Meeting, Lead] | None:
    """Find the latest meeting whose names are not all on the list, with its lead; `giver` limits it to one lead."""
    for meeting in meetings.of_member(call.tx, call.who):
        if meeting.state is not MeetingState.HELD or not meeting.notes.names:
            continue
        lead = giver if giver is not None else leads.find(call.tx, call.who, meeting.lead)
        if lead is not None and lead.id == meeting.lead and _waiting(call, meeting, lead):
            return meeting, lead
    return None


def gave_names(call: Call, meeting: Meeting, giver: Lead) -> tuple[Part, ...]:
    """Say that a lead gave names that are not on the list yet, with the button that shows them."""
    return (
        Paragraph(t("{name} gave you names that are not on your list yet.", name=UserText(giver.name))),
        buttons(MEETING_OTHER_NAMES.button(call.stamp, t("Show these names"), meeting=meeting.id)),
    )


def _waiting(call: Call, meeting: Meeting, giver: Lead) -> list[GivenName]:
    """List the given names about which the member has not decided."""
    return [
        given_name
        for given_name in names_given(call, meeting, giver)
        if given_name.state not in {NameState.LISTED, NameState.LEFT}
    ]


def names_known(call: Call, meeting: Meeting, giver: Lead) -> tuple[Part, ...]:
    """Say which of the given names are on the list already, so that none disappears without a word."""
    given_names = names_given(call, meeting, giver)
    listed = [given_name.name for given_name in given_names if given_name.state is NameState.LISTED]
    matching_leads = [spellings.lead_spelled(call.tx, call.who, name.name, name.organisation) for name in listed]
    # Two spellings can mean one lead, who is named once.
    distinct = {lead.id: lead for lead in matching_leads if lead is not None}
    names = tuple(_name_and_state(lead) for lead in distinct.values())
    return (Note(t("On your list already: {names}.", names=Together(names))),) if names else ()


def _name_and_state(lead: Lead) -> Text:
    name = UserText(lead.name)
    return t("{name}", name=name) if lead.is_open else t("{name} (closed)", name=name)


def names_to_add(call: Call, meeting: Meeting, giver: Lead, *, after: int = -1, leave: bool = True) -> tuple[Part, ...]:
    """Show how the names that are not on the list were read, with the buttons to add, check or leave them.

    Args:
        call: the present call.
        meeting: the meeting in which they were given.
        giver: the lead who gave them.
        after: doubtful names behind this place get their buttons first.
        leave: whether there is a button to leave all of them out.
    """
    waiting = _waiting(call, meeting, giver)
    if not waiting:
        return ()
    clear = [given_name for given_name in waiting if given_name.state is NameState.CLEAR]
    doubtful = [given_name for given_name in waiting if given_name.state is NameState.DOUBTFUL]
    shown = [given_name for given_name in doubtful if given_name.at > after] or doubtful
    more = len(shown) > ASKED_AT_ONCE or len(shown) < len(doubtful)
    # A button shows the name alone, so two people of one name need their organisation beside it.
    row: list[Button | None] = [_add_all(call, meeting, clear)]
    shared = {
        name for name, times in Counter(given_name.name.name.casefold() for given_name in doubtful).items() if times > 1
    }
    row += [_look_at(call, meeting, given_name, shared) for given_name in shown[:ASKED_AT_ONCE]]
    row.append(_others(call, meeting, shown[:ASKED_AT_ONCE]) if more else None)
    row.append(MEETING_LEAVE_NAMES.button(call.stamp, t("Leave them out"), meeting=meeting.id) if leave else None)
    return (Paragraph(t("New names:")), Listing(tuple(map(_line, waiting))), *_asked(doubtful), buttons(*row))


def _asked(doubtful: Sequence[GivenName]) -> tuple[Part, ...]:
    if not doubtful:
        return ()
    return (
        Paragraph(
            tn(
                "I am not sure of {n} name. Please check it.",
                "I am not sure of {n} names. Please check them.",
                len(doubtful),
            )
        ),
    )


def _line(given_name: GivenName) -> Text:
    if given_name.name.aside:
        return t("{name} (a person, or a place?)", name=UserText(given_name.name.name))
    person = t(
        "{name}, {organisation}",
        name=UserText(given_name.name.name),
        organisation=UserText(given_name.name.organisation),
    )
    return person if given_name.state is NameState.CLEAR else t("{person} (please check)", person=person)


def _add_all(call: Call, meeting: Meeting, clear: Sequence[GivenName]) -> Button | None:
    label = tn("Add {n} name to my list", "Add {n} names to my list", len(clear))
    return MEETING_ADD_NAMES.button(call.stamp, label, Style.MAIN, meeting=meeting.id) if clear else None


def _look_at(call: Call, meeting: Meeting, given_name: GivenName, shared: Container[str]) -> Button:
    name = given_name.name
    words = f"{name.name}, {name.organisation}" if name.name.casefold() in shared else name.name
    short = words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
    label = t("Check {name}", name=UserText(short))
    return MEETING_NAME.button(call.stamp, label, meeting=meeting.id, at=given_name.at)


def _others(call: Call, meeting: Meeting, shown: Sequence[GivenName]) -> Button:
    last = shown[-1].at
    return MEETING_OTHER_NAMES.button(call.stamp, t("Show the other names"), meeting=meeting.id, after=last)
