"""What meetings taught a member: what they want, what they no longer want, and the names each meeting gave."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import LeadId
from bot.domain.lead import Lead
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.new_names import read_new_names

NAMES_A_CHAT = 3
"""The author of the tips reckons with three new names from a good chat."""


@dataclass(frozen=True, slots=True)
class LearnedFact:
    """One thing a member learned about the work they want, and when."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Compass:
    """What a member wants and no longer wants, in the order in which they learned it."""

    want: Sequence[LearnedFact]
    no_longer: Sequence[LearnedFact]
    talks: int
    new_names: int

    @property
    def names_hoped_for(self) -> int:
        """How many names these talks would give at three each."""
        return self.talks * NAMES_A_CHAT


def compass(meetings: Sequence[Meeting], leads: Sequence[Lead]) -> Compass:
    """Read the compass out of the meetings held.

    A name counts once, whether it was noted in the meeting or put on the list with the person as its source.
    """
    held = sorted(
        ((m.held_at, m) for m in meetings if m.state is MeetingState.HELD and m.held_at is not None),
        key=lambda pair: (pair[0], pair[1].id),
    )
    return Compass(
        want=[LearnedFact(at, m.notes.want) for at, m in held if m.notes.want],
        no_longer=[LearnedFact(at, m.notes.no_longer) for at, m in held if m.notes.no_longer],
        talks=len(held),
        new_names=_new_names([meeting for _, meeting in held], leads),
    )


def _new_names(held: Sequence[Meeting], leads: Sequence[Lead]) -> int:
    noted: defaultdict[LeadId, set[str]] = defaultdict(set)
    for meeting in held:
        # An aside may be a part of a place, such as "Spencer" of "Marks and Spencer", and is not counted.
        noted[meeting.lead] |= {
            new_name.name.casefold() for new_name in read_new_names(meeting.notes.names or "", "") if not new_name.aside
        }
    listed = Counter(lead.source for lead in leads if lead.source is not None)
    return sum(max(len(names), listed[lead]) for lead, names in noted.items())
