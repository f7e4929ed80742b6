"""The names that a meeting gave: how each was read, whether it is on the list, and the button for what comes next."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.lead import Lead
from bot.domain.meeting import Meeting
from bot.domain.new_names import NewName, read_new_names
from bot.engine.call import Call
from bot.engine.reading import Refusal
from bot.features.people import who_is
from bot.features.registry import refer_to
from bot.store import spellings
from bot.ui.button import Button, Style
from bot.ui.reply import Listing, Paragraph, Part, buttons
from bot.ui.text import Text, t, tn
from bot.ui.values import UserText

MEETING_ADD_NAMES = refer_to("meeting add-names")
MEETING_NAME = refer_to("meeting name")
MEETING_OTHER_NAMES = refer_to("meeting other-names")

ASKED_AT_ONCE = 3
"""Names with a button each; those behind them get theirs when these are done, or by "show the others"."""
SHOWN = 55
"""Letters of a name on a button, which has 75 in all."""


class State(Enum):
    """What is to be done with a name."""

    LISTED = auto()
    """The person is on the list."""
    CLEAR = auto()
    """There is one way to read it, and nobody on the list is alike."""
    DOUBTFUL = auto()
    """The member has to look at it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A name that a meeting gave, by its place among all of them."""

    at: int
    name: NewName
    state: State


def names_given(call: Call, meeting: Meeting, giver: Lead) -> list[Given]:
    """Read the names of a meeting, and tell what is to be done with each."""
    read = read_new_names(meeting.notes.names or "", giver.organisation)
    return [Given(at, name, _state(call, name)) for at, name in enumerate(read)]


def _state(call: Call, name: NewName) -> State:
    if spellings.known(call.tx, call.who, name.name, name.organisation) is not None:
        return State.LISTED
    if not name.sure:
        return State.DOUBTFUL
    try:
        who_is(call, name.name, name.organisation, None)
    except Refusal:
        return State.DOUBTFUL
    return State.CLEAR


def names_to_add(call: Call, meeting: Meeting, giver: Lead, *, after: int = -1) -> tuple[Part, ...]:
    """Show how the names that are not on the list were read, with a button to add them or to look at one."""
    waiting = [given for given in names_given(call, meeting, giver) if given.state is not State.LISTED]
    if not waiting:
        return ()
    clear = [given for given in waiting if given.state is State.CLEAR]
    doubtful = [given for given in waiting if given.state is State.DOUBTFUL]
    shown = [given for given in doubtful if given.at > after] or doubtful
    more = len(shown) > ASKED_AT_ONCE or len(shown) < len(doubtful)
    row: list[Button | None] = [_add_all(call, meeting, clear)]
    twice = {name for name, times in Counter(given.name.name.casefold() for given in doubtful).items() if times > 1}
    row += [_look_at(call, meeting, given, twice) for given in shown[:ASKED_AT_ONCE]]
    row.append(_others(call, meeting, shown[:ASKED_AT_ONCE]) if more else None)
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
    return person if given.state is State.CLEAR else t("{person} (please check)", person=person)


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
