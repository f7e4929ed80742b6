"""The names that a meeting gave: how each was read, whether it is on the list, and the button for what comes next."""

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
"""Names with a button each; those behind them get theirs when these are done, or by "show the others"."""
SHOWN = 55
"""Letters of a name on a button, which has 75 in all."""


class GivenNames(Enum):
    """What is to be done with a name."""

    LISTED = auto()
    """The person is on the list."""
    LEFT = auto()
    """The member does not want them on the list."""
    CLEAR = auto()
    """There is one way to read it, and nobody on the list is alike."""
    DOUBTFUL = auto()
    """The member has to look at it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A name that a meeting gave, by its place among all of them."""

    at: int
    name: NewName
    state: GivenNames


def names_given(call: Call, meeting: Meeting, giver: Lead) -> list[Given]:
    """Read the names of a meeting, and tell what is to be done with each."""
    read = read_new_names(meeting.notes.names or "", giver.organisation)
    return [Given(at, name, _state(call, name)) for at, name in enumerate(read)]


def _state(call: Call, name: NewName) -> GivenNames:
    if name.left:
        return GivenNames.LEFT
    if spellings.known(call.tx, call.who, name.name, name.organisation) is not None:
        return GivenNames.LISTED
    if not name.sure:
        return GivenNames.DOUBTFUL
    try:
        who_is(call, name.name, name.organisation, None)
    except Refusal:
        return GivenNames.DOUBTFUL
    return GivenNames.CLEAR


def names_waiting(call: Call, giver: Lead | None = None) -> tuple[Meeting, Lead] | None:
    """Find the latest meeting, with one lead or any, that gave names which are not on the list yet."""
    for meeting in meetings.of_member(call.tx, call.who):
        if meeting.state is not MeetingState.HELD or not meeting.notes.names:
            continue
        lead = giver if giver is not None else leads.find(call.tx, call.who, meeting.lead)
        if lead is not None and lead.id == meeting.lead and _waiting(call, meeting, lead):
            return meeting, lead
    return None


def gave_names(call: Call, meeting: Meeting, giver: Lead) -> tuple[Part, ...]:
    """Say that somebody gave names which are not on the list yet, with the button that shows them."""
    return (
        Paragraph(t("{name} gave you names that are not on your list yet.", name=UserText(giver.name))),
        buttons(MEETING_OTHER_NAMES.button(call.stamp, t("Show these names"), meeting=meeting.id)),
    )


def _waiting(call: Call, meeting: Meeting, giver: Lead) -> list[Given]:
    return [
        each for each in names_given(call, meeting, giver) if each.state not in {GivenNames.LISTED, GivenNames.LEFT}
    ]


def names_known(call: Call, meeting: Meeting, giver: Lead) -> tuple[Part, ...]:
    """Say which of the names are on the list already, so that none is left out without a word."""
    listed = [each.name for each in names_given(call, meeting, giver) if each.state is GivenNames.LISTED]
    known = [spellings.known(call.tx, call.who, each.name, each.organisation) for each in listed]
    said = tuple(_known(lead) for lead in {lead.id: lead for lead in known if lead is not None}.values())
    return (Note(t("On your list already: {names}.", names=Together(said))),) if said else ()


def _known(lead: Lead) -> Text:
    name = UserText(lead.name)
    return t("{name}", name=name) if lead.is_open else t("{name} (closed)", name=name)


def names_to_add(call: Call, meeting: Meeting, giver: Lead, *, after: int = -1, leave: bool = True) -> tuple[Part, ...]:
    """Show how the names that are not on the list were read, with a button to add them or to look at one.

    Args:
        call: the present call.
        meeting: the meeting that gave them.
        giver: who gave them.
        after: the place after which names get their buttons first.
        leave: whether to offer to leave them out.
    """
    waiting = _waiting(call, meeting, giver)
    if not waiting:
        return ()
    clear = [given for given in waiting if given.state is GivenNames.CLEAR]
    doubtful = [given for given in waiting if given.state is GivenNames.DOUBTFUL]
    shown = [given for given in doubtful if given.at > after] or doubtful
    more = len(shown) > ASKED_AT_ONCE or len(shown) < len(doubtful)
    row: list[Button | None] = [_add_all(call, meeting, clear)]
    twice = {name for name, times in Counter(given.name.name.casefold() for given in doubtful).items() if times > 1}
    row += [_look_at(call, meeting, given, twice) for given in shown[:ASKED_AT_ONCE]]
    row.append(_others(call, meeting, shown[:ASKED_AT_ONCE]) if more else None)
    row.append(MEETING_LEAVE_NAMES.button(call.stamp, t("Leave them out"), meeting=meeting.id) if leave else None)
    return (Paragraph(t("New names:")), Listing(tuple(map(_line, waiting))), *_asked(doubtful), buttons(*row))


def _asked(doubtful: Sequence[Given]) -> tuple[Part, ...]:
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


def _line(given: Given) -> Text:
    if given.name.aside:
        return t("{name} (a person, or a place?)", name=UserText(given.name.name))
    person = t("{name}, {organisation}", name=UserText(given.name.name), organisation=UserText(given.name.organisation))
    return person if given.state is GivenNames.CLEAR else t("{person} (please check)", person=person)


def _add_all(call: Call, meeting: Meeting, clear: Sequence[Given]) -> Button | None:
    label = tn("Add {n} name to my list", "Add {n} names to my list", len(clear))
    return MEETING_ADD_NAMES.button(call.stamp, label, Style.MAIN, meeting=meeting.id) if clear else None


def _look_at(call: Call, meeting: Meeting, given: Given, twice: Container[str]) -> Button:
    name = given.name
    words = f"{name.name}, {name.organisation}" if name.name.casefold() in twice else name.name
    short = words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
    label = t("Check {name}", name=UserText(short))
    return MEETING_NAME.button(call.stamp, label, meeting=meeting.id, at=given.at)


def _others(call: Call, meeting: Meeting, shown: Sequence[Given]) -> Button:
    last = shown[-1].at
    return MEETING_OTHER_NAMES.button(call.stamp, t("Show the other names"), meeting=meeting.id, after=last)
