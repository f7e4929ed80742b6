"""What organisers are told of several weeks: groups of at least five people, so that two reports never differ by one.

Rule: what was done is counted in groups of whole weeks. A group closes in the week in which at least five people are in
it; what fewer did waits for the next weeks. A sum is exact only when every week in it was told exactly in the channel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.ids import MemberId
from bot.domain.privacy import may_be_told

ANYTHING = "anything"
"""The kind under which everybody counts who did something."""


@dataclass(frozen=True, slots=True)
class Done:
    """How often a thing was done, by whom, and whether the number may be told as it is."""

    number: int = 0
    people: frozenset[MemberId] = frozenset()
    exact: bool = True

    def with_nobody(self, member: MemberId, nobody: MemberId) -> "Done":
        """Replace a member by a placeholder, so that the number of people stays."""
        if member not in self.people:
            return self
        return replace(self, people=self.people - {member} | {nobody})


def together(several: Iterable[Done]) -> Done:
    """Add up counts; the sum is exact only when each of them is."""
    parts = list(several)
    people = frozenset[MemberId]().union(*(part.people for part in parts))
    return Done(sum(part.number for part in parts), people, all(part.exact for part in parts))


def grouped(weeks: Sequence[Done]) -> list[Done | None]:
    """Give for each week, oldest first, the group that closes in it, or None."""
    closing: list[Done | None] = []
    waiting: list[Done] = []
    for week in weeks:
        waiting.append(week)
        group = together(waiting)
        closes = may_be_told(len(group.people))
        closing.append(group if closes else None)
        if closes:
            waiting = []
    return closing


def of_the_last(weeks: Sequence[Done], number: int) -> Done | None:
    """Add up the groups that closed in the last few of some weeks; None when there is none."""
    closed = [group for group in grouped(weeks)[-number:] if group is not None]
    return together(closed) if closed else None
