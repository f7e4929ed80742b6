"""A win: good news a member shares, or keeps."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import MemberId, WinId
from bot.domain.member import Appearance
from bot.domain.week import Week

A_DIGEST = 5
"""Good news that one digest tells, each of another member; what does not fit waits for the next, first in line."""


class WinSubject(StrEnum):
    """What good news is about, where it counts among the figures of the circle."""

    INTERVIEW = "interview"
    JOB = "job"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Win:
    """Good news of one member; it is shown only as they chose."""

    id: WinId
    member: MemberId
    week: Week
    """The week whose digest tells it."""
    appearance: Appearance
    text: str
    shared: datetime
    about: WinSubject | None = None

    @property
    def named(self) -> bool:
        """Whether the member's name or nickname stands beside it."""
        return self.appearance in {Appearance.NAME, Appearance.NICKNAME}

    @property
    def shown(self) -> bool:
        """Whether others read it."""
        return self.appearance is not Appearance.HIDDEN


def line_up(waiting: Iterable[Win], first: Week) -> dict[WinId, Week]:
    """Give each good news that waits the week whose digest tells it, from a first week on.

    Rule: five a digest and one of each member, in the order of the line; never earlier than its member was told.
    """
    weeks: dict[WinId, Week] = {}
    told: defaultdict[Week, set[MemberId]] = defaultdict(set)
    for win in sorted(waiting, key=_line_order):
        week = _first_week_with_room(told, win.member, max(first, win.week))
        told[week].add(win.member)
        weeks[win.id] = week
    return weeks


def place_in_line(waiting: Sequence[Win], member: MemberId, first: Week) -> Week:
    """Give the week whose digest tells the next good news of a member.

    Rule: the first news of each member comes before the second of anybody, and so on; among equals the line counts.
    """
    places = line_up(waiting, first)
    told: defaultdict[Week, set[MemberId]] = defaultdict(set)
    number: Counter[MemberId] = Counter()
    before: list[Week] = [first]
    mine = sum(win.member == member for win in waiting)
    for win in sorted(waiting, key=_line_order):
        told[places[win.id]].add(win.member)
        number[win.member] += 1
        if number[win.member] <= mine + 1:
            before.append(places[win.id])
    return _first_week_with_room(told, member, max(before))


def _line_order(win: Win) -> tuple[Week, datetime, str]:
    return win.week, win.shared, win.text


def _first_week_with_room(told: Mapping[Week, Collection[MemberId]], member: MemberId, week: Week) -> Week:
    while member in told.get(week, ()) or len(told.get(week, ())) >= A_DIGEST:
        week = week.next()
    return week
