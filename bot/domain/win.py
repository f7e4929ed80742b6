"""A win: good news a member shares, or keeps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import MemberId, WinId
from bot.domain.member import Appearance
from bot.domain.week import Week

A_DIGEST = 5
"""Good news that one digest tells; what does not fit waits for the next, first in line."""


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

    Rule: five a digest, in the order of the line; never earlier than its member was told.
    """
    found: dict[WinId, Week] = {}
    taken: Counter[Week] = Counter()
    week = first
    for win in sorted(waiting, key=lambda win: (win.week, win.shared, win.text)):
        week = max(week, win.week)
        if taken[week] >= A_DIGEST:
            week = week.next()
        taken[week] += 1
        found[win.id] = week
    return found


def end_of_line(waiting: Iterable[Win], first: Week) -> Week:
    """Give the week whose digest tells good news that comes to the end of the line."""
    taken = Counter(line_up(waiting, first).values())
    last = max(taken, default=first)
    return last.next() if taken[last] >= A_DIGEST else last
